package dev.runbook.engine;

import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply.Answered;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.Phase;
import dev.runbook.event.RunEvent;
import dev.runbook.event.RunEvent.RunStopped;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Task;
import dev.runbook.plan.Absences;
import dev.runbook.plan.Binder;
import dev.runbook.plan.Operation;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import dev.runbook.state.StepStatus;
import dev.runbook.template.Fill;
import dev.runbook.template.Filled;
import dev.runbook.template.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Takes back what a run started, last first, down to a point of no return that was passed. It stops at the first step that
 * cannot be taken back: what came before may lean on it.
 */
final class RollbackRunner {
    private final Runbook runbook;
    private final Walk walk;
    private final Decisions desk;
    private final Recorder recorder;
    private final RunControl control;

    RollbackRunner(Runbook runbook, Walk walk, Decisions desk, Recorder recorder, RunControl control) {
        this.runbook = runbook;
        this.walk = walk;
        this.desk = desk;
        this.recorder = recorder;
        this.control = control;
    }

    /**
     * Goes back.
     *
     * @param by who wants it
     * @param decisions given beforehand, by step: what is done by hand counts as taken back
     * @return how it ended; not in the journal yet
     */
    RunStopped go(String by, Map<String, Engine.PriorDecision> decisions) {
        RollbackPlan list = list();
        recorder.append(new RunEvent.RollbackStarted(ids(list), by));
        for (Step step : list.steps()) {
            if (!takeBack(step, Optional.ofNullable(decisions.get(step.id().text())))) {
                if (control.isStopRequested()) {
                    // a request to stop is never a decision
                    return new RunStopped(Ending.INTERRUPTED, "Interrupted in the rollback of step " + step.id() + ".");
                }
                return new RunStopped(Ending.ROLLBACK_INCOMPLETE, notTakenBack(step));
            }
            if (control.isStopRequested()) {
                return new RunStopped(Ending.INTERRUPTED, "Interrupted in the rollback, after step " + step.id() + ".");
            }
        }
        return list.barrier()
                .map(passed -> new RunStopped(
                        Ending.ROLLBACK_INCOMPLETE,
                        "Taken back down to step " + passed.id() + ", which cannot be taken back."))
                .orElseGet(() -> new RunStopped(Ending.ROLLED_BACK, allTakenBack()));
    }

    /** What is taken back, and what of it stays in the world all the same. */
    private String allTakenBack() {
        RunState run = recorder.state();
        StringBuilder message = new StringBuilder("All that this run started is taken back");
        List<String> left = run.leftAsTheyAre();
        message.append(left.isEmpty() ? "." : ", but for what is left as it is:");
        left.forEach(id ->
                message.append(' ').append(id).append(reason(run.step(id))).append('.'));
        run.steps()
                .forEach((id, step) -> step.note()
                        .filter(note -> step.status() == StepStatus.UNDONE)
                        .ifPresent(note -> message.append(" Step ")
                                .append(id)
                                .append(": ")
                                .append(note)
                                .append('.')));
        run.byHand()
                .forEach(id -> message.append(" Step ")
                        .append(id)
                        .append(" was done by hand, and is not taken back")
                        .append(reason(run.step(id)))
                        .append('.'));
        return message.toString();
    }

    private static String reason(StepState step) {
        return step.note()
                .filter(note -> !note.isBlank())
                .map(note -> " (" + note + ")")
                .orElse("");
    }

    /** Whether the step is behind us: taken back, or by hand. */
    private boolean takeBack(Step step, Optional<Engine.PriorDecision> given) {
        Optional<Engine.PriorDecision> decision = given.filter(RollbackRunner::isByHand);
        decision.ifPresent(made -> desk.takeDown(step, made, made.by()));
        Optional<Trouble> trouble = walk.takeBack(step, byHand(decision));
        while (trouble.isPresent()) {
            // who said a moment ago that it is left for later is not asked again
            decision = trouble.filter(found ->
                            !found.code().equals(Walk.BY_HAND) && !found.code().equals(Walk.INTERRUPTED))
                    .flatMap(found -> desk.decideUndo(step, found.message()));
            if (decision.isEmpty()) {
                return false;
            }
            trouble = walk.takeBack(step, byHand(decision));
        }
        return true;
    }

