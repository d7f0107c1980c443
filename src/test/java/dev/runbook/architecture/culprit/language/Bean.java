package dev.runbook.architecture.culprit.language;

/** Can be changed. */
public final class Bean {
    private int value;

    /** Changes it. */
    public int next() {
        return ++value;
    }
}
