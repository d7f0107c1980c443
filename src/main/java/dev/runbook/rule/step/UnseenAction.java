package dev.runbook.rule.step;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.ActionSpec;
import dev.runbook.model.Runbook;
import dev.runbook.model.Step;
import dev.runbook.rule.Rule;
import java.util.List;

/** An action after which nobody can see whether it was done, and that may not be run again: after a crash it stays in doubt. */
public final class UnseenAction implements Rule {
    @Override
    public String id() {
        return "unseen-action";
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return runbook.steps().stream()
                .filter(UnseenAction::isUnseen)
                .map(step -> Diagnostic.error(
                        step.id().origin(),
                        id(),
                        "Nothing shows whether step " + step.id()
                                + " is done. Add done-when with a fact that shows it, or retry with"
                                + " two attempts or more if running it again does no harm."))
                .toList();
    }

    /** Copying knows by itself when it is done. */
    private static boolean isUnseen(Step step) {
        boolean knows = step.task()
                .action()
                .filter(ActionSpec.CopyFiles.class::isInstance)
                .isPresent();
        return step.hasAction()
                && !knows
                && step.task().doneWhen().isEmpty()
                && !step.task().retry().repeatable();
    }
}
