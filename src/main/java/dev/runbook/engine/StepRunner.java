package dev.runbook.engine;

import dev.runbook.engine.Attempts.Sending.Outlook;
import dev.runbook.event.Decision;
import dev.runbook.event.Finding;
import dev.runbook.event.Phase;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import dev.runbook.language.Condition;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.plan.Absences;
import dev.runbook.state.StepState;
import dev.runbook.state.StepStatus;
import dev.runbook.template.Fill;
import dev.runbook.template.Scope;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes one step through its turns, in the order of the language. */
final class StepRunner {
    private final Runbook runbook;
    private final Scope site;
    private final Absences absences;
    private final Conditions conditions;
    private final Decisions decisions;
    private final Conditions.Proof proof;
    private final Attempts tasks;
    private final Recorder recorder;
    private final RunControl control;

    StepRunner(Runbook runbook, Engine.Parts parts) {
        this.runbook = runbook;
        this.site = parts.scope();
        this.absences = parts.absences();
        this.conditions = parts.conditions();
        this.decisions = parts.decisions();
        this.proof = parts.proof();
        this.tasks = parts.tasks();
        this.recorder = parts.recorder();
        this.control = parts.control();
    }

    /** Runs the step, or goes on with it where an earlier process left it. */
    Outcome run(Step step) {
        conditions.forget();
        StepState state = state(step);
        boolean under = state.status().isDoubtful() || state.status() == StepStatus.BETWEEN_ATTEMPTS;
        return under ? goOn(step, state) : begin(step);
    }

    /** The scope of the step's texts: the site, and what was remembered so far. */
    Scope scope() {
        return site.withRows(recorder.state().remembered());
    }

    // ---- turns 1 to 5: nothing is changed

    private Outcome begin(Step step) {
        String id = step.id().text();
        recorder.append(new RunEvent.StepBegun(id));
        boolean started = state(step).started();
        // what may have happened is brought to its end; what every server refused may be left out with its server
        Optional<String> left =
                absences.leftOut(step).filter(unused -> !state(step).mayHaveHappened());
        if (left.isPresent()) {
            return skip(id, left.get());
        }
        // what is begun may have made its own condition untrue: it is brought to its end all the same
        return (started ? Optional.<Outcome>empty() : needed(step))
                .or(() -> alreadyDone(step))
                .or(() -> cameBackBefore(step))
                .or(() -> required(step))
                .or(() -> remember(step))
                .or(() -> confirm(step))
                .orElseGet(() -> act(step));
    }

    private Optional<Outcome> needed(Step step) {
        Conditions.Verdict verdict = conditions.ask(step.id().text(), Phase.WHEN, step.when());
        if (verdict instanceof Conditions.Verdict.DoesNotHold not) {
            return Optional.of(skip(step.id().text(), "not so: " + not.clause()));
        }
        return cannotAsk(step, verdict);
    }

    private Optional<Outcome> alreadyDone(Step step) {
        boolean acts = step.hasAction() || step.confirm().isPresent();
        if (!acts || !Conditions.Proof.exists(step.task())) {
            return Optional.empty();
        }
        Conditions.Verdict verdict = proof.ask(step.id().text(), step.task(), scope());
        if (verdict.holds()) {
            return Optional.of(state(step).started() ? done(step) : foundDone(step));
        }
        return cannotAsk(step, verdict);
    }

    private Outcome foundDone(Step step) {
        recorder.append(new RunEvent.StepAlreadyDone(step.id().text()));
        return new Outcome.Finished();
    }

