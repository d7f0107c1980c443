package dev.runbook.report;

import dev.runbook.endpoint.Reply;
import dev.runbook.event.Finding.Truth;
import dev.runbook.event.Phase;
import dev.runbook.event.RunEvent;
import dev.runbook.event.RunEvent.Answered;
import dev.runbook.event.RunEvent.AttemptStarted;
import dev.runbook.event.RunEvent.CameBack;
import dev.runbook.event.RunEvent.Decided;
import dev.runbook.event.RunEvent.FactAsked;
import dev.runbook.event.RunEvent.FilesChosen;
import dev.runbook.event.RunEvent.NoteTaken;
import dev.runbook.event.RunEvent.RetryScheduled;
import dev.runbook.event.RunEvent.Sent;
import dev.runbook.event.RunEvent.VariableChanged;
import dev.runbook.event.Trouble;
import dev.runbook.report.StepTrack.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happens within a step, in lines of its own: what is sent, what comes back, what is waited for, who answered. */
final class EventLines {
    /** Stands before every such line. */
    static final String INDENT = "       ";

    private static final int WIDTH = 110;

    private final boolean onScreen;

    /**
     * Lines for a screen or for a log.
     *
     * @param onScreen whether questions to the person at the terminal stand there already
     */
    EventLines(boolean onScreen) {
        this.onScreen = onScreen;
    }

    List<String> of(RunEvent event, RunTrack run) {
        if (event instanceof AttemptStarted attempt) {
            return attempt.items() == 0 ? List.of("nothing to do it for") : List.of();
        }
        if (event instanceof Sent sent) {
            String position = run.step(sent.work().step()).position();
            String count = position.isEmpty() ? "" : " (" + position + ")";
            return List.of(Cut.to(WIDTH, sent.target() + count + ": " + sent.text()));
        }
        if (event instanceof CameBack back) {
            return cameBack(back);
        }
        if (event instanceof FactAsked asked) {
            return asked(asked, run.step(asked.step()));
        }
        if (event instanceof FilesChosen chosen) {
            String left = chosen.leftOut().isEmpty() ? "" : "; left out: " + String.join(", ", chosen.leftOut());
            return List.of(
                    chosen.files().size() + (chosen.files().size() == 1 ? " file" : " files") + " to copy" + left);
        }
        return byPeople(event);
    }

    private static List<String> cameBack(CameBack back) {
        if (back.trouble().isEmpty()) {
            return List.of();
        }
        Trouble trouble = back.trouble().get();
        String error = TroubleText.sentence(trouble);
        return back.harmless()
                .map(reason -> List.of("error " + trouble.code() + " does no harm: " + reason))
                .orElseGet(() -> List.of((trouble.unknown() ? "no answer: " : "") + error));
    }

    /**
     * A question is told when its answer holds something up: it could not be asked, or what was done is not seen yet. Before
     * the first attempt, {@code done-when} is expected not to be so, and what cannot be asked fails the step, which tells it.
     */
    private static List<String> asked(FactAsked asked, StepTrack step) {
        boolean unknown = asked.finding().truth() == Truth.CANNOT_BE_ASKED;
        boolean waitedFor = asked.phase() == Phase.DONE_WHEN
                && step.attempts() > 0
                && !FindingText.holds(asked.finding(), asked.wanted());
        boolean failing = step.attempts() == 0 && step.outcome() == Outcome.UNDER_WAY;
        if (!waitedFor && (!unknown || failing)) {
            return List.of();
        }
        String clause = FindingText.clause(asked.fact(), asked.wanted());
        String found = FindingText.found(asked.finding(), asked.wanted());
        return List.of((unknown ? "" : "not yet: ") + clause + ": " + found);
    }

    private List<String> byPeople(RunEvent event) {
        if (event instanceof RetryScheduled retry) {
            String pause = Elapsed.text(Duration.ofMillis(retry.delayMillis()));
            return List.of(String.format(Locale.ROOT, "attempt %d follows in %s", retry.attempt(), pause));
        }
        if (event instanceof Answered answered) {
            return answered(answered);
        }
        if (event instanceof Decided decided) {
            String reason = decided.reason().isEmpty() ? "" : ": " + decided.reason();
            String word = decided.decision().name().toLowerCase(Locale.ROOT).replace('_', '-');
            return List.of("decided: " + word + reason + " (" + decided.by() + ")");
        }
        if (event instanceof VariableChanged changed) {
            return List.of("variable " + changed.variable() + " is " + changed.value() + " now (" + changed.by() + ")");
        }
        return event instanceof NoteTaken note ? List.of("note: " + note.text() + " (" + note.by() + ")") : List.of();
    }

    private List<String> answered(Answered answered) {
        List<String> lines = new ArrayList<>();
        if (!onScreen || !answered.by().endsWith(Reply.AT_THE_TERMINAL)) {
            answered.question().strip().lines().map(line -> "| " + line).forEach(lines::add);
        }
        String meaning = answered.accepted() ? "" : ", which is not yes";
        lines.add("answered \"" + answered.answer() + "\" by " + answered.by() + meaning);
        return lines;
    }
}
