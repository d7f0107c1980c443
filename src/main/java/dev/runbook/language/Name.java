package dev.runbook.language;

import dev.runbook.base.Origin;

/**
 * A name that stands for something declared elsewhere: a variable, a fact, a column.
 *
 * @param text the name
 * @param origin where it was used
 */
public record Name(String text, Origin origin) {
    @Override
    public String toString() {
        return text;
    }
}