    /**
     * What came back well, wholly or in part, is not sent again unless a person wants that, or the author says that it does no
     * harm and an attempt is left: it is waited for, and then told.
     */
    private Optional<Outcome> cameBackBefore(Step step) {
        StepState state = state(step);
        if (!step.hasAction() || !isHeldBack(step, state)) {
            return Optional.empty();
        }
        Conditions.Verdict verdict = Conditions.Proof.exists(step.task())
                ? tasks.waitFor(step.id().text(), step.task(), scope())
                : new Conditions.Verdict.DoesNotHold("", "Nothing shows whether it is done.");
        if (verdict.holds()) {
            return Optional.of(done(step));
        }
        if (control.isCancelled()) {
            return Optional.of(new Outcome.Interrupted());
        }
        String why = verdict instanceof Conditions.Verdict.DoesNotHold not
                ? (not.clause().isEmpty() ? "" : "It is not so: " + not.clause() + ". ") + not.why()
                : "Whether it is done cannot be asked: "
                        + ((Conditions.Verdict.Unknown) verdict).trouble().message();
        return Optional.of(fail(
                step,
                Trouble.of(
                        RetryPolicy.SENT_BEFORE,
                        "This was sent before" + at(state) + ", and "
                                + fate(state)
                                + ", so it is not sent again by itself. " + why)));
    }

    private static boolean isHeldBack(Step step, StepState state) {
        boolean used = !step.task().retry().repeatable()
                || state.attempts() >= step.task().retry().attempts();
        boolean did = state.effect().has(StepState.Mark.WENT_WELL)
                || state.effect().has(StepState.Mark.PARTLY)
                || wasLeft(state);
        return did && !state.effect().has(StepState.Mark.ALLOWED) && used;
    }

    /** Whether a rollback left in the world what it did. */
    private static boolean wasLeft(StepState state) {
        return state.effect().has(StepState.Mark.LEFT) && state.effect().has(StepState.Mark.HAPPENED);
    }

    private static String fate(StepState state) {
        if (state.effect().has(StepState.Mark.WENT_WELL)) {
            return "came back well";
        }
        return wasLeft(state) ? "a rollback left it as it is" : "a part of it may have been done before it failed";
    }

    private Optional<Outcome> required(Step step) {
        Conditions.Verdict verdict = conditions.ask(step.id().text(), Phase.REQUIRE, step.require());
        if (verdict instanceof Conditions.Verdict.DoesNotHold not) {
            String message = "Required, and not so: " + not.clause() + ". " + not.why();
            return Optional.of(fail(
                    step,
                    new Trouble(
                            "required", "lasting", false, message, List.of(), place(step.require(), not.clause()))));
        }
        return cannotAsk(step, verdict);
    }

    private Optional<Outcome> remember(Step step) {
        boolean started = state(step).started();
        for (Map.Entry<String, Name> kept : step.remember().entrySet()) {
            if (started && recorder.state().remembered().containsKey(kept.getKey())) {
                // what is taken back later has to find what was there before the first effect
                continue;
            }
            Finding finding = conditions.find(
                    step.id().text(), Phase.REMEMBER, kept.getValue().text());
            if (finding.trouble().isPresent()) {
                return Optional.of(fail(step, finding.trouble().get()));
            }
            RunEvent.Remembered remembered = new RunEvent.Remembered(step.id().text(), kept.getKey(), finding.rows());
            if (!recorder.shown(remembered).equals(remembered)) {
                return Optional.of(fail(step, holdsSecret(kept.getKey(), kept.getValue())));
            }
            recorder.append(remembered);
        }
        return Optional.empty();
    }

    /** Dots would be acted upon as if they were the value, and the value must not be kept. */
    private static Trouble holdsSecret(String name, Name fact) {
        return Trouble.of(
                "secret",
                "What \"" + fact.text() + "\" found holds the text of a password or another secret, and \"" + name
                        + "\" would keep it in the journal. Let the fact leave that column out, or give the secret "
                        + "another value if it is a common word.");
    }

