package dev.runbook.model;

import dev.runbook.diagnostic.Source;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A runbook as written: variables, facts and steps.
 *
 * @param source the file
 * @param id kebab-case
 * @param title for people; the id where there is none
 * @param description for people
 * @param pages where the procedure is documented
 * @param rehearsal the scene in which a rehearsal starts
 * @param rto the recovery time objective
 * @param variables by name, in the order written
 * @param facts by name, in the order written
 * @param steps in the order in which they are carried out
 */
public record Runbook(
        Source source,
        Name id,
        Text title,
        Optional<Text> description,
        List<Page> pages,
        Optional<Name> rehearsal,
        Optional<Duration> rto,
        Map<String, Variable> variables,
        Map<String, Fact> facts,
        List<Step> steps) {
    /**
     * A page that documents the procedure.
     *
     * @param title of the page
     * @param url of the page
     */
    public record Page(String title, String url) {}

    /** Copies the collections, keeping their order. */
    public Runbook {
        pages = List.copyOf(pages);
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        steps = List.copyOf(steps);
    }

    /** The step of that id, if there is one. */
    public Optional<Step> step(String stepId) {
        return steps.stream().filter(step -> step.id().text().equals(stepId)).findFirst();
    }
}
