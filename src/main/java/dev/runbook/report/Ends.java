package dev.runbook.report;

import dev.runbook.journal.RunEvent;
import dev.runbook.journal.RunEvent.StepAlreadyDone;
import dev.runbook.journal.RunEvent.StepDone;
import dev.runbook.journal.RunEvent.StepFailed;
import dev.runbook.journal.RunEvent.StepInDoubt;
import dev.runbook.journal.RunEvent.StepSkipped;
import dev.runbook.journal.RunEvent.StepUndone;
import dev.runbook.journal.RunEvent.UndoFailed;
import java.util.Set;

/** Which events end a step, for now or for good. */
final class Ends {
    private static final Set<Class<? extends RunEvent>> ENDS = Set.of(
            StepDone.class,
            StepAlreadyDone.class,
            StepSkipped.class,
            StepFailed.class,
            StepInDoubt.class,
            StepUndone.class,
            UndoFailed.class);

    private Ends() {}

    static boolean step(RunEvent event) {
        return ENDS.contains(event.getClass());
    }
}
