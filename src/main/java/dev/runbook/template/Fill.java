package dev.runbook.template;

import dev.runbook.base.Harmless;
import dev.runbook.base.Position;
import dev.runbook.base.Value;
import dev.runbook.base.Wildcards;
import dev.runbook.language.Text;
import dev.runbook.language.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Fills texts from a scope. What a value holds is never searched for tags again. */
public final class Fill {
    private Fill() {}

    /**
     * Text for people. Always gives a text: what has no value is {@code (unknown)}, lists are written with commas, secrets are
     * dots, and a text whose tags are not well formed stays as written.
     */
    public static String forPeople(Text text, Scope scope) {
        return output(text, scope, TextOutput.Use.PEOPLE)
                .map(TextOutput::text)
                .orElseGet(() -> Harmless.lines(text.raw()));
    }

    /** Text for comparisons and defaults. Refuses lists and secrets. */
    public static Filled<String> plain(Text text, Scope scope) {
        return text(text, scope, TextOutput.Use.PLAIN).map(TextOutput::text);
    }

    /**
     * Text for paths and patterns of file names. Refuses lists and secrets, and every value that would choose a folder or take
     * more files than the author named: unless it is a path of the site, a value is one name or a part of one.
     */
    public static Filled<String> path(Text text, Scope scope) {
        return text(text, scope, TextOutput.Use.PATH).map(TextOutput::text);
    }

    /**
     * T-SQL. A value inside quotes or brackets is escaped for them, one outside must be a whole number, and the tokens stay those
     * of the author.
     */
    public static Filled<FilledSql> sql(Text text, Scope scope) {
        Filled<Template> template = Template.of(text);
        if (!(template instanceof Filled.Complete<Template> complete)) {
            return new Filled.Problems<>(template.problems());
        }
        SqlFill fill = new SqlFill(text);
        complete.value().fill(scope, fill);
        return fill.finish();
    }

    /**
     * What is wrong with the tags of a T-SQL text whatever the values are: refused tags, tags in comments or double quotes, tags
     * that are part of a word, sections that do not begin and end between tokens.
     */
    public static List<Filled.Problem> mistakes(Text sql) {
        Filled<Template> template = Template.of(sql);
        if (!(template instanceof Filled.Complete<Template> complete)) {
            return template.problems();
        }
        for (int times = 1; times <= 3; times++) {
            SqlFill fill = new SqlFill(sql);
            complete.value().fill(Value.of(1), times % 3, fill);
            List<Filled.Problem> problems = fill.finish().problems();
            if (!problems.isEmpty()) {
                return problems.stream().distinct().toList();
            }
        }
        return List.of();
    }

    /**
     * A value of {@code parameters}, {@code where}, {@code expect} or {@code default}. One that is one whole tag keeps its type;
     * lists and maps are filled inside. A tag of an absent part gives nothing: empty here, and left out of a list or map.
     */
    public static Filled<Optional<Value>> value(Written written, Scope scope) {
        List<Filled.Problem> problems = new ArrayList<>();
        Optional<Value> value = value(written, scope, problems);
        return Filled.of(value, problems);
    }

