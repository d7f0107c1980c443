package dev.runbook.engine;

import dev.runbook.base.Origin;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.Question;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.Phase;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.fact.FactAsker;
import dev.runbook.journal.Journal;
import dev.runbook.language.Step;
import dev.runbook.plan.Absences;
import dev.runbook.plan.Binder;
import dev.runbook.plan.Plan;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import dev.runbook.state.StepStatus;
import dev.runbook.template.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Carries a plan out, step by step, until it is done or cannot go on. Used by one thread. */
public final class Engine {
    private final World world;
    private final Recorder recorder;
    private final Decisions decisions;
    private final Decisions.Dialogue dialogue;
    private final Settings settings;
    private Crew crew;

    /**
     * How an engine behaves where there is a choice.
     *
     * @param onFailure what happens at a failure when there is nobody to decide
     * @param decisions given beforehand, by step
     * @param siteChange gives variables other values
     * @param before how the run had ended before this process; empty where it had not
     */
    public record Settings(
            OnFailure onFailure, Map<String, PriorDecision> decisions, SiteChange siteChange, Optional<Ending> before) {
        /** The settings of a run that is not over. */
        public Settings(OnFailure onFailure, Map<String, PriorDecision> decisions, SiteChange siteChange) {
            this(onFailure, decisions, siteChange, Optional.empty());
        }
    }

    /**
     * How a step's turn ended.
     *
     * @param end how the run ends; empty where it continues
     * @param back whether it continues at an earlier step
     */
    private record Turn(Optional<Ending> end, boolean back) {
        static final Turn ON = new Turn(Optional.empty(), false);
        static final Turn BACK = new Turn(Optional.empty(), true);
    }

    /** The workers for one plan; a changed variable makes a new plan and new workers. */
    private record Crew(Plan plan, StepRunner steps, RollbackRunner.Walk rollback, Conditions conditions) {}

    /**
     * An engine for one process of a run.
     *
     * @param journal behind the events of {@code fold}
     * @param fold what has happened so far; its first event is the start of the run
     */
    public Engine(Plan plan, World world, Journal journal, RunFold fold, Settings settings) {
        this.world = world;
        this.recorder = new Recorder(journal, fold);
        this.settings = settings;
        this.dialogue = new Decisions.Dialogue(world.operator(), recorder);
        this.decisions = new Decisions(
                dialogue,
                recorder,
                settings.decisions(),
                assignment -> settings.siteChange().change(crew.plan(), recorder.state(), assignment));
        this.crew = crew(plan);
    }

    private Crew crew(Plan plan) {
        recorder.hide(plan.site().masking());
        Parts parts = Parts.of(plan, world, recorder, dialogue, decisions);
        decisions.stand(new Decisions.Ground(plan, parts));
        StepRunner steps = new StepRunner(plan.runbook(), parts);
        return new Crew(plan, steps, new RollbackRunner.Walk(plan.runbook(), parts, steps::scope), parts.conditions());
    }

    /**
     * Goes on from where the journal stands: with the rollback that was begun, else with the first step that is not finished.
     *
     * @return how it ended; the ending is in the journal
     */
    public Ending run() {
        RollbackPlan list = rollbackList();
        boolean backAtBarrier = list.steps().isEmpty() && list.barrier().isPresent();
        boolean stuck =
                recorder.state().steps().values().stream().anyMatch(step -> step.status() == StepStatus.UNDO_FAILED);
        if (stuck || recorder.state().rollingBack().isPresent() && !backAtBarrier) {
            // a decision given with a rollback speaks of the way back
            return rollBack(recorder.state().rollbackBy().orElse("resumed"), settings.decisions());
        }
        // what was skipped when it was not needed may be needed by now
        Optional<StepRunner.Outcome> late = crew.steps().skippedBefore(Optional.empty());
        if (late.isPresent() && !(late.get() instanceof StepRunner.Outcome.Back)) {
            return after(late.get());
        }
        int next = 0;
        while (next < crew.plan().runbook().steps().size()) {
            Step step = crew.plan().runbook().steps().get(next);
            boolean finished = recorder.state().step(step.id().text()).status().isFinished();
            Turn turn = finished ? Turn.ON : untilFinished(step);
            if (turn.end().isPresent()) {
                return turn.end().get();
            }
            if (world.control().isStopRequested() && step != lastStep()) {
                return stop(Ending.INTERRUPTED, "Interrupted behind step " + step.id() + ".");
            }
            next = turn.back() ? 0 : next + 1;
        }
        return stop(Ending.DONE, everyStep());
    }

