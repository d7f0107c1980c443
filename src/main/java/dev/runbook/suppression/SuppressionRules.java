package dev.runbook.suppression;

import java.util.List;

/** The ids of what can be wrong with a comment that switches rules off. They are warnings, and cannot be switched off. */
public final class SuppressionRules {
    /** A comment that begins as ours do and says nothing that we know. */
    public static final String NOT_UNDERSTOOD = "suppression";

    /** Nobody can tell later whether it is still right. */
    public static final String WITHOUT_REASON = "suppression-without-reason";

    /** There is nothing to suppress; it would hide the next finding there. */
    public static final String UNUSED = "unused-suppression";

    private SuppressionRules() {}

    /** All of them. */
    public static List<String> all() {
        return List.of(NOT_UNDERSTOOD, WITHOUT_REASON, UNUSED);
    }
}
