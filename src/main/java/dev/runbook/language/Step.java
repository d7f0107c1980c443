package dev.runbook.language;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that is done, and how to see that it is done.
 *
 * @param id the page's own number where there is one, and where it is declared
 * @param title for people
 * @param description for people
 * @param documents numbers of the documented sub-steps that it carries out, wholly or in part
 * @param when not true: skipped
 * @param require not true: the run stops before anything is changed
 * @param remember facts whose rows are kept, by the name under which they are kept
 * @param confirm a person answers before the action; alone, it is the action
 * @param task what is done, and how to see it; without an action the step asserts, notes or waits
 * @param rollback the way back; empty where there is nothing to take back
 * @param advice what to tell the operator at a failure
 */
public record Step(
        Name id,
        Text title,
        Optional<Text> description,
        List<Name> documents,
        Condition when,
        Condition require,
        Map<String, Name> remember,
        Optional<Confirm> confirm,
        Task task,
        Optional<Rollback> rollback,
        Advice advice) {
    /** Copies the collections, keeping their order. */
    public Step {
        documents = List.copyOf(documents);
        remember = Collections.unmodifiableMap(new LinkedHashMap<>(remember));
    }

    /** Whether nothing can take it back. */
    public boolean isPointOfNoReturn() {
        return rollback.filter(Rollback.Impossible.class::isInstance).isPresent();
    }

    /** What means yes at its confirm: the author's text, its id where nothing can take it back, else {@code yes}. */
    public Text answer() {
        return confirm.flatMap(Confirm::type)
                .orElseGet(() -> new Text(isPointOfNoReturn() ? id.text() : "yes", id.origin()));
    }

    /** Whether it does something to the world by itself. */
    public boolean hasAction() {
        return task.action().isPresent();
    }
}
