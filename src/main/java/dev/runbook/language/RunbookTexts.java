package dev.runbook.language;

import dev.runbook.base.Source;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a runbook says to people, in another language. Holds nothing that is typed as an answer, asked of a server or sent to
 * one, so that it can change what people read and never what a run does.
 *
 * @param source the file
 * @param runbook id of the runbook whose texts these are
 * @param title of the runbook
 * @param description of the runbook
 * @param steps by step id, in the order written
 */
public record RunbookTexts(
        Source source, Name runbook, Optional<Text> title, Optional<Text> description, Map<String, StepTexts> steps) {
    /** Copies the map, keeping its order. */
    public RunbookTexts {
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }

    /** The runbook with these texts; it does what it did before. */
    public Runbook over(Runbook original) {
        return new Runbook(
                original.source(),
                original.id(),
                title.orElse(original.title()),
                description.or(original::description),
                original.pages(),
                original.rehearsal(),
                original.rto(),
                original.variables(),
                original.facts(),
                original.steps().stream()
                        .map(step -> Optional.ofNullable(steps.get(step.id().text()))
                                .map(texts -> texts.over(step))
                                .orElse(step))
                        .toList());
    }
}
