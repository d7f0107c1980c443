package dev.runbook.engine;

import dev.runbook.event.Finding;
import dev.runbook.event.Phase;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import dev.runbook.model.Condition;
import dev.runbook.model.Name;
import dev.runbook.model.Step;
import dev.runbook.plan.Absences;
import dev.runbook.plan.Names;
import dev.runbook.state.StepState;
import dev.runbook.state.StepStatus;
import dev.runbook.template.Scope;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes one step through its turns, in the order of the language. */
final class StepRunner {
    private final Scope site;
    private final Absences absences;
    private final Conditions conditions;
    private final Asking asking;
    private final Conditions.Proof proof;
    private final Attempts tasks;
    private final Recorder recorder;
    private final RunControl control;

    StepRunner(Parts parts) {
        this.site = parts.scope();
        this.absences = parts.absences();
        this.conditions = parts.conditions();
        this.asking = parts.asking();
        this.proof = parts.proof();
        this.tasks = parts.tasks();
        this.recorder = parts.recorder();
        this.control = parts.control();
    }

    /** Runs the step, or goes on with it where an earlier process left it. */
    Outcome run(Step step) {
        conditions.forget();
        StepState state = recorder.state().step(step.id().text());
        boolean under = state.status().isDoubtful() || state.status() == StepStatus.BETWEEN_ATTEMPTS;
        return under ? goOn(step, state) : begin(step);
    }

    /** The scope of the step's texts: the site, and what was remembered so far. */
    Scope scope() {
        return Names.with(site, recorder.state().remembered());
    }

    // ---- turns 1 to 5: nothing is changed

    private Outcome begin(Step step) {
        String id = step.id().text();
        recorder.append(new RunEvent.StepBegun(id));
        Optional<String> left = absences.leftOut(step);
        if (left.isPresent()) {
            return skip(id, left.get());
        }
        return needed(step)
                .or(() -> alreadyDone(step))
                .or(() -> required(step))
                .or(() -> remember(step))
                .or(() -> confirm(step))
                .orElseGet(() -> act(step));
    }

    private Optional<Outcome> needed(Step step) {
        Verdict verdict = conditions.ask(step.id().text(), Phase.WHEN, step.when());
        if (verdict instanceof Verdict.DoesNotHold not) {
            return Optional.of(skip(step.id().text(), "not so: " + not.clause()));
        }
        return cannotAsk(step, verdict);
    }

    private Optional<Outcome> alreadyDone(Step step) {
        boolean acts = step.hasAction() || step.confirm().isPresent();
        if (!acts || !Conditions.Proof.exists(step.task())) {
            return Optional.empty();
        }
        Verdict verdict = proof.ask(step.id().text(), step.task(), scope());
        if (verdict.holds()) {
            recorder.append(new RunEvent.StepAlreadyDone(step.id().text()));
            return Optional.of(new Outcome.Finished());
        }
        return cannotAsk(step, verdict);
    }

    private Optional<Outcome> required(Step step) {
        Verdict verdict = conditions.ask(step.id().text(), Phase.REQUIRE, step.require());
        if (verdict instanceof Verdict.DoesNotHold not) {
            String message = "Required, and not so: " + not.clause() + ". " + not.why();
            return Optional.of(fail(
                    step,
                    new Trouble(
                            "required", "lasting", false, message, List.of(), place(step.require(), not.clause()))));
        }
        return cannotAsk(step, verdict);
    }

    private Optional<Outcome> remember(Step step) {
        for (Map.Entry<String, Name> kept : step.remember().entrySet()) {
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

    /** People take time: what was seen before the question is looked at once more behind it. */
    private Optional<Outcome> confirm(Step step) {
        if (step.confirm().isEmpty()) {
            return Optional.empty();
        }
        return asking.confirm(step, scope())
                .or(() -> step.hasAction() ? alreadyDone(step) : Optional.empty())
                .or(() -> required(step));
    }

    // ---- turns 6 and 7

    private Outcome act(Step step) {
        if (step.hasAction()) {
            int before = recorder.state().step(step.id().text()).attempts();
            return finish(step, tasks.run(work(step), step.task(), scope(), before, 0));
        }
        if (step.task().doneWhen().isEmpty()) {
            return done(step);
        }
        Verdict verdict = tasks.waitIdly(step.id().text(), step.task(), scope());
        if (!verdict.holds() && control.isStopRequested()) {
            return new Outcome.Interrupted();
        }
        if (verdict instanceof Verdict.DoesNotHold not) {
            return fail(
                    step,
                    Trouble.of(RetryPolicy.NOT_DONE, "Waited, and it is not so: " + not.clause() + ". " + not.why()));
        }
        return cannotAsk(step, verdict).orElseGet(() -> done(step));
    }

    /** Goes on with a step that an earlier process started. */
    private Outcome goOn(Step step, StepState state) {
        String id = step.id().text();
        Verdict verdict = tasks.lookInDoubt(id, step.task(), scope());
        if (verdict.holds()) {
            return done(step);
        }
        boolean decided = state.status() == StepStatus.BETWEEN_ATTEMPTS;
        if (RetryPolicy.isAtWork(verdict) || !decided && !step.task().retry().repeatable()) {
            return doubt(step, undecided(verdict));
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
        String sent = state.sent()
                .map(time -> ", at " + time.truncatedTo(ChronoUnit.SECONDS))
                .orElse("");
        boolean open = state.status().isDoubtful() || state.mayHaveHappened();
        String why = "This was sent before" + sent + (open ? ". " + doubt.message() : ", and refused.");
        Optional<Outcome> refused = asking.again(step, scope(), why + " After your answer it is sent again.");
        if (refused.isPresent() && open) {
            recorder.append(new RunEvent.StepInDoubt(step.id().text(), doubt));
        }
        if (refused.isPresent()) {
            return refused;
        }
        // people take time
        return proof.ask(step.id().text(), step.task(), scope()).holds() ? Optional.of(done(step)) : Optional.empty();
    }

    /** Attempts before the interruption count, but one is left for whoever resumes. */
    private static int spent(Step step, StepState state) {
        return Math.min(state.attempts(), step.task().retry().attempts() - 1);
    }

    private static Trouble undecided(Verdict verdict) {
        if (verdict instanceof Verdict.Unknown unknown) {
            return unknown.trouble();
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
        return outcome instanceof Outcome.Doubt doubt ? doubt(step, doubt.trouble()) : done(step);
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
        boolean started = recorder.state().step(step.id().text()).started();
        recorder.append(new RunEvent.StepFailed(step.id().text(), trouble, started));
        return new Outcome.Failed(trouble);
    }

    private Outcome doubt(Step step, Trouble trouble) {
        recorder.append(new RunEvent.StepInDoubt(step.id().text(), trouble));
        return new Outcome.Doubt(trouble);
    }

    private Optional<Outcome> cannotAsk(Step step, Verdict verdict) {
        return verdict instanceof Verdict.Unknown unknown
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

    private static Work work(Step step) {
        return Work.of(step.id().text());
    }
}
