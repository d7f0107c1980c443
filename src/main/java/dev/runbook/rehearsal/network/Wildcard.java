package dev.runbook.rehearsal.network;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Patterns of a scene: {@code *} for any characters, {@code ?} for one, in any case. */
public final class Wildcard {
    private Wildcard() {}

    /** The whole text. */
    public static Predicate<String> whole(String pattern) {
        return compiled(pattern, "").asMatchPredicate();
    }

    /** A text that begins so. */
    static Predicate<String> beginning(String pattern) {
        return compiled(pattern, ".*").asMatchPredicate();
    }

    private static Pattern compiled(String pattern, String behind) {
        String expression = Arrays.stream(pattern.split("(?<=[*?])|(?=[*?])"))
                .map(piece -> piece.equals("*") ? ".*" : piece.equals("?") ? "." : Pattern.quote(piece))
                .collect(Collectors.joining("", "", behind));
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
