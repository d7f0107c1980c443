package dev.runbook.template;

import dev.runbook.base.Value;
import dev.runbook.language.Text;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes T-SQL of a template.
 *
 * <p>It writes the text twice. The first has a {@code 0} for every value: its tokens are the author's own, each repetition of a
 * section counted, and the token around each {@code 0} decides how its value is escaped. The second has the values; its tokens
 * must be of the same number and kinds, whatever the values hold.
 */
final class SqlFill implements Walk.Output {
    private static final char STAND_IN = '0';
    private static final int LONGEST_NAME = 128;

    private final Text author;
    private final List<Segment> segments = new ArrayList<>();
    private final NavigableMap<Integer, Tag> edges = new TreeMap<>();
    private final StringBuilder standIn = new StringBuilder();
    private final List<Problem> problems = new ArrayList<>();

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
    public void missing(Problem problem) {
        problems.add(problem);
    }

    /** The filled text, once the template has been gone through. */
    Filled<FilledSql> finish() {
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
        return Filled.of(new FilledSql(sql, author, writer.lines()), problems);
    }

    private void checkEdges(List<Token> own) {
        own.stream()
                .filter(token -> token.kind() != Token.Kind.SPACE)
                .forEach(
                        token -> edges.subMap(token.start(), false, token.end(), false)
                                .values()
                                .forEach(
                                        tag -> refuse(
                                                Problem.Kind.MISTAKE,
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
                                    Problem.Kind.UNFIT,
                                    tag,
                                    "With these values the T-SQL would have other words than the author wrote. It is not sent."));
            return;
        }
        for (int i = 0; i < found.size(); i++) {
            Optional<Tag> tag = expected.get(i).tag();
            int length = found.get(i).value().length();
            if (found.get(i).kind() == Token.Kind.BRACKETED
                    && tag.isPresent()
                    && (length == 0 || length > LONGEST_NAME)) {
                refuse(
                        Problem.Kind.UNFIT,
                        tag.get(),
                        "A name in brackets has 1 to " + LONGEST_NAME + " characters. This one would have " + length
                                + ".");
            }
        }
    }

    private void refuse(Problem.Kind kind, Tag tag, String message) {
        problems.add(Problem.of(kind, author, tag, message));
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
}