    /**
     * A pattern with {@code *} and {@code ?} that matches without regard to case. Only wildcards that the author wrote count,
     * never those of a value.
     */
    public static Filled<Pattern> pattern(Text text, Scope scope) {
        return text(text, scope, TextOutput.Use.PATTERN)
                .map(output -> Pattern.compile(
                        output.text(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL));
    }

    private static Optional<Value> value(Written written, Scope scope, List<Filled.Problem> problems) {
        if (written instanceof Written.Literal literal) {
            return Optional.of(literal.value());
        }
        if (written instanceof Written.Scalar scalar) {
            return scalar(scalar.text(), scope, problems);
        }
        if (written instanceof Written.Items items) {
            return Optional.of(new Value.Items(items.values().stream()
                    .flatMap(item -> value(item, scope, problems).stream())
                    .toList()));
        }
        Map<String, Value> fields = new LinkedHashMap<>();
        ((Written.Fields) written)
                .values()
                .forEach((name, field) -> value(field, scope, problems).ifPresent(value -> fields.put(name, value)));
        return Optional.of(new Value.Fields(fields));
    }

    private static Optional<Value> scalar(Text text, Scope scope, List<Filled.Problem> problems) {
        Optional<Tag> whole = wholeTag(text);
        if (whole.isPresent()) {
            return whole(text, whole.get(), scope, problems);
        }
        Filled<TextOutput> filled = text(text, scope, TextOutput.Use.PARAMETER);
        problems.addAll(filled.problems());
        return filled instanceof Filled.Complete<TextOutput> complete
                ? Optional.of(asValue(complete.value()))
                : Optional.empty();
    }

    private static Value asValue(TextOutput output) {
        return output.isSecret() ? new Value.Secret(output.text()) : Value.of(output.text());
    }

    /** The tag that is the whole text, if it is one. */
    private static Optional<Tag> wholeTag(Text text) {
        return Tag.in(text).stream()
                .findFirst()
                .filter(tag -> tag.kind() == Tag.Kind.VALUE)
                .filter(tag -> tag.start() == 0 && tag.end() == text.raw().length());
    }

    private static Optional<Value> whole(Text text, Tag tag, Scope scope, List<Filled.Problem> problems) {
        Scope.Resolver.Found found = Scope.Resolver.of(scope).value(tag);
        if (found instanceof Scope.Resolver.Found.Missing missing) {
            problems.add(Filled.Problem.of(missing.kind(), text, tag, missing.message()));
        }
        return found instanceof Scope.Resolver.Found.Known known ? Optional.of(known.value()) : Optional.empty();
    }

    private static Filled<TextOutput> text(Text text, Scope scope, TextOutput.Use use) {
        Filled<Template> template = Template.of(text);
        if (!(template instanceof Filled.Complete<Template> complete)) {
            return new Filled.Problems<>(template.problems());
        }
        TextOutput output = new TextOutput(text, use);
        complete.value().fill(scope, output);
        return Filled.of(output, output.problems());
    }

    private static Optional<TextOutput> output(Text text, Scope scope, TextOutput.Use use) {
        return text(text, scope, use) instanceof Filled.Complete<TextOutput> complete
                ? Optional.of(complete.value())
                : Optional.empty();
    }

    /** Makes plain text of a template. */
    private static final class TextOutput implements Template.Output {
        private static final String UNKNOWN = "(unknown)";

        /** What the text is for. */
        enum Use {
            /** People read it: everything has words, secrets are dots. */
            PEOPLE,
            /** A comparison, a default. */
            PLAIN,
            /** A path or a pattern of file names. */
            PATH,
            /** A part of a parameter: data, which may hold a secret. */
            PARAMETER,
            /** A regular expression: what the author wrote has wildcards, what a value holds has none. */
            PATTERN
        }

        private final Text author;
        private final Use use;
        private final StringBuilder text = new StringBuilder();
        private final List<Filled.Problem> problems = new ArrayList<>();
        private boolean secret;

        TextOutput(Text author, Use use) {
            this.author = author;
            this.use = use;
        }

        /** The text as far as it could be filled. */
        String text() {
            return text.toString();
        }

        List<Filled.Problem> problems() {
            return List.copyOf(problems);
        }

        /** Whether a secret is in it. */
        boolean isSecret() {
            return secret;
        }

        @Override
        public void literal(int start, int end) {
            String written = author.raw().substring(start, end);
            text.append(
                    switch (use) {
                        case PATTERN -> Wildcards.expression(written);
                        case PEOPLE -> Harmless.lines(written);
                        case PLAIN, PATH, PARAMETER -> written;
                    });
        }

        @Override
        public void path(Tag tag, Value value) {
            value(tag, value, true);
        }

        @Override
        public void value(Tag tag, Value value) {
            value(tag, value, false);
        }

        private void value(Tag tag, Value value, boolean path) {
            if (use == Use.PEOPLE) {
                text.append(value instanceof Value.Nothing ? UNKNOWN : Harmless.line(value.text()));
            } else if (value instanceof Value.Nothing) {
                refuse(Filled.Problem.Kind.NO_VALUE, tag, tag + " has no value: null was found.");
            } else if (value instanceof Value.Items || value instanceof Value.Fields) {
                refuse(
                        Filled.Problem.Kind.UNFIT,
                        tag,
                        tag + " is a list or a map, which can only be a whole value, not a part of a text.");
            } else if (value instanceof Value.Secret hidden) {
                secret(tag, hidden);
            } else if (use == Use.PATH && !path && !isOneName(value.text())) {
                refuse(
                        Filled.Problem.Kind.UNFIT,
                        tag,
                        tag + " is \"" + value.text()
                                + "\". A value that is not of type path can only be one name, or a part of"
                                + " one, here: no separator, colon, wildcard or \"..\".");
            } else {
                text.append(use == Use.PATTERN ? Pattern.quote(value.text()) : value.text());
            }
        }

        private static boolean isOneName(String value) {
            return !value.isBlank()
                    && !value.matches("\\.+")
                    && value.codePoints()
                            .noneMatch(sign -> "/\\:*?\"<>|".indexOf(sign) >= 0 || Character.isISOControl(sign));
        }

        private void secret(Tag tag, Value.Secret hidden) {
            if (use == Use.PARAMETER) {
                secret = true;
                text.append(hidden.reveal());
            } else {
                refuse(Filled.Problem.Kind.UNFIT, tag, tag + " is a secret. A secret can only go into a parameter.");
            }
        }

        @Override
        public void edge(Tag tag) {}

        @Override
        public void missing(Filled.Problem problem) {
            if (use == Use.PEOPLE) {
                text.append(UNKNOWN);
            } else {
                problems.add(problem);
            }
        }

        @Override
        public boolean showsUnknown() {
            return use == Use.PEOPLE;
        }

        private void refuse(Filled.Problem.Kind kind, Tag tag, String message) {
            problems.add(Filled.Problem.of(kind, author, tag, message));
        }
    }

    /**
     * T-SQL ready to be sent, which still knows where its lines were written.
     *
     * @param text what is sent, and what plan and journal show
     * @param author the text that it was made of
     * @param lines for each line of {@code text}, the offset in {@code author} of its first character
     */
    public record FilledSql(String text, Text author, List<Integer> lines) {
        /** Copies the list. */
        public FilledSql {
            lines = List.copyOf(lines);
        }

        /** The place in the author's file of a line of the sent text, counted from 1; a line out of bounds counts as the nearest. */
        public Position position(int line) {
            int index = Math.max(0, Math.min(line, lines.size()) - 1);
            return author.origin().at(lines.get(index));
        }
    }
}