    /**
     * People take time: what was seen before the question is looked at once more after it. At a point of no return so are the
     * conditions of what was skipped, before it; and what a person has agreed to is what is sent, in every word.
     */
    private Optional<Outcome> confirm(Step step) {
        if (step.isPointOfNoReturn()) {
            Optional<Outcome> skipped = skippedBefore(Optional.of(step));
            if (skipped.isPresent()) {
                return skipped;
            }
        }
        if (step.confirm().isEmpty()) {
            return Optional.empty();
        }
        for (int asked = 0; ; asked++) {
            String before = asked == 0
                    ? ""
                    : "Since you answered, what would be sent has become something else. It is asked again.";
            Outlook shown = outlook(step);
            Optional<Outcome> ended = shown.trouble()
                    .map(trouble -> fail(step, trouble))
                    .or(() -> decisions.confirm(step, shown.operations(), before))
                    .or(() -> step.hasAction() ? alreadyDone(step) : Optional.empty())
                    .or(() -> required(step));
            if (ended.isPresent() || outlook(step).isSame(shown)) {
                return ended;
            }
        }
    }

    /** What a point of no return would send; nothing for any other step, which shows it when it is sent. */
    private Outlook outlook(Step step) {
        return step.isPointOfNoReturn() && step.hasAction()
                ? tasks.outlook(step.task(), scope())
                : new Outlook(List.of(), Optional.empty());
    }

    /**
     * Asks once more for the steps that were skipped by their condition: one that holds by now, or cannot be asked, is for a
     * person to decide.
     *
     * @param until only those before this step, which cannot be taken back; empty for all of them
     */
    Optional<Outcome> skippedBefore(Optional<Step> until) {
        for (Step step : runbook.steps()) {
            if (until.filter(end -> end.id().equals(step.id())).isPresent()) {
                return Optional.empty();
            }
            Optional<Outcome> stops = isSkippedByCondition(step) ? lookAgain(step, until) : Optional.empty();
            if (stops.isPresent()) {
                return stops;
            }
        }
        return Optional.empty();
    }

    private boolean isSkippedByCondition(Step step) {
        StepState state = state(step);
        return state.status() == StepStatus.SKIPPED
                && !state.isSkippedByPerson()
                && absences.leftOut(step).isEmpty();
    }

    private Optional<Outcome> lookAgain(Step step, Optional<Step> until) {
        String id = step.id().text();
        conditions.forget();
        Conditions.Verdict verdict = conditions.ask(id, Phase.WHEN, step.when());
        if (verdict instanceof Conditions.Verdict.DoesNotHold) {
            return Optional.empty();
        }
        boolean passed =
                RollbackPlan.barrierTo(runbook, recorder.state(), List.of(id)).isPresent();
        boolean mayRun = verdict.holds() && !passed;
        Decisions.Way way = decisions.decideSkipped(step, found(step, verdict, until, passed), mayRun);
        if (way instanceof Decisions.Way.Unanswered open) {
            return Optional.of(new Outcome.Unanswered(open.message()));
        }
        Decisions.Way.Decided decided = (Decisions.Way.Decided) way;
        return switch (decided.decision()) {
            case RETRY -> {
                reopenFrom(step, decided.by());
                yield Optional.of(new Outcome.Back());
            }
            case SKIP -> {
                recorder.append(new RunEvent.StepSkipped(id, decided.made().reason(), Optional.of(decided.by())));
                yield Optional.empty();
            }
            case PAUSE, CHANGE, DONE_BY_HAND, ROLL_BACK ->
                Optional.of(new Outcome.Paused("Paused, for step " + id + " was skipped by its condition, and that is"
                        + (verdict.holds() ? " needed by now." : " not known any more.")));
        };
    }

    private String found(Step step, Conditions.Verdict verdict, Optional<Step> until, boolean passed) {
        String id = step.id().text();
        String was = state(step)
                .note()
                .filter(note -> !note.isBlank())
                .map(note -> " (" + note + ")")
                .orElse("");
        String now = verdict instanceof Conditions.Verdict.Unknown unknown
                ? "Whether it is needed now cannot be asked: "
                        + unknown.trouble().message()
                : "Now its condition holds: " + step.when() + ".";
        String next = until.map(end -> " Step " + end.id() + " comes next, and cannot be taken back.")
                .orElse("");
        String back = passed ? " A point of no return was passed since, so the run cannot go back to it." : "";
        return "Step " + id + ", " + Fill.forPeople(step.title(), scope()) + ", was skipped" + was + ". " + now + next
                + back;
    }

