package dev.runbook.language;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.DurationText;
import dev.runbook.base.Origin;
import dev.runbook.base.Suggestion;
import dev.runbook.base.Value;
import dev.runbook.yaml.Node;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the values of a document and collects what is wrong with them. A value of the wrong shape is passed over in silence: the
 * schema has said so already.
 */
final class ValueReader {
    private static final String NO = "no ";
    /** Stands for all errors that are not named. */
    private static final String OTHER = "other";

    private final List<Diagnostic> findings = new ArrayList<>();

    List<Diagnostic> findings() {
        return findings;
    }

    void error(Origin origin, String rule, String message) {
        findings.add(Diagnostic.error(origin, rule, message));
    }

    Optional<Text> text(Node.Mapping map, String key) {
        return scalar(map, key).map(ValueReader::text);
    }

    private static Text text(Node.Scalar scalar) {
        return new Text(scalar.value(), scalar.origin());
    }

    Text textOrEmpty(Node.Mapping map, String key) {
        return text(map, key).orElseGet(() -> new Text("", map.origin()));
    }

    /** A name, which is never filled: a tag in its place is a mistake. */
    Optional<Name> name(Node.Mapping map, String key) {
        return scalar(map, key).map(this::name);
    }

    Name name(Node.Scalar scalar) {
        if (scalar.value().contains("{{")) {
            error(
                    scalar.origin(),
                    "tag-in-name",
                    "Here stands a name, and nothing is filled in. Write it without braces and quotes: "
                            + scalar.value().replaceAll("[{}]", "") + ".");
            return new Name("", scalar.origin());
        }
        return nameOf(scalar);
    }

    Name nameOrEmpty(Node.Mapping map, String key) {
        return name(map, key).orElseGet(() -> new Name("", map.origin()));
    }

    /** The name that a key is. */
    static Name nameOf(Node.Scalar key) {
        return new Name(key.value(), key.origin());
    }

    List<Name> names(Node.Mapping map, String key) {
        return scalars(items(map, key)).map(this::name).toList();
    }

    Optional<Duration> duration(Node.Mapping map, String key) {
        return scalar(map, key).flatMap(scalar -> {
            Optional<Duration> duration = DurationText.parse(scalar.value());
            if (duration.isEmpty() && scalar.value().matches("(\\d{1,9}(ms|s|m|h)){1,8}")) {
                error(
                        scalar.origin(),
                        "wrong-value",
                        "\"" + key + "\" must be " + DurationText.FORM + ": units from large to small, each once.");
            }
            return duration;
        });
    }

    Optional<Task.Period> period(Node.Mapping map, String key) {
        return duration(map, key)
                .map(duration ->
                        new Task.Period(duration, map.get(key).orElseThrow().origin()));
    }

    /** A truth written as {@code true} or {@code false}. */
    boolean truth(Node.Mapping map, String key) {
        return scalar(map, key).filter(scalar -> scalar.isPlain("true")).isPresent();
    }

    /** A number that the schema has checked. */
    Optional<Double> number(Node.Mapping map, String key) {
        return scalar(map, key)
                .map(Node.Scalar::value)
                .filter(text -> text.matches("[-+]?\\d{1,9}(\\.\\d{0,9})?"))
                .map(Double::valueOf);
    }

    <T> List<T> each(Node.Mapping map, String key, Function<Node.Mapping, T> read) {
        return items(map, key).stream()
                .filter(Node.Mapping.class::isInstance)
                .map(node -> read.apply((Node.Mapping) node))
                .toList();
    }

    private static List<Node> items(Node.Mapping map, String key) {
        return map.get(key)
                .filter(Node.Sequence.class::isInstance)
                .map(node -> ((Node.Sequence) node).items())
                .orElse(List.of());
    }

    private static Stream<Node.Scalar> scalars(List<Node> nodes) {
        return nodes.stream().filter(Node.Scalar.class::isInstance).map(Node.Scalar.class::cast);
    }

    Optional<Node.Scalar> scalar(Node.Mapping map, String key) {
        return map.get(key).filter(Node.Scalar.class::isInstance).map(Node.Scalar.class::cast);
    }

    Optional<Node.Mapping> map(Node.Mapping map, String key) {
        return map.get(key).filter(Node.Mapping.class::isInstance).map(Node.Mapping.class::cast);
    }

