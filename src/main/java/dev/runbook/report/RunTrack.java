package dev.runbook.report;

import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.event.RunEvent.AttemptStarted;
import dev.runbook.event.RunEvent.CameBack;
import dev.runbook.event.RunEvent.FactAsked;
import dev.runbook.event.RunEvent.RollbackStarted;
import dev.runbook.event.RunEvent.RunStarted;
import dev.runbook.event.RunEvent.RunStopped;
import dev.runbook.event.RunEvent.Sent;
import dev.runbook.event.RunEvent.StepAlreadyDone;
import dev.runbook.event.RunEvent.StepBegun;
import dev.runbook.event.RunEvent.StepDone;
import dev.runbook.event.RunEvent.StepFailed;
import dev.runbook.event.RunEvent.StepInDoubt;
import dev.runbook.event.RunEvent.StepLeft;
import dev.runbook.event.RunEvent.StepSkipped;
import dev.runbook.event.RunEvent.StepUndone;
import dev.runbook.event.RunEvent.UndoFailed;
import dev.runbook.event.Trouble;
import dev.runbook.journal.Entry;
import dev.runbook.report.StepTrack.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What a report has seen of a run so far: a fold of its entries, kept for the screen alone. */
public final class RunTrack {
    private static final Map<Class<? extends RunEvent.OfStep>, Outcome> OUTCOMES = Map.of(
            StepDone.class, Outcome.DONE,
            StepAlreadyDone.class, Outcome.ALREADY_DONE,
            StepSkipped.class, Outcome.SKIPPED,
            StepFailed.class, Outcome.FAILED,
            StepInDoubt.class, Outcome.IN_DOUBT,
            StepUndone.class, Outcome.UNDONE,
            StepLeft.class, Outcome.LEFT,
            UndoFailed.class, Outcome.NOT_UNDONE);

    private final Map<String, StepTrack> steps = new LinkedHashMap<>();
    private Optional<Instant> started = Optional.empty();
    private Optional<String> lastChange = Optional.empty();
    /** While the run is rolled back: when the step before in that order was taken back. */
    private Optional<Instant> turn = Optional.empty();

    /** Sees the next entry. */
    public void add(Entry entry) {
        RunEvent event = entry.event();
        Optional<StepTrack> step = StepStory.stepOf(event).map(this::step);
        turn.ifPresent(time -> step.ifPresent(back -> back.turnBack(time)));
        if (event instanceof RunStarted) {
            started = Optional.of(entry.time());
        } else if (event instanceof RollbackStarted) {
            turn = Optional.of(entry.time());
        } else if (event instanceof RunStopped) {
            turn = Optional.empty();
        } else if (event instanceof RunEvent.OfStep ofStep) {
            add(entry.time(), ofStep, step.orElseThrow());
        } else {
            step.ifPresent(works -> addWork(entry.time(), event, works));
        }
    }

    private void addWork(Instant time, RunEvent event, StepTrack step) {
        if (event instanceof AttemptStarted attempt) {
            step.run(attempt.items());
            if (!attempt.work().isUndo()) {
                step.attempt(attempt.attempt());
            }
        } else if (event instanceof Sent sent) {
            step.at(sent.item());
        } else if (event instanceof CameBack back) {
            cameBack(time, back, step);
        }
    }

    private void cameBack(Instant time, CameBack back, StepTrack step) {
        if (back.trouble().filter(Trouble::unknown).isPresent()) {
            step.lose(time);
        } else if ((back.trouble().isEmpty() || back.harmless().isPresent())
                && !back.work().isUndo()) {
            lastChange = Optional.of(back.work().step());
        }
    }

    private void add(Instant time, RunEvent.OfStep event, StepTrack step) {
        if (event instanceof StepDone && step.attempts() > 0) {
            lastChange = Optional.of(event.step());
        }
        if (event instanceof StepBegun) {
            step.begin(time);
        } else if (event instanceof FactAsked asked) {
            step.asked(asked);
        } else if (OUTCOMES.containsKey(event.getClass())) {
            boolean byPerson =
                    event instanceof StepSkipped skipped && skipped.by().isPresent();
            step.end(time, outcomeOf(event), reasonOf(event), byPerson);
            turn = turn.map(before -> time);
            reopened(event).forEach(id -> step(id).reopen());
        }
    }

    private static Outcome outcomeOf(RunEvent.OfStep event) {
        return event instanceof StepDone done && done.byHand().isPresent()
                ? Outcome.BY_HAND
                : OUTCOMES.get(event.getClass());
    }

    /** Why a step ended otherwise than written, and who wanted that. */
    static String reasonOf(RunEvent event) {
        if (event instanceof StepSkipped skipped) {
            return said(skipped.reason(), skipped.by());
        }
        if (event instanceof StepDone done) {
            return done.byHand().map(why -> said(why, done.by())).orElse("");
        }
        return event instanceof StepLeft left ? left.reason() : "";
    }

    private static String said(String reason, Optional<String> by) {
        return by.map(person -> "by " + person + (reason.isBlank() ? "" : ": " + reason))
                .orElse(reason);
    }

    private static List<String> reopened(RunEvent event) {
        if (event instanceof StepUndone undone) {
            return undone.reopened();
        }
        return event instanceof StepLeft left ? left.reopened() : List.of();
    }

    /** What was seen of a step; of one that was not reached, that. */
    public StepTrack step(String id) {
        return steps.computeIfAbsent(id, any -> new StepTrack());
    }

    /** The ids of the steps that stand so. */
    List<String> with(Outcome outcome) {
        return with(step -> step.outcome() == outcome);
    }

    private List<String> with(Predicate<StepTrack> wanted) {
        return steps.entrySet().stream()
                .filter(entry -> wanted.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How the run ended, in a sentence; what did not go as written, or was left by a rollback, is named in it. */
    public String headline(Ending ending) {
        List<String> exceptions = new ArrayList<>();
        if (ending == Ending.DONE) {
            named(with(StepTrack::isSkippedByPerson), " skipped by a person").ifPresent(exceptions::add);
            named(with(Outcome.BY_HAND), " done by hand").ifPresent(exceptions::add);
        }
        if (ending == Ending.ROLLED_BACK) {
            named(with(Outcome.LEFT), " left as it is").ifPresent(exceptions::add);
            named(with(Outcome.BY_HAND), " done by hand").ifPresent(exceptions::add);
        }
        String word = ending == Ending.DONE ? "DONE" : "ROLLED BACK";
        return exceptions.isEmpty()
                ? Outcomes.sentence(ending)
                : word + ", WITH EXCEPTIONS: " + String.join("; ", exceptions) + ".";
    }

    private static Optional<String> named(List<String> ids, String how) {
        return ids.isEmpty()
                ? Optional.empty()
                : Optional.of((ids.size() == 1 ? "step " : "steps ") + String.join(", ", ids) + how);
    }

    /** The step that changed something last. */
    Optional<String> lastChange() {
        return lastChange;
    }

    /** How long the run takes so far. */
    public String timeUntil(Instant now) {
        return Elapsed.between(started.orElse(now), now);
    }
}