    /** The step and all after it that are finished are run once more: what is done is seen to be done. */
    private void reopenFrom(Step first, String by) {
        List<Step> all = runbook.steps();
        String why = "step " + first.id() + " is needed by now";
        // its own decision has reopened it
        all.subList(all.indexOf(first) + 1, all.size()).stream()
                .filter(step -> state(step).status().isFinished())
                .forEach(step -> recorder.append(new RunEvent.Decided(step.id().text(), Decision.RETRY, why, by)));
    }

    // ---- turns 6 and 7

    private Outcome act(Step step) {
        if (step.hasAction()) {
            int before = state(step).attempts();
            return finish(step, tasks.run(work(step), step.task(), scope(), before, 0));
        }
        if (step.task().doneWhen().isEmpty() || absences.waitsInVain(step).isPresent()) {
            return done(step);
        }
        Conditions.Verdict verdict = tasks.waitIdly(step.id().text(), step.task(), scope());
        if (!verdict.holds() && control.isStopRequested()) {
            return new Outcome.Interrupted();
        }
        if (verdict instanceof Conditions.Verdict.DoesNotHold not) {
            return fail(
                    step,
                    Trouble.of(RetryPolicy.NOT_DONE, "Waited, and it is not so: " + not.clause() + ". " + not.why()));
        }
        return cannotAsk(step, verdict).orElseGet(() -> done(step));
    }

    /** Continues a step that an earlier process, or an earlier turn, started. */
    private Outcome goOn(Step step, StepState state) {
        String id = step.id().text();
        Optional<String> left = absences.leftOut(step).filter(unused -> !state.mayHaveHappened());
        if (left.isPresent()) {
            return skip(id, left.get());
        }
        if (!state.isOpen()) {
            Optional<Outcome> before = cameBackBefore(step);
            if (before.isPresent()) {
                return before.get();
            }
        }
        Conditions.Verdict verdict = tasks.lookInDoubt(id, step.task(), scope());
        if (verdict.holds()) {
            return done(step);
        }
        if (control.isCancelled() && !state.isOpen()) {
            return new Outcome.Interrupted();
        }
        boolean mayRepeat = !state.isOpen() || step.task().retry().repeatable();
        if (verdict instanceof Conditions.Verdict.Unknown || !mayRepeat) {
            return state.isOpen() || RetryPolicy.isAtWork(verdict)
                    ? doubt(step, undecided(verdict))
                    : fail(step, ((Conditions.Verdict.Unknown) verdict).trouble());
        }
        return askAgain(step, state, undecided(verdict))
                .orElseGet(() -> finish(
                        step, tasks.run(work(step), step.task(), scope(), state.attempts(), spent(step, state))));
    }

    /** Who is asked again hears why; whoever does not say yes leaves the step as it is, and in doubt if it may have happened. */
    private Optional<Outcome> askAgain(Step step, StepState state, Trouble doubt) {
        if (step.confirm().isEmpty()) {
            return Optional.empty();
        }
        boolean open = state.mayHaveHappened();
        String why = "This was sent before" + at(state) + (open ? ". " + doubt.message() : ", and refused.");
        Outlook shown = outlook(step);
        if (shown.trouble().isPresent()) {
            Trouble trouble = shown.trouble().get();
            return Optional.of(state.isOpen() ? doubt(step, unknown(trouble)) : fail(step, trouble));
        }
        String question = why + " After your answer it is sent again.";
        Optional<Outcome> refused = open
                ? decisions.again(step, shown.operations(), question)
                : decisions.confirm(step, shown.operations(), question);
        if (refused.isPresent() && open && !isAnswered(state)) {
            recorder.append(new RunEvent.StepInDoubt(step.id().text(), doubt));
        }
        if (refused.isPresent()) {
            return refused;
        }
        // people take time
        return proof.ask(step.id().text(), step.task(), scope()).holds() ? Optional.of(done(step)) : Optional.empty();
    }

