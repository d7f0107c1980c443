package dev.runbook.language;

import dev.runbook.base.Origin;

/**
 * A text that may hold tags.
 *
 * @param raw the text as the author meant it, YAML quoting and folding undone, tags unfilled
 * @param origin where its characters stand
 */
public record Text(String raw, Origin origin) {
    /** Whether there is anything to fill in. */
    public boolean hasTags() {
        return raw.contains("{{");
    }

    @Override
    public String toString() {
        return raw;
    }
}
