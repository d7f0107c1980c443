package dev.runbook.template;

import dev.runbook.language.Text;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A text cut at its tags.
 *
 * @param text the text
 * @param pieces in the order written
 */
record Template(Text text, List<Piece> pieces) {
    private static final int MAX_DEPTH = 2;

    Template {
        pieces = List.copyOf(pieces);
    }

    /** A part of a text. */
    sealed interface Piece {}

    /** Characters of the raw text, from one offset up to another. */
    record Literal(int start, int end) implements Piece {}

    /** A tag that becomes a value. */
    record Hole(Tag tag) implements Piece {}

    /** What repeats for each row or item. */
    record Section(Tag open, List<Piece> body, Tag close) implements Piece {
        Section {
            body = List.copyOf(body);
        }
    }

    /** The pieces of a text, or every tag in it that is refused. */
    static Filled<Template> of(Text text) {
        List<Tag> tags = Tags.of(text);
        List<Filled.Problem> refused = Stream.concat(
                        tags.stream()
                                .filter(tag -> tag.kind() == Tag.Kind.REFUSED)
                                .map(tag -> Filled.Problem.of(
                                        Filled.Problem.Kind.MISTAKE,
                                        text,
                                        tag,
                                        tag.refusal().orElseThrow())),
                        tooDeep(text, tags).stream())
                .toList();
        return refused.isEmpty()
                ? new Filled.Complete<>(new Template(text, new Cutter(text.raw(), tags).cut()))
                : new Filled.Problems<>(refused);
    }

    /** The first section that stands deeper in others than a reader could follow. */
    private static Optional<Filled.Problem> tooDeep(Text text, List<Tag> tags) {
        int depth = 0;
        for (Tag tag : tags) {
            depth += tag.kind() == Tag.Kind.SECTION_START ? 1 : tag.kind() == Tag.Kind.SECTION_END ? -1 : 0;
            if (depth > MAX_DEPTH) {
                return Optional.of(Filled.Problem.of(
                        Filled.Problem.Kind.MISTAKE,
                        text,
                        tag,
                        tag + " stands inside " + MAX_DEPTH + " other sections. Sections nest at most " + MAX_DEPTH
                                + " deep. Let a fact give the rows instead."));
            }
        }
        return Optional.empty();
    }

    /** Cuts a text whose tags are all well formed. */
    private static final class Cutter {
        private final String raw;
        private final Iterator<Tag> tags;
        private int at;

        Cutter(String raw, List<Tag> tags) {
            this.raw = raw;
            this.tags = tags.iterator();
        }

        List<Piece> cut() {
            List<Piece> pieces = new ArrayList<>();
            while (tags.hasNext()) {
                Tag tag = tags.next();
                take(tag, pieces);
                if (tag.kind() == Tag.Kind.VALUE) {
                    pieces.add(new Hole(tag));
                } else {
                    pieces.add(section(tag));
                }
            }
            literal(raw.length(), pieces);
            return pieces;
        }

        private Section section(Tag open) {
            List<Piece> body = new ArrayList<>();
            while (true) {
                Tag tag = tags.next();
                take(tag, body);
                switch (tag.kind()) {
                    case VALUE, REFUSED -> body.add(new Hole(tag));
                    case SECTION_START -> body.add(section(tag));
                    case SECTION_END -> {
                        return new Section(open, body, tag);
                    }
                }
            }
        }

        /** Takes what stands before a tag, and the tag. A section tag alone on its line takes the line with it. */
        private void take(Tag tag, List<Piece> pieces) {
            int lineStart = tag.start();
            while (lineStart > 0 && isBlank(raw.charAt(lineStart - 1))) {
                lineStart--;
            }
            int lineEnd = tag.end();
            while (lineEnd < raw.length() && isBlank(raw.charAt(lineEnd))) {
                lineEnd++;
            }
            boolean first = lineStart == 0 || raw.charAt(lineStart - 1) == '\n';
            boolean last = lineEnd == raw.length() || raw.startsWith("\n", lineEnd) || raw.startsWith("\r\n", lineEnd);
            boolean alone = tag.kind() != Tag.Kind.VALUE && first && last && lineStart >= at;
            literal(alone ? lineStart : tag.start(), pieces);
            at = alone
                    ? Math.min(raw.length(), raw.startsWith("\r\n", lineEnd) ? lineEnd + 2 : lineEnd + 1)
                    : tag.end();
        }

        private void literal(int end, List<Piece> pieces) {
            if (at < end) {
                pieces.add(new Literal(at, end));
            }
            at = end;
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t';
        }
    }
}
