package dev.runbook.engine;

import dev.runbook.endpoint.Answer;
import dev.runbook.event.Phase;
import dev.runbook.event.Trouble;
import dev.runbook.fact.Troubles;
import dev.runbook.model.ActionSpec;
import dev.runbook.model.Task;
import dev.runbook.plan.Binder;
import dev.runbook.plan.Operation;
import dev.runbook.template.Filled;
import dev.runbook.template.Scope;

/** Sees whether an action is done: by its {@code done-when}, and for copied files by looking at them. */
public final class Proof {
    private static final Verdict NO_PROOF = new Verdict.DoesNotHold("", "Nothing shows whether it is done.");

    private final Conditions conditions;
    private final Binder binder;
    private final Performer performer;

    public Proof(Conditions conditions, Binder binder, Performer performer) {
        this.conditions = conditions;
        this.binder = binder;
        this.performer = performer;
    }

    /** Whether there is anything by which to see it. */
    public static boolean exists(Task task) {
        return !task.doneWhen().isEmpty() || copies(task);
    }

    /** Looks; a reason that may go away is given time. Without anything to look at it is not seen to be done. */
    public Verdict ask(String step, Task task, Scope scope) {
        return look(step, task, scope, true);
    }

    /** The same, once: for what is looked at again and again anyway. */
    public Verdict askOnce(String step, Task task, Scope scope) {
        return look(step, task, scope, false);
    }

    private Verdict look(String step, Task task, Scope scope, boolean patient) {
        if (!exists(task)) {
            return NO_PROOF;
        }
        Verdict files = copies(task) ? files(task, scope) : new Verdict.Holds();
        if (!files.holds()) {
            return files;
        }
        return patient
                ? conditions.ask(step, Phase.DONE_WHEN, task.doneWhen())
                : conditions.askOnce(step, Phase.DONE_WHEN, task.doneWhen());
    }

    private static boolean copies(Task task) {
        return task.action().filter(ActionSpec.CopyFiles.class::isInstance).isPresent();
    }

    private Verdict files(Task task, Scope scope) {
        String clause = "every file is there";
        ActionSpec.CopyFiles spec = (ActionSpec.CopyFiles) task.action().orElseThrow();
        Filled<Operation> bound = binder.bind(spec, scope);
        if (!(bound instanceof Filled.Complete<Operation> complete)) {
            return new Verdict.Unknown(clause, Troubles.of(bound.problems()));
        }
        Answer answer = performer.toCopy((Operation.CopyFiles) complete.value());
        if (answer instanceof Answer.Failed failed) {
            Trouble trouble = Troubles.of(
                    failed.failure(), spec.from().origin(), spec.from().origin().position());
            return new Verdict.Unknown(clause, trouble);
        }
        int missing = ((Answer.Rows) answer).rows().size();
        return missing == 0
                ? new Verdict.Holds()
                : new Verdict.DoesNotHold(clause, missing + (missing == 1 ? " file is" : " files are") + " missing.");
    }
}
