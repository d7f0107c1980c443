package dev.runbook.editor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts with places to fill in, as the protocol writes them. */
public final class Snippet {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{\\d+:((?:\\\\.|[^}\\\\])*)\\}|\\$\\d+");

    private Snippet() {}

    /** What stands in the file when every proposal is accepted; where nothing is proposed stands an x. */
    public static String accepted(String snippet) {
        return PLACEHOLDER.matcher(snippet).replaceAll(found -> Matcher.quoteReplacement(text(found.group(1))));
    }

    private static String text(String proposed) {
        return proposed == null ? "x" : proposed.replaceAll("\\\\([$}\\\\])", "$1");
    }
}
