package dev.runbook.template;

import dev.runbook.base.Value;
import dev.runbook.language.Text;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Makes T-SQL of a template.
 *
 * <p>It writes the text twice. The first has a {@code 0} for every value: its tokens are the author's own, each repetition of a
 * section counted, and the token around each {@code 0} decides how its value is escaped. The second has the values; its tokens
 * must be of the same number and kinds, whatever the values hold.
 */
final class SqlFill implements Template.Output {
    private static final char STAND_IN = '0';
    private static final int MAX_NAME_LENGTH = 128;

    private final Text author;
    private final List<Segment> segments = new ArrayList<>();
    private final NavigableMap<Integer, Tag> edges = new TreeMap<>();
    private final StringBuilder standIn = new StringBuilder();
    private final List<Filled.Problem> problems = new ArrayList<>();

    SqlFill(Text author) {
        this.author = author;
    }

    /**
     * A stretch of both texts.
     *
     * @param at its offset in the text of the author's tokens
     * @param start its offset in the raw text
     * @param literal what the author wrote; empty for a value
     * @param tag of a value
     * @param value in place of the tag
     */
    private record Segment(int at, int start, String literal, Optional<Tag> tag, Value value) {}

    /** A token that the filled text must have, and a tag inside of it. */
    private record Expected(Token.Kind kind, Optional<Tag> tag) {}

    @Override
    public void literal(int start, int end) {
        String written = author.raw().substring(start, end);
        segments.add(new Segment(standIn.length(), start, written, Optional.empty(), Value.NOTHING));
        standIn.append(written);
    }

    @Override
    public void value(Tag tag, Value value) {
        segments.add(new Segment(standIn.length(), tag.start(), "", Optional.of(tag), value));
        standIn.append(STAND_IN);
    }

    @Override
    public void edge(Tag tag) {
        edges.put(standIn.length(), tag);
    }

    @Override
    public void missing(Filled.Problem problem) {
        problems.add(problem);
    }

    /** The filled text, once the template has been gone through. */
    Filled<Fill.FilledSql> finish() {
        List<Token> own = Tokenizer.tokens(standIn.toString());
        checkEdges(own);
        Map<Segment, String> escaped = escape(own);
        if (!problems.isEmpty()) {
            return new Filled.Problems<>(problems);
        }
        Writer writer = new Writer();
        segments.forEach(segment -> writer.add(segment, escaped.getOrDefault(segment, segment.literal())));
        String sql = writer.sql.toString();
        compare(expected(own, escaped), Tokenizer.tokens(sql));
        return Filled.of(new Fill.FilledSql(sql, author, writer.lines()), problems);
    }

    private void checkEdges(List<Token> own) {
        own.stream()
                .filter(token -> token.kind() != Token.Kind.SPACE)
                .forEach(
                        token -> edges.subMap(token.start(), false, token.end(), false)
                                .values()
                                .forEach(
                                        tag -> refuse(
                                                Filled.Problem.Kind.MISTAKE,
                                                tag,
                                                tag + " stands inside " + words(token.kind())
                                                        + ". In T-SQL, a section begins and ends between words, with a blank around it.")));
    }

    private Map<Segment, String> escape(List<Token> own) {
        Map<Segment, String> escaped = new HashMap<>();
        int index = 0;
        for (Segment segment : segments) {
            if (segment.tag().isPresent()) {
                while (own.get(index).end() <= segment.at()) {
                    index++;
                }
                escape(segment, own.get(index)).ifPresent(text -> escaped.put(segment, text));
            }
        }
        return escaped;
    }

    private Optional<String> escape(Segment segment, Token token) {
        Tag tag = segment.tag().orElseThrow();
        boolean alone = token.kind() == Token.Kind.NUMBER && token.text().length() == 1;
        Filled<String> result = SqlValue.of(author, tag, segment.value()).in(token.kind(), alone);
        problems.addAll(result.problems());
        return result instanceof Filled.Complete<String> complete ? Optional.of(complete.value()) : Optional.empty();
    }

    /** A negative number is two tokens, the sign and the digits. */
    private List<Expected> expected(List<Token> own, Map<Segment, String> escaped) {
        List<Expected> expected = new ArrayList<>();
        int index = 0;
        for (Token token : own) {
            Optional<Segment> first = Optional.empty();
            for (; index < segments.size() && segments.get(index).at() < token.end(); index++) {
                Segment segment = segments.get(index);
                first = segment.tag().isPresent() && first.isEmpty() ? Optional.of(segment) : first;
            }
            boolean negative = token.kind() == Token.Kind.NUMBER
                    && first.filter(segment -> escaped.get(segment).startsWith("-"))
                            .isPresent();
            if (negative) {
                expected.add(new Expected(Token.Kind.OPERATOR, Optional.empty()));
            }
            expected.add(new Expected(token.kind(), first.flatMap(Segment::tag)));
        }
        return expected;
    }

    private void compare(List<Expected> expected, List<Token> found) {
        boolean same = expected.stream()
                .map(Expected::kind)
                .toList()
                .equals(found.stream().map(Token::kind).toList());
        if (!same) {
            segments.stream()
                    .flatMap(segment -> segment.tag().stream())
                    .findFirst()
                    .ifPresent(
                            tag -> refuse(
                                    Filled.Problem.Kind.UNFIT,
                                    tag,
                                    "With these values the T-SQL would have other words than the author wrote. It is not sent."));
            return;
        }
        for (int i = 0; i < found.size(); i++) {
            Optional<Tag> tag = expected.get(i).tag();
            int length = found.get(i).value().length();
            if (found.get(i).kind() == Token.Kind.BRACKETED
                    && tag.isPresent()
                    && (length == 0 || length > MAX_NAME_LENGTH)) {
                refuse(
                        Filled.Problem.Kind.UNFIT,
                        tag.get(),
                        "A name in brackets has 1 to " + MAX_NAME_LENGTH + " characters. This one would have " + length
                                + ".");
            }
        }
    }

