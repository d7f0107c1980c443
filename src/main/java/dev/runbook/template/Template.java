package dev.runbook.template;

import dev.runbook.base.Value;
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
        List<Tag> tags = Tag.in(text);
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

    /** What is made of a template. */
    interface Output {
        /** Characters that the author wrote, from one offset of the raw text up to another. */
        void literal(int start, int end);

        /** A value in the place of a tag. */
        void value(Tag tag, Value value);

        /** A value that is a path of the site, in the place of a tag. */
        default void path(Tag tag, Value value) {
            value(tag, value);
        }

        /** A section begins, begins anew, or ends. */
        void edge(Tag tag);

        /** A tag that cannot be filled. */
        void missing(Filled.Problem problem);

        /** Whether a section of which nothing is known is shown once. */
        default boolean showsUnknown() {
            return false;
        }
    }

    /** Looks every name up in a scope, and tells an output what comes, in order. */
    void fill(Scope scope, Output output) {
        Walk walk = new Walk(text, output);
        walk.pieces(pieces, Scope.Resolver.of(scope));
        Tag.in(text).stream()
                .filter(tag -> walk.written > Walk.MAX_PIECES && tag.kind() == Tag.Kind.SECTION_START)
                .findFirst()
                .ifPresent(tag -> output.missing(Filled.Problem.of(
                        Filled.Problem.Kind.UNFIT,
                        text,
                        tag,
                        "With these values the text would have more than " + Walk.MAX_PIECES
                                + " parts. Let for-each take the rows one by one.")));
    }

    /** The same without any values: every tag is this value, every section repeats so often. */
    void fill(Value value, int times, Output output) {
        new Walk(text, output).blind(pieces, value, times);
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

    /** Goes through a template, looks every name up, and tells an output what comes, in order. */
    private static final class Walk {
        /** Literal stretches and values; a section counts each of its turns. */
        private static final int MAX_PIECES = 100_000;

        private final Text text;
        private final Output output;
        private int written;

        private Walk(Text text, Output output) {
            this.text = text;
            this.output = output;
        }

        private void pieces(List<Piece> pieces, Scope.Resolver names) {
            for (Piece piece : pieces) {
                if (++written > MAX_PIECES) {
                    return;
                }
                if (piece instanceof Literal literal) {
                    output.literal(literal.start(), literal.end());
                } else if (piece instanceof Hole hole) {
                    hole(hole.tag(), names);
                } else if (piece instanceof Section section) {
                    section(section, names);
                }
            }
        }

        private void hole(Tag tag, Scope.Resolver names) {
            Scope.Resolver.Found found = names.value(tag);
            if (found instanceof Scope.Resolver.Found.Known known && known.path()) {
                output.path(tag, known.value());
            } else if (found instanceof Scope.Resolver.Found.Known known) {
                output.value(tag, known.value());
            } else if (found instanceof Scope.Resolver.Found.Missing missing) {
                output.missing(Filled.Problem.of(missing.kind(), text, tag, missing.message()));
            } else {
                output.missing(Filled.Problem.of(
                        Filled.Problem.Kind.NO_VALUE,
                        text,
                        tag,
                        "\"" + tag.head() + "\" has no " + tag.rest().orElse("value") + "."));
            }
        }

        private void section(Section section, Scope.Resolver names) {
            Scope.Resolver.Turns turns = names.turns(section.open());
            if (turns instanceof Scope.Resolver.Turns.Missing missing) {
                if (output.showsUnknown() && missing.kind() == Filled.Problem.Kind.NO_VALUE) {
                    turn(section, names.inside(new Scope.Binding.Later()));
                } else {
                    output.missing(Filled.Problem.of(missing.kind(), text, section.open(), missing.message()));
                }
            } else if (turns instanceof Scope.Resolver.Turns.Known known) {
                output.edge(section.open());
                known.turns().forEach(item -> turn(section, names.inside(item)));
            }
        }

        private void turn(Section section, Scope.Resolver names) {
            output.edge(section.open());
            pieces(section.body(), names);
            output.edge(section.close());
        }

        private void blind(List<Piece> pieces, Value value, int times) {
            for (Piece piece : pieces) {
                if (piece instanceof Literal literal) {
                    output.literal(literal.start(), literal.end());
                } else if (piece instanceof Hole hole) {
                    output.value(hole.tag(), value);
                } else if (piece instanceof Section section) {
                    output.edge(section.open());
                    for (int i = 0; i < times; i++) {
                        output.edge(section.open());
                        blind(section.body(), value, times);
                        output.edge(section.close());
                    }
                }
            }
        }
    }
}
