package dev.runbook.rule.step;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.rule.Rule;
import java.util.List;

/** An action of which nobody has said how it is taken back. */
public final class MissingRollback implements Rule {
    @Override
    public String id() {
        return "missing-rollback";
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return runbook.steps().stream()
                .filter(step -> step.hasAction() && step.rollback().isEmpty())
                .map(step -> Diagnostic.error(
                        step.id().origin(),
                        id(),
                        "Step " + step.id()
                                + " changes something, and does not say how that is taken back. Add rollback: an action,"
                                + " {not-needed: why}, {by-hand: what to do} or {impossible: why}."))
                .toList();
    }
}
