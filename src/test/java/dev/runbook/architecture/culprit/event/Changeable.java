package dev.runbook.architecture.culprit.event;

/** An event that can be changed. */
public final class Changeable implements RunEvent {
    private int value;

    /** Changes it. */
    public int next() {
        return ++value;
    }
}