    private static Optional<String> byHand(Optional<Engine.PriorDecision> decision) {
        return decision.filter(RollbackRunner::isByHand).map(Engine.PriorDecision::reason);
    }

    private static boolean isByHand(Engine.PriorDecision made) {
        return made.decision() == Decision.DONE_BY_HAND;
    }

    private String notTakenBack(Step step) {
        String id = step.id().text();
        List<String> before =
                ids(list()).stream().filter(other -> !other.equals(id)).toList();
        String left = before.isEmpty()
                ? ""
                : ": " + String.join(", ", before) + (before.size() > 1 ? " are" : " is") + " left";
        return "Step " + id + " could not be taken back, and nothing before it was touched" + left
                + ". Put it right, and go on with the rollback. If it is taken back by hand, say so with --decide \""
                + id
                + "=done-by-hand:REASON\".";
    }

    private RollbackPlan list() {
        return RollbackPlan.of(runbook, recorder.state());
    }

    private static List<String> ids(RollbackPlan list) {
        return list.steps().stream().map(step -> step.id().text()).toList();
    }

    /** Takes back one step after the other. Each step's way back must do no harm if it is repeated, so a cut-off walk begins anew. */
    static final class Walk {
        /** The code of what has to be taken back by hand, and is not yet. */
        static final String BY_HAND = "by-hand";

        /** The code of a rollback that somebody asked to stop in the middle of a step. */
        static final String INTERRUPTED = "interrupted";

        private static final Question.Choice LATER =
                Question.Choice.of("later", "leave it; the rollback is then incomplete");
        private static final Question.Choice DONE = Question.Choice.of("done", "it was done by hand");

        private final Runbook runbook;
        private final Binder binder;
        private final Absences absences;
        private final Conditions conditions;
        private final Attempts tasks;
        private final FileCopying files;
        private final Decisions.Dialogue dialogue;
        private final Recorder recorder;
        private final Supplier<Scope> scope;

        Walk(Runbook runbook, Engine.Parts parts, Supplier<Scope> scope) {
            this.runbook = runbook;
            this.binder = parts.binder();
            this.absences = parts.absences();
            this.conditions = parts.conditions();
            this.tasks = parts.tasks();
            this.files = parts.files();
            this.dialogue = parts.dialogue();
            this.recorder = parts.recorder();
            this.scope = scope;
        }

        /**
         * Takes the step back.
         *
         * @param already why a person says that the step is taken back by hand; empty where nobody does
         * @return what went wrong; empty when it is taken back
         */
        Optional<Trouble> takeBack(Step step, Optional<String> already) {
            conditions.forget();
            Optional<Trouble> busy = stillAtWork(step, already.isPresent());
            if (busy.isPresent()) {
                return failed(step, busy.get(), "Let what is still at work end, then take the step back.");
            }
            if (already.isPresent()) {
                return undone(step, "by hand: " + already.get());
            }
            Step.Rollback rollback = step.rollback().orElseGet(Step.Rollback.BuiltIn::new);
            if (rollback instanceof Step.Rollback.Actions actions) {
                return actions(step, actions);
            }
            if (rollback instanceof Step.Rollback.ByHand byHand) {
                return byHand(step, Fill.forPeople(byHand.what(), scope.get()));
            }
            return rollback instanceof Step.Rollback.NotNeeded notNeeded
                    ? left(step, Fill.forPeople(notNeeded.why(), scope.get()))
                    : deleteCopies(step);
        }