    private void refuse(Filled.Problem.Kind kind, Tag tag, String message) {
        problems.add(Filled.Problem.of(kind, author, tag, message));
    }

    private static String words(Token.Kind kind) {
        return switch (kind) {
            case STRING, NATIONAL_STRING, QUOTED -> "quotes";
            case BRACKETED -> "brackets";
            case LINE_COMMENT, BLOCK_COMMENT -> "a comment";
            case WORD, NUMBER, VARIABLE, OPERATOR, LOOKALIKE, SPACE -> "a word";
        };
    }

    /** Writes the filled text and notes where its lines come from. */
    private static final class Writer {
        private final StringBuilder sql = new StringBuilder();
        private final List<Integer> lines = new ArrayList<>();
        private boolean atLineStart = true;

        void add(Segment segment, String text) {
            for (int i = 0; i < text.length(); i++) {
                if (atLineStart) {
                    lines.add(segment.tag().isPresent() ? segment.start() : segment.start() + i);
                }
                atLineStart = text.charAt(i) == '\n';
            }
            sql.append(text);
        }

        List<Integer> lines() {
            return lines.isEmpty() ? List.of(0) : lines;
        }
    }

    /** One value on its way into T-SQL. */
    private record SqlValue(Text author, Tag tag, Value value) {
        /** The longest number of SQL Server, {@code numeric(38)}, has so many digits. */
        private static final int MAX_DIGITS = 38;

        private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1," + MAX_DIGITS + "}");

        static SqlValue of(Text author, Tag tag, Value value) {
            return new SqlValue(author, tag, value);
        }

        /**
         * The value as it is written inside a token of this kind.
         *
         * @param alone whether the tag is the whole token; counts outside quotes and brackets
         */
        Filled<String> in(Token.Kind kind, boolean alone) {
            return switch (kind) {
                case NATIONAL_STRING -> text("'");
                case STRING -> ascii();
                case BRACKETED -> text("]");
                case QUOTED ->
                    mistake(tag + " stands inside double quotes. Write [" + tag + "] for a name, N'" + tag
                            + "' for a text.");
                case LINE_COMMENT, BLOCK_COMMENT -> mistake(tag + " stands inside a comment. Take it out of there.");
                case NUMBER, WORD, VARIABLE, OPERATOR, LOOKALIKE, SPACE ->
                    alone
                            ? wholeNumber()
                            : mistake(tag
                                    + " is only a part of a word. Outside quotes and brackets a tag is a number and stands by itself. Write N'"
                                    + tag + "' for a text, [" + tag + "] for a name.");
            };
        }

        private Filled<String> text(String closing) {
            if (value instanceof Value.Nothing) {
                return problem(Filled.Problem.Kind.NO_VALUE, "has no value: null was found. Nothing was sent.");
            }
            if (value instanceof Value.Items || value instanceof Value.Fields) {
                return unfit("is a list or a map. Write a section {{#name}}…{{/name}} that repeats for each.");
            }
            if (value instanceof Value.Secret) {
                return unfit(
                        "is a secret, and T-SQL is shown and kept in the journal. Use a procedure with a parameter.");
            }
            boolean control = value.text().chars().anyMatch(c -> Character.isISOControl(c) && c != '\t');
            return control
                    ? unfit("holds a line end or a control character, which may not stand here.")
                    : new Filled.Complete<>(value.text().replace(closing, closing + closing));
        }

        private Filled<String> ascii() {
            boolean ascii = value.text().chars().allMatch(c -> c < 128);
            return ascii || value instanceof Value.Secret
                    ? text("'")
                    : unfit("holds characters that '…' cannot keep. Write N before the quote: N'" + tag + "'.");
        }

        private Filled<String> wholeNumber() {
            Filled<String> text = text("");
            return text instanceof Filled.Problems<String>
                    ? text
                    : digits().<Filled<String>>map(Filled.Complete::new)
                            .orElseGet(() -> unfit(
                                    "is not a whole number, and only a whole number may stand outside quotes and brackets. "
                                            + "Found: " + shortened(value.text())));
        }

        private Optional<String> digits() {
            if (value instanceof Value.Number number) {
                BigDecimal plain = number.value().stripTrailingZeros();
                boolean whole = plain.scale() <= 0 && (long) plain.precision() - plain.scale() <= MAX_DIGITS;
                return whole ? Optional.of(plain.toPlainString()) : Optional.empty();
            }
            return Optional.of(value)
                    .filter(Value.Text.class::isInstance)
                    .map(Value::text)
                    .filter(text -> WHOLE_NUMBER.matcher(text).matches());
        }

        private static String shortened(String text) {
            return text.length() <= 60 ? text : text.substring(0, 60) + "…";
        }

        private Filled<String> unfit(String message) {
            return problem(Filled.Problem.Kind.UNFIT, message);
        }

        private Filled<String> problem(Filled.Problem.Kind kind, String message) {
            return new Filled.Problems<>(List.of(Filled.Problem.of(kind, author, tag, tag + " " + message)));
        }

        private Filled<String> mistake(String message) {
            return new Filled.Problems<>(List.of(Filled.Problem.of(Filled.Problem.Kind.MISTAKE, author, tag, message)));
        }
    }
}
