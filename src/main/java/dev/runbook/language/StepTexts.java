package dev.runbook.language;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one step says to people, in another language. What is not there is said in the words of the runbook.
 *
 * @param id of the step
 * @param title of the step
 * @param description of the step
 * @param confirm the question; the answer to it stays that of the runbook
 * @param advice by error number, and for the rest
 */
public record StepTexts(
        Name id, Optional<Text> title, Optional<Text> description, Optional<Text> confirm, Advice advice) {
    /** The step with these texts. */
    Step over(Step step) {
        return new Step(
                step.id(),
                title.orElse(step.title()),
                description.or(step::description),
                step.documents(),
                step.when(),
                step.require(),
                step.remember(),
                step.confirm().map(asked -> new Step.Confirm(confirm.orElse(asked.message()), asked.type())),
                step.task(),
                step.rollback(),
                over(step.advice()));
    }

    private Advice over(Advice written) {
        Map<String, Text> byError = new LinkedHashMap<>(written.byError());
        byError.putAll(advice.byError());
        return new Advice(byError, advice.otherwise().or(written::otherwise));
    }
}
