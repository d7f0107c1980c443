package dev.runbook.rehearsal.model;

import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Holds the state of an estate: the one thing in it that changes. Safe for use by several threads. */
public final class EstateStore {
    private final Object lock = new Object();
    private volatile EstateState state;

    /** Begins with this state. */
    public EstateStore(EstateState first) {
        this.state = first;
    }

    /** The state at this moment. */
    public EstateState snapshot() {
        return state;
    }

    /**
     * Changes the state.
     *
     * @param change is called exactly once, while nobody else changes the state
     * @return the new state
     */
    public EstateState update(UnaryOperator<EstateState> change) {
        synchronized (lock) {
            state = change.apply(state);
            return state;
        }
    }

    /**
     * Changes the state and says something about it.
     *
     * @param change is called exactly once, while nobody else changes the state
     */
    public <T> T apply(Function<EstateState, Changed<T>> change) {
        synchronized (lock) {
            Changed<T> changed = change.apply(state);
            state = changed.state();
            return changed.answer();
        }
    }

    /**
     * A new state and what there is to say about it.
     *
     * @param state takes the place of the old one
     * @param answer for the caller
     */
    public record Changed<T>(EstateState state, T answer) {}
}