    /**
     * Lets finished steps be run once more by the next {@link #run}.
     *
     * @param ids of finished steps, none of them before a point of no return that was passed
     * @param by who wants it
     */
    public void again(List<String> ids, String by) {
        ids.forEach(id -> recorder.append(new RunEvent.Decided(id, Decision.RETRY, "run again", by)));
    }

    /** How the run was done: what was skipped by its conditions, and each step that a person skipped or did by hand. */
    private String everyStep() {
        List<String> skipped = new ArrayList<>();
        StringBuilder people = new StringBuilder();
        for (Step step : crew.plan().runbook().steps()) {
            StepState state = recorder.state().step(step.id().text());
            if (state.isByHand() || state.isSkippedByPerson()) {
                String how = state.isByHand() ? " was done by hand" : " was skipped";
                String by = state.person().map(person -> " by " + person).orElse("");
                String why = state.note()
                        .filter(note -> !note.isBlank())
                        .map(note -> ": " + note)
                        .orElse("");
                people.append(" Step ")
                        .append(step.id())
                        .append(how)
                        .append(by)
                        .append(why)
                        .append('.');
            } else if (state.status() == StepStatus.SKIPPED) {
                skipped.add(step.id().text());
            }
        }
        String but = skipped.isEmpty() ? "" : " but for what was skipped: " + String.join(", ", skipped);
        return "Every step is done" + but + "." + people;
    }

    /** The decisions that were given and not needed, a line each. */
    public List<String> unusedDecisions() {
        return decisions.unused();
    }

    /** What a rollback would take back now. */
    RollbackPlan rollbackList() {
        return RollbackPlan.of(crew.plan().runbook(), recorder.state());
    }

    /**
     * Takes back what this run started, down to a point of no return that was passed. A step of which a decision says that it is
     * done by hand counts as taken back.
     *
     * @param by who wants it
     */
    public Ending rollBack(String by) {
        Optional<Decisions.NoRollback> not = recorder.state().rollingBack().isPresent()
                ? Optional.empty()
                : decisions.mayRollBack(settings.decisions());
        return not.isPresent() ? leaveAsItIs(not.get()) : rollBack(by, settings.decisions());
    }

    /** A run that is asked to go back, and does not, stays how it was. */
    private Ending leaveAsItIs(Decisions.NoRollback not) {
        if (world.control().isStopRequested()) {
            return stop(Ending.INTERRUPTED, "Interrupted before the rollback. Nothing was touched.");
        }
        Ending how = not.unanswered() ? Ending.NEEDS_ANSWER : Ending.DECLINED;
        stop(settings.before().orElse(how), not.why());
        return how;
    }

    private Ending rollBack(String by, Map<String, PriorDecision> decisions) {
        RollbackRunner back =
                new RollbackRunner(crew.plan().runbook(), crew.rollback(), this.decisions, recorder, world.control());
        return stop(back.go(by, decisions));
    }

    private Step lastStep() {
        List<Step> all = crew.plan().runbook().steps();
        return all.get(all.size() - 1);
    }

    // ---- one step until the run may go on behind it

    private Turn untilFinished(Step step) {
        String id = step.id().text();
        Optional<StepRunner.Outcome> left = leftBehind(step);
        while (!recorder.state().step(id).status().isFinished()) {
            StepRunner.Outcome outcome = left.orElseGet(() -> crew.steps().run(step));
            left = Optional.empty();
            if (outcome instanceof StepRunner.Outcome.Back) {
                return Turn.BACK;
            }
            Optional<Ending> end = after(step, outcome);
            if (end.isPresent()) {
                return new Turn(end, false);
            }
        }
        return Turn.ON;
    }

