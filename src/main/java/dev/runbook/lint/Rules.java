package dev.runbook.lint;

import java.util.List;

/** Every rule there is. */
public final class Rules {
    private Rules() {}

    /** In the order in which they are documented. */
    public static List<Rule> all() {
        return List.of();
    }
}
