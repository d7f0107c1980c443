package dev.runbook.rehearsal.estate;

import dev.runbook.base.Wildcards;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Patterns of a scene: {@code *} for any characters, {@code ?} for one, in any case. */
final class Wildcard {
    private Wildcard() {}

    /** The whole text. */
    static Predicate<String> whole(String pattern) {
        return compiled(pattern, "").asMatchPredicate();
    }

    /** A text that begins so. */
    static Predicate<String> beginning(String pattern) {
        return compiled(pattern, ".*").asMatchPredicate();
    }

    private static Pattern compiled(String pattern, String after) {
        return Pattern.compile(Wildcards.expression(pattern) + after, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
