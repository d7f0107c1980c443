package dev.runbook.session;

import dev.runbook.console.ExitCode;
import dev.runbook.event.Ending;

/** What the program ends with when a run ends so. */
final class Endings {
    private Endings() {}

    static ExitCode exitCode(Ending ending, boolean interrupted) {
        return switch (ending) {
            case DONE -> ExitCode.DONE;
            case FAILED_UNCHANGED, ROLLED_BACK -> ExitCode.FAILED_UNCHANGED;
            case FAILED_CHANGED, ROLLBACK_INCOMPLETE -> ExitCode.FAILED_CHANGED;
            case DECLINED -> ExitCode.DECLINED;
            case PAUSED, IN_DOUBT -> ExitCode.RESUME_NEEDED;
            // Ctrl-C also ends a question
            case NEEDS_ANSWER -> interrupted ? ExitCode.INTERRUPTED : ExitCode.NEEDS_ANSWER;
            case INTERRUPTED -> ExitCode.INTERRUPTED;
        };
    }
}
