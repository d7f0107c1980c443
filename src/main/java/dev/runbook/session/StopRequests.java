package dev.runbook.session;

import dev.runbook.console.Interrupts;
import dev.runbook.console.RunScreen;
import dev.runbook.engine.RunControl;

/** What ends a run from outside. Nothing is cut off unless somebody wants just that. */
final class StopRequests {
    private final RunControl control;
    private final RunScreen screen;
    private final Runnable endQuestion;

    private StopRequests(RunControl control, RunScreen screen, Runnable endQuestion) {
        this.control = control;
        this.screen = screen;
        this.endQuestion = endQuestion;
    }

    /**
     * Hears Ctrl-C, a window that is closed, a request to end, and the end of a pause by Ctrl-Z.
     *
     * @param endQuestion ends a question that waits for its answer
     * @param drawAgain draws it once more, where there is one
     */
    static void hear(RunControl control, RunScreen screen, Runnable endQuestion, Runnable drawAgain) {
        StopRequests requests = new StopRequests(control, screen, endQuestion);
        Interrupts.hear("INT", requests::interrupted);
        Interrupts.hear("HUP", requests::leftAlone);
        Interrupts.hear("TERM", requests::ended);
        // behind Ctrl-Z and fg the shell's own lines stand where the question stood
        Interrupts.hear("CONT", drawAgain);
    }

    private void interrupted() {
        screen.dropped();
        if (control.isStopRequested()) {
            ended();
        } else {
            stopBehindStep("Stopping after this step. Ctrl-C once more cancels it.");
        }
    }

    /** A lost connection to the terminal must not cut off a restore that takes hours. */
    private void leftAlone() {
        stopBehindStep("The window was closed. Stopping after this step.");
    }

    private void stopBehindStep(String message) {
        if (!control.isStopRequested()) {
            control.interrupt();
        }
        screen.say(message);
        endQuestion.run();
    }

    private void ended() {
        control.cancel();
        screen.say("Cancelling this step. What it leaves behind is found out before the run ends.");
        endQuestion.run();
    }
}