    List<Node.Mapping.Entry> entries(Node.Mapping map, String key) {
        return map(map, key).map(Node.Mapping::entries).orElse(List.of());
    }

    /** A name, {@code no} and a name, or a list of them. */
    Condition condition(Node.Mapping map, String key) {
        Stream<Node.Scalar> clauses = scalar(map, key).map(Stream::of).orElseGet(() -> scalars(items(map, key)));
        return new Condition(clauses.map(this::clause).toList());
    }

    private Condition.Clause clause(Node.Scalar scalar) {
        String text = scalar.value();
        Name whole = name(scalar);
        if (!text.startsWith(NO) || whole.text().isEmpty() || text.length() == NO.length()) {
            return new Condition.Clause(false, whole);
        }
        return new Condition.Clause(
                true, new Name(text.substring(NO.length()), scalar.origin().part(NO.length(), text.length())));
    }

    /** What rows have to look like. */
    Expectation expectation(Node.Mapping fact, String key) {
        return new Expectation(entries(fact, key).stream()
                .map(entry -> new Expectation.Column(nameOf(entry.key()), matcher(entry.value())))
                .toList());
    }

    private Expectation.Matcher matcher(Node node) {
        if (node instanceof Node.Sequence sequence) {
            return new Expectation.Matcher.SameSet(items(sequence, ValueReader::literal));
        }
        if (node instanceof Node.Mapping mapping && !mapping.entries().isEmpty()) {
            return named(mapping.entries().get(0));
        }
        return new Expectation.Matcher.Equal(written(node));
    }

    private Expectation.Matcher named(Node.Mapping.Entry entry) {
        Node node = entry.value();
        return switch (entry.key().value()) {
            case "like" ->
                node instanceof Node.Scalar scalar
                        ? new Expectation.Matcher.Like(text(scalar))
                        : new Expectation.Matcher.Equal(written(node));
            case "one-of" -> new Expectation.Matcher.OneOf(written(node));
            case "not" -> new Expectation.Matcher.Not(matcher(node));
            case "at-least" -> new Expectation.Matcher.AtLeast(bound(node));
            case "at-most" -> new Expectation.Matcher.AtMost(bound(node));
            default -> new Expectation.Matcher.Equal(written(node));
        };
    }

    private Written bound(Node node) {
        if (node instanceof Node.Scalar scalar && !scalar.value().contains("{{") && !isNumber(scalar.value())) {
            error(
                    scalar.origin(),
                    "wrong-value",
                    "A bound must be a number, or a tag in quotes. Found \"" + scalar.value() + "\".");
        }
        return written(node);
    }

