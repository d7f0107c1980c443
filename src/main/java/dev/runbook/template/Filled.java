package dev.runbook.template;

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
}
