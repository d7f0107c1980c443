package dev.runbook.session;

import dev.runbook.console.ExitCode;
import dev.runbook.console.Refusal;
import dev.runbook.runs.RunFolder;

/** Refusals that several commands share. */
final class Refusals {
    private Refusals() {}

    static Refusal underWay(RunFolder folder) {
        return new Refusal(
                ExitCode.RESUME_NEEDED,
                "Another process works on " + folder.path() + " now. Let it end first; then list shows how it stands.");
    }
}