    /** How the run ends where a person wants no more of it than this, or nobody is there. */
    private Ending after(StepRunner.Outcome outcome) {
        if (world.control().isStopRequested()) {
            return stop(Ending.INTERRUPTED, "Interrupted at a question.");
        }
        return outcome instanceof StepRunner.Outcome.Paused paused
                ? stop(Ending.PAUSED, paused.message())
                : stop(Ending.NEEDS_ANSWER, ((StepRunner.Outcome.Unanswered) outcome).message());
    }

    /** A failure or doubt of an earlier process for which a decision was given with this one. */
    private Optional<StepRunner.Outcome> leftBehind(Step step) {
        StepStatus status = recorder.state().step(step.id().text()).status();
        if (!decisions.hasPrior(step) || status != StepStatus.FAILED && !status.isDoubtful()) {
            return Optional.empty();
        }
        Trouble trouble = Trouble.of("left-behind", "An earlier process left step " + step.id() + " behind.");
        return Optional.of(
                status == StepStatus.FAILED
                        ? new StepRunner.Outcome.Failed(trouble)
                        : new StepRunner.Outcome.Doubt(trouble));
    }

    /** How the run ends behind this outcome; empty when it goes on. */
    private Optional<Ending> after(Step step, StepRunner.Outcome outcome) {
        if (outcome instanceof StepRunner.Outcome.Declined declined) {
            return Optional.of(stop(Ending.DECLINED, declined.message()));
        }
        if (outcome instanceof StepRunner.Outcome.Unanswered && world.control().isStopRequested()) {
            return Optional.of(stop(Ending.INTERRUPTED, "Interrupted at the question of step " + step.id() + "."));
        }
        if (outcome instanceof StepRunner.Outcome.Paused paused) {
            return Optional.of(stop(Ending.PAUSED, paused.message()));
        }
        if (outcome instanceof StepRunner.Outcome.Unanswered unanswered) {
            return Optional.of(stop(Ending.NEEDS_ANSWER, unanswered.message()));
        }
        if (outcome instanceof StepRunner.Outcome.Finished) {
            return Optional.empty();
        }
        if (outcome instanceof StepRunner.Outcome.Interrupted || world.control().isCancelled()) {
            return Optional.of(interrupted(step));
        }
        return outcome instanceof StepRunner.Outcome.Failed failed
                ? decide(step, Question.Kind.FAILURE, failed.trouble())
                : decide(step, Question.Kind.DOUBT, ((StepRunner.Outcome.Doubt) outcome).trouble());
    }

    private Ending interrupted(Step step) {
        return stop(Ending.INTERRUPTED, "Interrupted in step " + step.id() + ".");
    }

    private Optional<Ending> decide(Step step, Question.Kind kind, Trouble trouble) {
        boolean doubt = kind == Question.Kind.DOUBT;
        Decisions.Way way = decisions.decide(step, kind, trouble.message());
        if (!(way instanceof Decisions.Way.Decided) && world.control().isStopRequested()) {
            // a request to stop is never a decision
            return Optional.of(stop(
                    Ending.INTERRUPTED,
                    "Interrupted at step " + step.id() + (doubt ? ", which is in doubt: " : ", which failed: ")
                            + trouble.message()));
        }
        if (way instanceof Decisions.Way.Unanswered open) {
            return Optional.of(stop(Ending.NEEDS_ANSWER, open.message()));
        }
        if (way instanceof Decisions.Way.Undecided undecided) {
            return Optional.of(undecided(
                    step,
                    doubt,
                    undecided
                            .why()
                            .map(why -> Trouble.of(trouble.code(), trouble.message() + " " + why))
                            .orElse(trouble),
                    undecided.why()));
        }
        Decisions.Way.Decided said = (Decisions.Way.Decided) way;
        return switch (said.decision()) {
            case RETRY -> Optional.empty();
            case CHANGE -> {
                said.changed().ifPresent(this::change);
                yield Optional.empty();
            }
            case SKIP -> {
                recorder.append(
                        new RunEvent.StepSkipped(step.id().text(), said.made().reason(), Optional.of(said.by())));
                yield Optional.empty();
            }
            case DONE_BY_HAND -> again(step, countAsDone(step, doubt, said));
            case ROLL_BACK ->
                Optional.of(
                        rollbackList().steps().isEmpty()
                                ? stopAt(step, doubt, trouble)
                                : rollBack("the operator", Map.of()));
            case PAUSE ->
                Optional.of(stop(
                        doubt ? Ending.IN_DOUBT : Ending.PAUSED,
                        "Paused at step " + step.id() + ": " + trouble.message()));
        };
    }

