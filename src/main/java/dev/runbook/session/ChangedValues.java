package dev.runbook.session;

import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.site.VariablesUsed;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import dev.runbook.state.StepStatus;
import dev.runbook.terminal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Refuses new values for variables that steps have used by now, for what is done or in doubt was done with the old ones. */
public final class ChangedValues {
    private ChangedValues() {}

    /**
     * Compares the values that a run worked with so far with those that it is to go on with, both as people read them.
     *
     * @throws Refusal if one changed that a step which is done or in doubt has used
     */
    public static void refuse(Runbook runbook, RunState state, Map<String, String> before, Map<String, String> now) {
        List<String> refused = new ArrayList<>();
        for (Step step : runbook.steps()) {
            if (!hasActed(state.step(step.id().text()))) {
                continue;
            }
            for (String name : VariablesUsed.of(runbook, step)) {
                if (!Objects.equals(before.get(name), now.get(name))) {
                    refused.add(name + " was " + shown(before.get(name)) + " when step " + step.id()
                            + " used it, and is " + shown(now.get(name)) + " now.");
                }
            }
        }
        if (!refused.isEmpty()) {
            throw Refusal.usage(String.join("\n", refused)
                    + "\n"
                    + "A value that a step which is done or in doubt has used cannot change. Nothing was begun.\n"
                    + "Resume without the new value; or, if it is right, begin a new run beside this one: run … --new."
                    + " It asks again what is done already.");
        }
    }

    /**
     * Whether a step has used its variables for good: it is done, or may have done something that was not taken back, whatever
     * became of it since. What was refused as a whole may be tried with other values.
     */
    static boolean hasActed(StepState step) {
        return step.status() == StepStatus.DONE || step.mayHaveHappened();
    }

    private static String shown(String value) {
        return value == null ? "not given" : value;
    }
}
