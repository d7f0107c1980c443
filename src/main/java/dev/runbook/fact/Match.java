package dev.runbook.fact;

/** Whether a value is as wanted. */
enum Match {
    /** It is. */
    YES,
    /** It is not. */
    NO,
    /** A value of this kind cannot be compared with what was wanted; an error, not a no. */
    INCOMPARABLE;

    static Match of(boolean matches) {
        return matches ? YES : NO;
    }

    /** The opposite; what cannot be compared stays so. */
    Match negated() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case INCOMPARABLE -> INCOMPARABLE;
        };
    }
}
