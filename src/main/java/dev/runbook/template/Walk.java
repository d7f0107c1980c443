package dev.runbook.template;

import dev.runbook.base.Value;
import dev.runbook.language.Text;
import java.util.List;

/** Goes through a template, looks every name up, and tells an output what comes, in order. */
final class Walk {
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

    /** Literal stretches and values; a section counts each of its turns. */
    private static final int MAX_PIECES = 100_000;

    private final Text text;
    private final Output output;
    private int written;

    private Walk(Text text, Output output) {
        this.text = text;
        this.output = output;
    }

    /** Goes through a template with the names of a scope. */
    static void over(Template template, Scope scope, Output output) {
        Walk walk = new Walk(template.text(), output);
        walk.pieces(template.pieces(), Names.of(scope));
        Tags.of(template.text()).stream()
                .filter(tag -> walk.written > MAX_PIECES && tag.kind() == Tag.Kind.SECTION_START)
                .findFirst()
                .ifPresent(tag -> output.missing(Filled.Problem.of(
                        Filled.Problem.Kind.UNFIT,
                        template.text(),
                        tag,
                        "With these values the text would have more than " + MAX_PIECES
                                + " parts. Let for-each take the rows one by one.")));
    }

    /** Goes through a template without any values: every tag is this value, every section repeats so often. */
    static void over(Template template, Value value, int times, Output output) {
        new Walk(template.text(), output).blind(template.pieces(), value, times);
    }

    private void pieces(List<Template.Piece> pieces, Names names) {
        for (Template.Piece piece : pieces) {
            if (++written > MAX_PIECES) {
                return;
            }
            if (piece instanceof Template.Literal literal) {
                output.literal(literal.start(), literal.end());
            } else if (piece instanceof Template.Hole hole) {
                hole(hole.tag(), names);
            } else if (piece instanceof Template.Section section) {
                section(section, names);
            }
        }
    }

    private void hole(Tag tag, Names names) {
        Names.Found found = names.value(tag);
        if (found instanceof Names.Found.Known known && known.path()) {
            output.path(tag, known.value());
        } else if (found instanceof Names.Found.Known known) {
            output.value(tag, known.value());
        } else if (found instanceof Names.Found.Missing missing) {
            output.missing(Filled.Problem.of(missing.kind(), text, tag, missing.message()));
        } else {
            output.missing(Filled.Problem.of(
                    Filled.Problem.Kind.NO_VALUE,
                    text,
                    tag,
                    "\"" + tag.head() + "\" has no " + tag.rest().orElse("value") + "."));
        }
    }

    private void section(Template.Section section, Names names) {
        Names.Turns turns = names.turns(section.open());
        if (turns instanceof Names.Turns.Missing missing) {
            if (output.showsUnknown() && missing.kind() == Filled.Problem.Kind.NO_VALUE) {
                turn(section, names.inside(new Scope.Binding.Later()));
            } else {
                output.missing(Filled.Problem.of(missing.kind(), text, section.open(), missing.message()));
            }
        } else if (turns instanceof Names.Turns.Known known) {
            output.edge(section.open());
            known.turns().forEach(item -> turn(section, names.inside(item)));
        }
    }

    private void turn(Template.Section section, Names names) {
        output.edge(section.open());
        pieces(section.body(), names);
        output.edge(section.close());
    }

    private void blind(List<Template.Piece> pieces, Value value, int times) {
        for (Template.Piece piece : pieces) {
            if (piece instanceof Template.Literal literal) {
                output.literal(literal.start(), literal.end());
            } else if (piece instanceof Template.Hole hole) {
                output.value(hole.tag(), value);
            } else if (piece instanceof Template.Section section) {
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
