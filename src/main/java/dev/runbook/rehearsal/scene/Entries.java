package dev.runbook.rehearsal.scene;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Suggestion;
import dev.runbook.yaml.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The entries of one map of a scene. Every question notes the diagnostics that it meets and answers with something usable, so that
 * reading continues and all diagnostics come out at once.
 */
final class Entries {
    private final Node node;
    private final String what;
    private final SceneDiagnostics diagnostics;
    private final Optional<Node.Mapping> map;

    private Entries(Node node, String what, SceneDiagnostics diagnostics) {
        this.node = node;
        this.what = what;
        this.diagnostics = diagnostics;
        this.map = node instanceof Node.Mapping mapping ? Optional.of(mapping) : Optional.empty();
    }

    /**
     * The entries of a node.
     *
     * @param what it is, in the words of messages: {@code a server}
     * @param known the keys that it may have
     */
    static Entries of(Node node, String what, List<String> known, SceneDiagnostics diagnostics) {
        Entries entries = new Entries(node, what, diagnostics);
        if (entries.map.isEmpty()) {
            diagnostics.add(node, "Here stands " + node.kind() + ", but " + what + " is a map.");
        }
        for (Node.Mapping.Entry entry : entries.list()) {
            String key = entry.key().value();
            if (!known.contains(key)) {
                diagnostics.add(
                        entry.key(),
                        sentence(what) + " has no key \"" + key + "\"." + Suggestion.didYouMean(key, known)
                                + " It may have: " + String.join(", ", known) + ".");
            }
        }
        return entries;
    }

    /** The map itself, for messages about the whole. */
    Node node() {
        return node;
    }

    /** What stands under a key. */
    Optional<Node> get(String key) {
        return map.flatMap(mapping -> mapping.get(key));
    }

    /** What stands under a key that must be there. */
    Optional<Node> needed(String key) {
        if (map.isPresent() && get(key).isEmpty()) {
            diagnostics.add(node, sentence(what) + " needs \"" + key + "\".");
        }
        return get(key);
    }

    /** A text. */
    Optional<String> text(String key) {
        return get(key).flatMap(this::scalar);
    }

    /** A text that must be there. */
    String required(String key) {
        return needed(key).flatMap(this::scalar).orElse("");
    }

    /** {@code true} or {@code false}. */
    boolean truth(String key, boolean otherwise) {
        return parsed(key, "true or false", ScalarValues::truth).orElse(otherwise);
    }

    /** A whole number that is not negative. */
    int number(String key, int otherwise) {
        return parsed(key, "a whole number", ScalarValues::number).orElse(otherwise);
    }

    /** A duration, such as {@code 300ms}. */
    Duration duration(String key, Duration otherwise) {
        return parsed(key, "a duration such as 300ms, 5s or 15m", ScalarValues::duration)
                .orElse(otherwise);
    }

    /** A time in the past, such as {@code 20m ago}. */
    Duration ago(String key, Duration otherwise) {
        return parsed(key, "a time in the past such as 20m ago", ScalarValues::ago)
                .orElse(otherwise);
    }

    /** One of some words. */
    <T> T choice(String key, Map<String, T> words, T otherwise) {
        String wanted = "one of " + words.keySet().stream().sorted().collect(Collectors.joining(", "));
        return parsed(key, wanted, word -> Optional.ofNullable(words.get(word))).orElse(otherwise);
    }

    /** A list of texts; empty where the key is not there. */
    List<String> texts(String key) {
        return items(key).stream().flatMap(item -> scalar(item).stream()).toList();
    }

    /** The items of a list; empty where the key is not there. */
    List<Node> items(String key) {
        Optional<Node> found = get(key);
        if (found.isPresent() && !(found.get() instanceof Node.Sequence)) {
            diagnostics.add(
                    found.get(),
                    "\"" + key + "\" is a list, but here stands " + found.get().kind() + ".");
        }
        return found.filter(Node.Sequence.class::isInstance)
                .map(list -> ((Node.Sequence) list).items())
                .orElse(List.of());
    }

    /** A list of things, each read by itself. */
    <T> List<T> list(String key, Function<Node, T> reader) {
        return items(key).stream().map(reader).toList();
    }

    /** A map of things by name, in the order written; empty where the key is not there. */
    <T> Map<String, T> map(String key, BiFunction<Node.Scalar, Node, T> reader) {
        return get(key).map(found -> mapOf(found, '"' + key + '"', reader)).orElse(Map.of());
    }

    /** A map that stands somewhere within, in the order written. */
    <T> Map<String, T> mapOf(Node found, String called, BiFunction<Node.Scalar, Node, T> reader) {
        Map<String, T> read = new LinkedHashMap<>();
        if (found instanceof Node.Mapping mapping) {
            mapping.entries().forEach(entry -> read.put(entry.key().value(), reader.apply(entry.key(), entry.value())));
        } else {
            diagnostics.add(found, sentence(called) + " is a map, but here stands " + found.kind() + ".");
        }
        return Collections.unmodifiableMap(read);
    }

    /** The text of a scalar that stands somewhere within. */
    Optional<String> scalar(Node found) {
        if (found instanceof Node.Scalar text) {
            return Optional.of(text.value());
        }
        diagnostics.add(found, "A text belongs here, not " + found.kind() + ".");
        return Optional.empty();
    }

    /** A scalar that stands somewhere within, as a whole number; 0 where it is none. */
    long count(Node found) {
        Optional<Integer> number = scalar(found).flatMap(ScalarValues::number);
        if (number.isEmpty() && found instanceof Node.Scalar) {
            diagnostics.add(found, "A whole number belongs here.");
        }
        return number.orElse(0);
    }

    private <T> Optional<T> parsed(String key, String wanted, Function<String, Optional<T>> parser) {
        Optional<String> written = text(key);
        Optional<T> value = written.flatMap(parser);
        if (written.isPresent() && value.isEmpty()) {
            diagnostics.add(
                    get(key).orElseThrow(), "\"" + key + "\" is " + wanted + ", not \"" + written.get() + "\".");
        }
        return value;
    }

    private static String sentence(String what) {
        return Character.toUpperCase(what.charAt(0)) + what.substring(1);
    }

    private List<Node.Mapping.Entry> list() {
        return map.map(Node.Mapping::entries).orElse(List.of());
    }

    /** Gathers what is wrong with a scene. */
    static final class SceneDiagnostics {
        private static final String RULE = "scene";

        private final List<Diagnostic> found = new ArrayList<>();

        /** Notes one. */
        void add(Node at, String message) {
            found.add(Diagnostic.error(at.origin(), RULE, message));
        }

        /** All of them. */
        List<Diagnostic> all() {
            return List.copyOf(found);
        }

        /** Whether there are none. */
        boolean none() {
            return found.isEmpty();
        }
    }

    /** The small values of a scene; empty where a text is not one. */
    static final class ScalarValues {
        private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h|d)");
        private static final String AGO = " ago";

        private ScalarValues() {}

        static Optional<Boolean> truth(String text) {
            return text.equals("true")
                    ? Optional.of(true)
                    : text.equals("false") ? Optional.of(false) : Optional.empty();
        }

        static Optional<Integer> number(String text) {
            return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
        }

        static Optional<Duration> duration(String text) {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            long amount = Long.parseLong(matcher.group(1));
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    });
        }

        static Optional<Duration> ago(String text) {
            return text.endsWith(AGO) ? duration(text.substring(0, text.length() - AGO.length())) : Optional.empty();
        }
    }
}