    private static boolean isNumber(String text) {
        try {
            return new BigDecimal(text).scale() < 1000;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    /** A value of parameters or a matcher: an unquoted {@code true}, {@code false} or {@code null} means that, all else is text. */
    private static Written written(Node node) {
        return written(node, ValueReader::literal);
    }

    /** A map of such values. */
    static Written.Fields written(Node.Mapping map) {
        return fields(map, ValueReader::literal);
    }

    /** A value of a variable: all is text, and the variable's type says what it means. */
    static Written writtenText(Node node) {
        return written(node, scalar -> new Written.Scalar(text(scalar)));
    }

    private static Written written(Node node, Function<Node.Scalar, Written> scalar) {
        if (node instanceof Node.Mapping mapping) {
            return fields(mapping, scalar);
        }
        return node instanceof Node.Sequence sequence
                ? new Written.Items(items(sequence, scalar))
                : scalar.apply((Node.Scalar) node);
    }

    private static List<Written> items(Node.Sequence sequence, Function<Node.Scalar, Written> scalar) {
        return sequence.items().stream().map(item -> written(item, scalar)).toList();
    }

    private static Written.Fields fields(Node.Mapping mapping, Function<Node.Scalar, Written> scalar) {
        Map<String, Written> fields = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> fields.put(entry.key().value(), written(entry.value(), scalar)));
        return new Written.Fields(
                fields,
                mapping.entries().stream().map(entry -> nameOf(entry.key())).toList());
    }

    private static Written literal(Node.Scalar scalar) {
        if (scalar.isPlain("null")) {
            return new Written.Literal(Value.NOTHING);
        }
        return scalar.isPlain("true") || scalar.isPlain("false")
                ? new Written.Literal(Value.of(scalar.value().equals("true")))
                : new Written.Scalar(text(scalar));
    }

    /** What to tell the operator at a failure: one text, or texts by error. */
    Advice advice(Node.Mapping owner) {
        Optional<Text> single = text(owner, "advice");
        if (single.isPresent()) {
            return new Advice(Map.of(), single);
        }
        ErrorCodes codes = new ErrorCodes(owner);
        entries(owner, "advice").forEach(entry -> codes.checkAdvised(entry.key()));
        Map<String, Text> texts = texts(owner, "advice");
        Optional<Text> other = Optional.ofNullable(texts.remove(OTHER));
        return new Advice(texts, other);
    }

    /** Why errors are harmless, by error. */
    Map<String, Text> harmlessErrors(Node.Mapping owner) {
        ErrorCodes codes = new ErrorCodes(owner);
        entries(owner, "harmless-errors").forEach(entry -> codes.checkHarmless(entry.key()));
        return texts(owner, "harmless-errors");
    }

    /** The errors after which a task is tried again, besides the transient ones. */
    Set<String> retriedErrors(Node.Mapping policy, Node.Mapping owner) {
        ErrorCodes codes = new ErrorCodes(owner);
        Set<String> on = new HashSet<>();
        scalars(items(policy, "on")).forEach(scalar -> {
            codes.checkRetried(scalar);
            on.add(scalar.value());
        });
        return on;
    }

    private Map<String, Text> texts(Node.Mapping map, String key) {
        Map<String, Text> texts = new LinkedHashMap<>();
        for (Node.Mapping.Entry entry : entries(map, key)) {
            if (entry.value() instanceof Node.Scalar scalar) {
                texts.put(entry.key().value(), text(scalar));
            }
        }
        return texts;
    }

    /**
     * Checks the errors that an author names. A misspelt one never meets an error, and nobody would notice before the night. Of a
     * SQL Server they are numbers, besides the few words by which a failure of the connection is told; the error ids of a cmdlet
     * may be anything that begins with a letter.
     */
    private final class ErrorCodes {
        private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]*");
        /** What the endpoint of a SQL Server, and the proof that a step is done, call what has no number. */
        private static final Set<String> WORDS = Set.of(
                "authentication",
                "certificate",
                "connection-lost",
                "no-browser",
                "no-conversation",
                "not-dialled",
                "not-done",
                "other-server",
                "return-code",
                "timeout",
                "tls",
                "unknown-name",
                "unreachable");

        private final boolean ofServer;

        /** Of a step, an action of a rollback, or a fact. */
        ErrorCodes(Node.Mapping owner) {
            this.ofServer =
                    owner.get("sql").isPresent() || owner.get("procedure").isPresent();
        }

        /** A key of {@code advice}. */
        void checkAdvised(Node.Scalar key) {
            String code = key.value();
            boolean nearly = !WORDS.contains(code)
                    && Suggestion.nearest(code, List.of(OTHER)).isPresent();
            if (nearly && !code.equals(OTHER)) {
                error(key, "Did you mean \"other\"?");
            } else if (!code.equals(OTHER) && isForeign(code) && !isTold(key)) {
                error(key, "Write the number alone, such as 6106, or \"other\" for the rest.");
            }
        }

        /** An item of {@code on}. */
        void checkRetried(Node.Scalar item) {
            if (isForeign(item.value())) {
                error(item, "Write the number alone, such as 3101.");
            }
        }

        /** A key of {@code harmless-errors}; that the connection went is never harmless. */
        void checkHarmless(Node.Scalar key) {
            boolean foreign = isForeign(key.value()) || ofServer && WORDS.contains(key.value());
            if (foreign && !isTold(key)) {
                error(key, "Write the number alone, such as 6106.");
            }
        }

        private boolean isForeign(String code) {
            return ofServer && !NUMBER.matcher(code).matches() && !WORDS.contains(code);
        }

        /** A key that begins with a digit and is no number is refused by the schema already. */
        private static boolean isTold(Node.Scalar key) {
            return !key.value().isEmpty() && Character.isDigit(key.value().charAt(0));
        }

        private void error(Node.Scalar written, String advice) {
            String found = "\"" + written.value() + "\" is no error" + (ofServer ? " number" : "") + ". ";
            ValueReader.this.error(written.origin(), "error-number", found + advice);
        }
    }
}