    /** Whether it is known that what may have happened came back, wholly or in part. */
    private static boolean isAnswered(StepState state) {
        return !state.isOpen()
                && (state.effect().has(StepState.Mark.WENT_WELL)
                        || state.effect().has(StepState.Mark.PARTLY));
    }

    private static String at(StepState state) {
        return state.sent()
                .map(time -> ", at " + time.truncatedTo(ChronoUnit.SECONDS))
                .orElse("");
    }

    /** Attempts before the interruption count, but one is left for whoever resumes. */
    private static int spent(Step step, StepState state) {
        return Math.min(state.attempts(), step.task().retry().attempts() - 1);
    }

    private static Trouble unknown(Trouble why) {
        return new Trouble(why.code(), why.kind(), true, why.message(), why.details(), why.place());
    }

    private static Trouble undecided(Conditions.Verdict verdict) {
        if (verdict instanceof Conditions.Verdict.Unknown unknown) {
            return unknown(unknown.trouble());
        }
        return new Trouble(
                "in-doubt",
                "lasting",
                true,
                "Whether it happened is not known, and it is not seen to be done.",
                List.of(),
                Optional.empty());
    }

    private Outcome finish(Step step, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return fail(step, failed.trouble());
        }
        if (outcome instanceof Outcome.Doubt doubt) {
            return doubt(step, doubt.trouble());
        }
        return outcome instanceof Outcome.Finished ? done(step) : outcome;
    }

    // ---- endings

    private Outcome skip(String id, String reason) {
        recorder.append(new RunEvent.StepSkipped(id, reason));
        return new Outcome.Finished();
    }

    private Outcome done(Step step) {
        recorder.append(new RunEvent.StepDone(step.id().text()));
        return new Outcome.Finished();
    }

    private Outcome fail(Step step, Trouble trouble) {
        boolean started = state(step).started();
        recorder.append(new RunEvent.StepFailed(step.id().text(), trouble, started));
        return new Outcome.Failed(trouble);
    }

    private Outcome doubt(Step step, Trouble trouble) {
        recorder.append(new RunEvent.StepInDoubt(step.id().text(), trouble));
        return new Outcome.Doubt(trouble);
    }

    private Optional<Outcome> cannotAsk(Step step, Conditions.Verdict verdict) {
        return verdict instanceof Conditions.Verdict.Unknown unknown
                ? Optional.of(fail(step, unknown.trouble()))
                : Optional.empty();
    }

    private static Optional<String> place(Condition condition, String clause) {
        return condition.clauses().stream()
                .filter(candidate -> candidate.toString().equals(clause))
                .findFirst()
                .map(found -> found.name().origin())
                .map(origin -> origin.source().name() + ":" + origin.position().line() + ":"
                        + origin.position().column());
    }

    private StepState state(Step step) {
        return recorder.state().step(step.id().text());
    }

    private static Work work(Step step) {
        return Work.of(step.id().text());
    }

    /** What became of an action and all of its attempts, or of a step in this turn. */
    sealed interface Outcome {
        /** The run may go on behind it. */
        record Finished() implements Outcome {}

        /** It failed; whether it changed something stands in the journal. */
        record Failed(Trouble trouble) implements Outcome {}

        /** Nobody knows whether it happened. */
        record Doubt(Trouble trouble) implements Outcome {}

        /** A person said no. */
        record Declined(String message) implements Outcome {}

        /** Somebody asked to stop while it only waited. */
        record Interrupted() implements Outcome {}

        /** A question is open, and there is nobody to answer it. */
        record Unanswered(String message) implements Outcome {}

        /** The run goes back to an earlier step. */
        record Back() implements Outcome {}

        /** A person wants to stop here. */
        record Paused(String message) implements Outcome {}
    }
}