    /** Where the decision could not be carried out, the operator is asked again. */
    private Optional<Ending> again(Step step, Optional<Trouble> trouble) {
        return trouble.flatMap(found -> decide(step, Question.Kind.FAILURE, found));
    }

    private void change(SiteChange.Outcome.Changed changed) {
        changed.shown()
                .forEach((name, value) -> recorder.append(new RunEvent.VariableChanged(name, value, "the operator")));
        crew = crew(changed.plan());
    }

    /** Somebody says that a failed step is done by hand: that is looked at. In doubt the person's word counts. */
    private Optional<Trouble> countAsDone(Step step, boolean doubt, Decisions.Way.Decided said) {
        Conditions.Verdict verdict = crew.conditions()
                .ask(step.id().text(), Phase.DONE_WHEN, step.task().doneWhen());
        if (doubt || verdict.holds()) {
            recorder.append(new RunEvent.StepDone(
                    step.id().text(), Optional.of(said.made().reason()), Optional.of(said.by())));
            return Optional.empty();
        }
        String why = verdict instanceof Conditions.Verdict.DoesNotHold not
                ? "Still not so: " + not.clause() + ". " + not.why()
                : ((Conditions.Verdict.Unknown) verdict).trouble().message();
        return Optional.of(fail(step, RetryPolicy.NOT_DONE, why));
    }

    private Trouble fail(Step step, String code, String why) {
        Trouble trouble = Trouble.of(code, why);
        boolean started = recorder.state().step(step.id().text()).started();
        recorder.append(new RunEvent.StepFailed(step.id().text(), trouble, started));
        return trouble;
    }

    /** Nobody decided; or what was decided beforehand cannot be, and why. */
    private Ending undecided(Step step, boolean doubt, Trouble trouble, Optional<String> refused) {
        if (refused.isPresent() && !doubt) {
            return stop(
                    recorder.state().hasChanges() ? Ending.FAILED_CHANGED : Ending.FAILED_UNCHANGED,
                    "Failed at step " + step.id() + ". " + refused.get());
        }
        RollbackPlan list = rollbackList();
        if (doubt || settings.onFailure() == OnFailure.STOP || list.barrier().isPresent()) {
            return stopAt(step, doubt, trouble);
        }
        if (list.steps().isEmpty()) {
            return failedUnchanged(step);
        }
        return decisions
                .mayRollBack(Map.of())
                .map(not -> stop(
                        Ending.FAILED_CHANGED,
                        "Failed at step " + step.id() + "; changes of this run remain."
                                + " --on-failure rollback is not done. " + not.why()))
                .orElseGet(() -> rollBack("--on-failure rollback", Map.of()));
    }

    private Ending stopAt(Step step, boolean doubt, Trouble trouble) {
        if (doubt) {
            return stop(
                    Ending.IN_DOUBT,
                    "Nobody knows whether step " + step.id() + " happened: " + trouble.message()
                            + " Look for yourself, then resume with one of: --decide " + step.id()
                            + "=retry, --decide \"" + step.id() + "=done-by-hand:REASON\". It cannot be skipped.");
        }
        return recorder.state().hasChanges()
                ? stop(
                        Ending.FAILED_CHANGED,
                        "Failed at step " + step.id() + "; changes of this run remain." + whyNotBack())
                : failedUnchanged(step);
    }

    private Ending failedUnchanged(Step step) {
        return stop(Ending.FAILED_UNCHANGED, "Failed at step " + step.id() + "; this run changed nothing.");
    }

