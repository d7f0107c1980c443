package dev.runbook.yaml;

import dev.runbook.base.Origin;

/**
 * A text, as the author meant it: quoting, escapes, folding and indentation undone.
 *
 * @param value the text
 * @param style how it was written
 * @param origin where each of its characters stands
 */
public record ScalarNode(String value, Style style, Origin origin) implements Node {
    /** How a scalar is written. */
    public enum Style {
        /** Without quotes; {@code true}, {@code false} and {@code null} may then mean more than text. */
        PLAIN,
        /** Between single or double quotes. */
        QUOTED,
        /** Behind {@code |} or {@code >}. */
        BLOCK
    }

    /** Whether it is written without quotes and reads so. */
    public boolean isPlain(String word) {
        return style == Style.PLAIN && value.equals(word);
    }

    @Override
    public String kind() {
        return "a text";
    }
}
