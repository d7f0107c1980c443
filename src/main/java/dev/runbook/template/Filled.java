package dev.runbook.template;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Position;
import dev.runbook.language.Text;
import java.util.List;
import java.util.function.Function;

/**
 * A filled thing, or every reason why it could not be filled.
 *
 * @param <T> what was to be filled
 */
public sealed interface Filled<T> {
    /** It is filled. */
    record Complete<T>(T value) implements Filled<T> {}

    /** It is not. */
    record Problems<T>(List<Problem> problems) implements Filled<T> {
        /** Copies the list, which is never empty. */
        public Problems {
            problems = List.copyOf(problems);
        }
    }

    /** Complete when there are no problems. */
    static <T> Filled<T> of(T value, List<Problem> problems) {
        return problems.isEmpty() ? new Complete<>(value) : new Problems<>(problems);
    }

    /** What is wrong; empty when it is filled. */
    default List<Problem> problems() {
        return List.of();
    }

    /** Something made of the filled thing; the problems stay. */
    default <R> Filled<R> map(Function<T, R> function) {
        return this instanceof Complete<T> complete
                ? new Complete<>(function.apply(complete.value()))
                : new Problems<>(problems());
    }

    /**
     * Why a text could not be filled.
     *
     * @param kind whose fault it is
     * @param text the text
     * @param start offset in the raw text of the first character concerned
     * @param end offset after the last one
     * @param message what is wrong, and what to do instead
     */
    public record Problem(Kind kind, Text text, int start, int end, String message) {
        /** Whose fault it is. */
        public enum Kind {
            /** The author's: a tag that is not well formed, a name or column that is not there. */
            MISTAKE,
            /** Nobody's: a name that is known and has no value, not yet or not at all. */
            NO_VALUE,
            /** The value's: it may not stand where the tag stands. */
            UNFIT
        }

        static Problem of(Kind kind, Text text, Tag tag, String message) {
            return new Problem(kind, text, tag.start(), tag.end(), message);
        }

        /** Its place in the author's file. */
        public Position position() {
            return text.origin().at(start);
        }

        /** The finding of a rule. */
        public Diagnostic diagnostic(String rule) {
            return Diagnostic.error(text.origin(), text.origin().span(start, end), rule, message);
        }
    }
}