    /** Why a rollback that was asked for beforehand is not done. */
    private String whyNotBack() {
        RollbackPlan list = rollbackList();
        if (settings.onFailure() == OnFailure.STOP || list.barrier().isEmpty()) {
            return "";
        }
        String choice = list.steps().isEmpty()
                ? " Nothing was started behind it that could be."
                : " To go back half-way, down to that step, is a person's choice: the command rollback does it.";
        return " --on-failure rollback is not done, for step "
                + place(list.barrier().get()) + " was passed and cannot be taken back." + choice;
    }

    private static String place(Step step) {
        Origin origin = step.id().origin();
        return step.id() + " (" + origin.source().name() + ":"
                + origin.position().line() + ")";
    }

    private Ending stop(Ending ending, String message) {
        return stop(new RunEvent.RunStopped(ending, message));
    }

    private Ending stop(RunEvent.RunStopped stopped) {
        recorder.append(stopped);
        return stopped.ending();
    }

    /** The workers of one run, put together. */
    record Parts(
            Scope scope,
            Binder binder,
            Absences absences,
            Conditions conditions,
            Decisions decisions,
            Conditions.Proof proof,
            Attempts tasks,
            FileCopying files,
            Decisions.Dialogue dialogue,
            Recorder recorder,
            RunControl control) {

        static Parts of(Plan plan, World world, Recorder recorder, Decisions.Dialogue dialogue, Decisions decisions) {
            Endpoints endpoints = world.endpoints();
            Scope scope = plan.site().scope();
            FactAsker facts = new FactAsker(
                    plan.runbook(),
                    plan.site(),
                    scope,
                    endpoints,
                    world.control().cancellation());
            Conditions conditions = new Conditions(plan.runbook(), plan.site(), facts, recorder, world);
            Binder binder = new Binder(plan.site());
            FileCopying files = new FileCopying(facts, binder, world, recorder);
            Conditions.Proof proof = new Conditions.Proof(conditions, files);
            Attempts.Sending sending = new Attempts.Sending(facts, binder, files, recorder, world);
            Attempts tasks = new Attempts(sending, proof, binder, recorder, world);
            return new Parts(
                    scope,
                    binder,
                    new Absences(plan.runbook(), plan.site()),
                    conditions,
                    decisions,
                    proof,
                    tasks,
                    files,
                    dialogue,
                    recorder,
                    world.control());
        }
    }

    /** Gives a variable another value in the middle of a run. */
    @FunctionalInterface
    public interface SiteChange {
        /** Refuses every change. */
        SiteChange NEVER = (plan, state, assignment) -> new Outcome.Refused("Variables cannot be changed here.");

        /**
         * Changes a variable that no finished step used and no step in doubt uses, and keeps the new value for a resume.
         *
         * @param assignment {@code name=value}, as typed
         */
        Outcome change(Plan plan, RunState state, String assignment);

        /** What came of it. */
        sealed interface Outcome {
            /**
             * The variable has the new value, and so have those whose defaults build on it.
             *
             * @param plan with them
             * @param shown the new values by variable, as people may see them, a secret as dots
             */
            record Changed(Plan plan, Map<String, String> shown) implements Outcome {
                /** Copies the map. */
                public Changed {
                    shown = Map.copyOf(shown);
                }
            }

            /** It keeps the old one, and why. */
            record Refused(String message) implements Outcome {}
        }
    }

    /** What happens at a failure when there is nobody to decide. */
    public enum OnFailure {
        /** The run stops and may be resumed. */
        STOP,
        /** What was started is taken back, unless a point of no return was passed: then the run stops. */
        ROLLBACK
    }

    /**
     * A decision on a step, given before the run.
     *
     * @param decision how to go on should the step fail or be in doubt
     * @param reason why; empty where the decision needs none
     * @param by who made it, and by what way
     */
    public record PriorDecision(Decision decision, String reason, String by) {
        /** How a decision is given with a command. */
        public static final String OPTION = "--decide";

        /** A decision of whoever gave the command. */
        public PriorDecision(Decision decision, String reason) {
            this(decision, reason, OPTION);
        }

        /** As it is given on the command line. */
        public String words() {
            String word = decision.name().toLowerCase(Locale.ROOT).replace('_', '-');
            return reason.isEmpty() ? word : word + ":" + reason;
        }
    }
}
