package dev.runbook.template;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How the name in a tag is looked up. It is one rule for a run, which knows values, and for lint, which knows declarations: inside
 * a section the row or item of its turn is asked first, for the whole path, and of what is known around the section only
 * variables and the run are seen; outside of sections everything is.
 *
 * @param <T> what is known of a name
 * @param turn what the row or item of the section has, by path; empty outside of sections
 * @param around what is known around the section, by name
 * @param seenInside whether a name is seen inside of sections too
 */
public record Lookup<T>(
        Optional<Function<String, Optional<T>>> turn,
        Function<String, Optional<T>> around,
        Predicate<String> seenInside) {
    /** What a tag names; empty where it names nothing. */
    public Optional<T> find(Tag tag) {
        return turn.flatMap(own -> own.apply(tag.path())).or(() -> around(tag.head()));
    }

    /** What a name stands for that is not of the turn. */
    Optional<T> around(String name) {
        return turn.isEmpty() || seenInside.test(name) ? around.apply(name) : Optional.empty();
    }
}
