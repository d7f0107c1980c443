package dev.runbook.base;

import java.util.regex.Pattern;

/** Patterns as people write them: {@code *} stands for any characters, {@code ?} for one. */
public final class Wildcards {
    private Wildcards() {}

    /** The same as a regular expression, to be matched with {@link Pattern#DOTALL}; everything else stands for itself. */
    public static String expression(String written) {
        StringBuilder expression = new StringBuilder();
        written.codePoints()
                .forEach(sign -> expression.append(
                        switch (sign) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(Character.toString(sign));
                        }));
        return expression.toString();
    }
}