        /**
         * Nothing is taken back, or left as it is, while what was sent may still be at work: that is waited for, as a resume
         * does. Where its server cannot be asked, a person may say that it is taken back by hand.
         */
        private Optional<Trouble> stillAtWork(Step step, boolean byHand) {
            StepState state = recorder.state().step(step.id().text());
            if (!state.isOpen() && !state.effect().has(StepState.Mark.UNDOING)) {
                return Optional.empty();
            }
            return tasks.stillAtWork(step.id().text(), step.task(), servers(step))
                    .filter(trouble -> !byHand || trouble.code().equals(RetryPolicy.AT_WORK));
        }

        private List<SqlTarget> servers(Step step) {
            Stream<Task> undo = step
                    .rollback()
                    .filter(Step.Rollback.Actions.class::isInstance)
                    .map(Step.Rollback.Actions.class::cast)
                    .stream()
                    .flatMap(actions -> actions.entries().stream())
                    .map(Step.Rollback.Entry::task);
            return Stream.concat(Stream.of(step.task()), undo)
                    .flatMap(task -> task.action().flatMap(binder::sqlServer).stream())
                    .distinct()
                    .toList();
        }

        private Optional<Trouble> actions(Step step, Step.Rollback.Actions actions) {
            int before = recorder.state().step(step.id().text()).undoAttempts();
            int number = 0;
            for (Step.Rollback.Entry entry : actions.entries()) {
                number++;
                Optional<Trouble> trouble = action(step, number, entry);
                if (trouble.isPresent()) {
                    return failed(step, trouble.get(), "Step " + step.id() + ": " + what(entry));
                }
            }
            boolean sent = recorder.state().step(step.id().text()).undoAttempts() > before;
            return undone(step, sent ? "by its rollback" : "its rollback found nothing to send");
        }

        /** What a person would have to do in its place. */
        private String what(Step.Rollback.Entry entry) {
            Optional<String> title = entry.title().map(text -> Fill.forPeople(text, scope.get()));
            Optional<Operation> operation = entry.task().action().flatMap(this::bound);
            return title.or(() -> operation.map(sent -> "on " + sent.target() + ", " + sent.text()))
                    .orElse("its rollback");
        }

        private Optional<Operation> bound(Task.Action spec) {
            return binder.bind(spec, scope.get()) instanceof Filled.Complete<Operation> complete
                    ? Optional.of(complete.value())
                    : Optional.empty();
        }

        /** What went wrong; empty when the action is done or does not apply. */
        private Optional<Trouble> action(Step step, int number, Step.Rollback.Entry entry) {
            String id = step.id().text();
            if (absences.leftOut(entry.task()).isPresent()) {
                return Optional.empty();
            }
            Conditions.Verdict needed = conditions.ask(id, Phase.WHEN, entry.when());
            if (needed instanceof Conditions.Verdict.Unknown unknown) {
                return Optional.of(unknown.trouble());
            }
            if (!needed.holds() || !entry.task().doneWhen().isEmpty() && isDone(id, entry.task())) {
                return Optional.empty();
            }
            Optional<Trouble> stopped = required(id, entry).or(() -> declined(id, entry));
            if (stopped.isPresent()) {
                return stopped;
            }
            StepRunner.Outcome outcome = tasks.run(Work.undo(id, number), entry.task(), scope.get(), 0, 0);
            if (outcome instanceof StepRunner.Outcome.Failed failed) {
                return Optional.of(failed.trouble());
            }
            if (outcome instanceof StepRunner.Outcome.Interrupted) {
                return Optional.of(Trouble.of(INTERRUPTED, "Somebody asked to stop while it was taken back."));
            }
            return outcome instanceof StepRunner.Outcome.Doubt doubt ? Optional.of(doubt.trouble()) : Optional.empty();
        }

