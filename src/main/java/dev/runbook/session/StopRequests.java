package dev.runbook.session;

import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.engine.RunControl;
import dev.runbook.engine.RunControl.Unsafe;
import dev.runbook.terminal.Person;
import dev.runbook.terminal.RunScreen;
import dev.runbook.terminal.ThisProcess;
import java.util.Optional;

/**
 * What ends a run from outside. The first request stops it after its step, and can be withdrawn. A second one cuts the step off; but
 * what its author calls unsafe to cut off is cut off only by a person who has seen what that costs, and has typed it.
 */
final class StopRequests {
    private static final String WITHDRAW = "continue";

    private final RunControl control;
    private final RunScreen screen;
    private final Person person;
    private boolean asking;

    StopRequests(RunControl control, RunScreen screen, Person person) {
        this.control = control;
        this.screen = screen;
        this.person = person;
    }

    /**
     * Hears Ctrl-C, a window that is closed, a request to end, the end of a pause by Ctrl-Z, and that a stop is withdrawn.
     *
     * @param windows whether this is Windows
     */
    static void hear(RunControl control, RunScreen screen, Person person, boolean windows) {
        StopRequests requests = new StopRequests(control, screen, person);
        control.whenOver(person::withdraw);
        person.hears(requests::isWithdrawn);
        ThisProcess.onSignal("INT", requests::interrupted);
        ThisProcess.onSignal("HUP", requests::leftAlone);
        // Windows says so when the window is closed or somebody logs off, and soon ends the program, whatever that
        // does: what is under way on a server is best left alone
        ThisProcess.onSignal("TERM", windows ? requests::leftAlone : requests::ended);
        // behind Ctrl-Z and fg the shell's own lines stand where the question stood
        ThisProcess.onSignal("CONT", person::drawAgain);
    }

    void interrupted() {
        // what is asked for counts before anything is drawn
        boolean first = isFirst();
        screen.dropped();
        stop(first, "Stopping after this step. Ctrl-C once more cancels it.");
    }

    /** What engines and systems send to a process that is to end. */
    void ended() {
        stop(isFirst(), "Asked to end: stopping after this step. Asked once more, it cancels the step.");
    }

    private boolean isFirst() {
        boolean first = !control.isStopRequested();
        if (first) {
            control.interrupt();
        }
        return first;
    }

    private void stop(boolean first, String message) {
        if (first) {
            stopAfterStep(message
                    + (person.isThere() ? " To let the run go on after all, type " + WITHDRAW + " and Enter." : ""));
            return;
        }
        Optional<Unsafe> unsafe = control.unsafe();
        if (unsafe.isEmpty()) {
            cancel();
        } else if (person.isThere()) {
            ask(unsafe.get());
        } else {
            screen.say(spared(unsafe.get()));
        }
    }

    /** A lost connection to the terminal must not cut off a restore that takes hours. */
    void leftAlone() {
        stopAfterStep("The window was closed. Stopping after this step.");
    }

    private void stopAfterStep(String message) {
        if (!control.isStopRequested()) {
            control.interrupt();
        }
        screen.say(message);
        person.stopAsking();
    }

    private void cancel() {
        control.cancel();
        screen.say("Cancelling this step. What it leaves behind is found out before the run ends.");
        person.stopAsking();
    }

    private static String spared(Unsafe unsafe) {
        return "Step " + unsafe.step() + " is not cut off, for that would be unsafe: " + unsafe.why()
                + " The run stops after this step.";
    }

    /** A further Ctrl-C while it is asked takes the question back: nothing is cut off. */
    private void ask(Unsafe unsafe) {
        synchronized (this) {
            if (asking) {
                person.withdraw();
                return;
            }
            asking = true;
        }
        try {
            Question question = Question.word(
                            unsafe.step(),
                            Question.Kind.CUT_OFF,
                            "This is under way on " + unsafe.target() + ":\n"
                                    + unsafe.text().strip().indent(4) + "To cut it off costs: " + unsafe.why(),
                            Question.Kind.CUT_OFF.word(),
                            "to let it come to its end (the run stops after this step)")
                    .under(new Question.Heading("step " + unsafe.step(), "Cut it off?", "UNSAFE TO CUT OFF"));
            boolean sure =
                    person.askMeanwhile(question) instanceof Reply.Answered answer && question.isYes(answer.text());
            // another thing may be under way by now, or none
            if (sure && control.unsafe().filter(now -> now == unsafe).isPresent()) {
                person.note(Question.Kind.CUT_OFF.word() + " was typed while this was under way on " + unsafe.target()
                        + ": " + unsafe.text());
                cancel();
            } else {
                screen.say("Nothing was cut off. The run stops after this step.");
            }
        } finally {
            synchronized (this) {
                asking = false;
            }
        }
    }

    /** Whether what was typed, while no question was open, takes back a request to stop. */
    private boolean isWithdrawn(String typed) {
        if (!typed.strip().equalsIgnoreCase(WITHDRAW) || !control.isStopRequested() || control.isCancelled()) {
            return false;
        }
        control.withdraw();
        person.resumeAsking();
        screen.say("The request to stop is withdrawn. The run goes on.");
        return true;
    }
}