        private Optional<Trouble> required(String id, Step.Rollback.Entry entry) {
            Conditions.Verdict required = conditions.ask(id, Phase.REQUIRE, entry.require());
            if (required instanceof Conditions.Verdict.DoesNotHold not) {
                return Optional.of(Trouble.of("required", "Required, and not so: " + not.clause() + ". " + not.why()));
            }
            return required instanceof Conditions.Verdict.Unknown unknown
                    ? Optional.of(unknown.trouble())
                    : Optional.empty();
        }

        /** Why a person does not want this action; empty when nobody is asked, or the answer is the one that means yes. */
        private Optional<Trouble> declined(String id, Step.Rollback.Entry entry) {
            return entry.confirm().flatMap(confirm -> {
                String message = Fill.forPeople(confirm.message(), scope.get());
                String expected = confirm.type()
                        .map(type -> Fill.forPeople(type, scope.get()))
                        .orElse("yes");
                Question question = Question.word(
                                id,
                                Question.Kind.UNDO,
                                message,
                                expected,
                                "to stop the rollback here (resume it later)")
                        .on(Decisions.terms(confirm, recorder));
                Optional<Answered> answer = dialogue.ask(question);
                answer.ifPresent(given -> recorder.append(new RunEvent.Answered(
                        id,
                        message,
                        given.text(),
                        question.isYes(given.text()),
                        given.by(),
                        Optional.of(question.kind().gate()))));
                return answer.filter(given -> question.isYes(given.text())).isPresent()
                        ? Optional.empty()
                        : Optional.of(Trouble.of(
                                BY_HAND,
                                "The answer that takes this back, \"" + expected
                                        + "\", was not given. Where nobody can be" + " asked: --approve \""
                                        + question.key() + "=" + expected + "\"."));
            });
        }

        private boolean isDone(String id, Task task) {
            return conditions.ask(id, Phase.DONE_WHEN, task.doneWhen()).holds();
        }

        private Optional<Trouble> byHand(Step step, String what) {
            Question question = Question.choice(
                    step.id().text(), Question.Kind.BY_HAND, "Take back by hand: " + what, List.of(LATER, DONE));
            boolean done = dialogue.ask(question)
                    .filter(answer -> answer.text().equals(DONE.word()))
                    .isPresent();
            return done
                    ? undone(step, "by hand: " + what)
                    : failed(step, Trouble.of(BY_HAND, "It has to be taken back by hand."), what);
        }

        private Optional<Trouble> deleteCopies(Step step) {
            FileCopying.Deletion deletion = files.takeBack(step, scope.get());
            return deletion instanceof FileCopying.Deletion.Left left
                    ? failed(step, left.trouble(), left.what())
                    : undone(step, ((FileCopying.Deletion.Done) deletion).how());
        }

        private Optional<Trouble> undone(Step step, String how) {
            recorder.append(new RunEvent.StepUndone(step.id().text(), how, after(step)));
            return Optional.empty();
        }

        private Optional<Trouble> left(Step step, String why) {
            recorder.append(new RunEvent.StepLeft(step.id().text(), why, after(step)));
            return Optional.empty();
        }

        /** The steps after it that were looked at while it was done: what they found may not be so any more. */
        private List<String> after(Step step) {
            return runbook.steps().stream()
                    .dropWhile(other -> !other.id().equals(step.id()))
                    .skip(1)
                    .map(other -> other.id().text())
                    .filter(id -> isToBeLookedAtAgain(recorder.state().step(id)))
                    .toList();
        }

        private static boolean isToBeLookedAtAgain(StepState state) {
            return switch (state.status()) {
                case BEGUN, SKIPPED, ALREADY_DONE, DONE, FAILED -> !state.started();
                case AHEAD, STARTED, BETWEEN_ATTEMPTS, IN_DOUBT, UNDONE, LEFT, UNDO_FAILED -> false;
            };
        }

        private Optional<Trouble> failed(Step step, Trouble trouble, String left) {
            recorder.append(new RunEvent.UndoFailed(step.id().text(), trouble, left));
            return Optional.of(trouble);
        }
    }
}
