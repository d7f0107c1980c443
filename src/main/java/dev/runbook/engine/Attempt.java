package dev.runbook.engine;

import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Progress;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import dev.runbook.fact.Each;
import dev.runbook.fact.FactAsker;
import dev.runbook.fact.Troubles;
import dev.runbook.model.ActionSpec;
import dev.runbook.model.Task;
import dev.runbook.model.Text;
import dev.runbook.plan.Binder;
import dev.runbook.plan.Operation;
import dev.runbook.template.Fill;
import dev.runbook.template.Filled;
import dev.runbook.template.Problem;
import dev.runbook.template.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs an action once: for each of its things, in order, up to the first failure. */
public final class Attempt {
    private final FactAsker facts;
    private final Binder binder;
    private final Performer performer;
    private final Recorder recorder;
    private final World world;

    public Attempt(FactAsker facts, Binder binder, Performer performer, Recorder recorder, World world) {
        this.facts = facts;
        this.binder = binder;
        this.performer = performer;
        this.recorder = recorder;
        this.world = world;
    }

    /**
     * Asks for what the action is run, fills everything in, takes down that it begins, and runs it. Nothing is sent unless all
     * of it could be filled in.
     *
     * @param number of the attempt, over the whole run
     */
    public AttemptResult make(Work work, Task task, Scope scope, int number) {
        FactAsker.Items items =
                task.forEach().map(facts::items).orElseGet(() -> new FactAsker.Items.These(List.of(new Each.Once())));
        if (items instanceof FactAsker.Items.Unknown unknown) {
            return new AttemptResult.Failure(unknown.trouble());
        }
        ActionSpec spec = task.action().orElseThrow();
        List<Operation> operations = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Each each : ((FactAsker.Items.These) items).all()) {
            Filled<Operation> bound = binder.bind(spec, each.in(scope));
            problems.addAll(bound.problems());
            if (bound instanceof Filled.Complete<Operation> complete) {
                operations.add(complete.value());
            }
        }
        return problems.isEmpty()
                ? send(work, task, operations, number)
                : new AttemptResult.Failure(Troubles.of(problems));
    }

    private AttemptResult send(Work work, Task task, List<Operation> operations, int number) {
        if (operations.isEmpty()) {
            return new AttemptResult.Success();
        }
        recorder.append(new RunEvent.AttemptStarted(work, number, operations.size()));
        for (int item = 1; item <= operations.size(); item++) {
            Operation operation = operations.get(item - 1);
            Optional<Trouble> trouble = sendOne(work, task, operation, number, item);
            if (trouble.isPresent()) {
                return new AttemptResult.Failure(trouble.get());
            }
        }
        return new AttemptResult.Success();
    }

    /** What went wrong, unless it was harmless. */
    private Optional<Trouble> sendOne(Work work, Task task, Operation operation, int number, int item) {
        if (operation instanceof Operation.CopyFiles copy && performer.toCopy(copy) instanceof Answer.Rows files) {
            recorder.append(new RunEvent.FilesChosen(work, files.rows()));
        }
        recorder.append(new RunEvent.Sent(work, number, item, operation.target(), operation.text()));
        Limits limits = new Limits(
                task.timeout().map(Task.Period::length), world.control().cancellation(), progress(work));
        Answer answer = performer.perform(operation, limits);
        Optional<Trouble> trouble = answer instanceof Answer.Failed failed
                ? Optional.of(trouble(failed.failure(), task, operation))
                : Optional.empty();
        Optional<String> harmless = trouble.filter(failure -> !failure.unknown())
                .map(failure -> task.harmlessErrors().get(failure.code()))
                .map(reason -> Fill.forPeople(reason, Scope.EMPTY));
        recorder.append(new RunEvent.CameBack(work, number, item, trouble, harmless));
        return harmless.isPresent() ? Optional.empty() : trouble;
    }

    private Progress progress(Work work) {
        return new Progress() {
            @Override
            public void advanced(long done, long total, String unit) {
                world.watcher().advanced(work.step(), done, total, unit);
            }

            @Override
            public void said(String message) {
                world.watcher().said(work.step(), recorder.shown(message));
            }
        };
    }

    private static Trouble trouble(Failure failure, Task task, Operation operation) {
        Text text = SpecText.of(task.action().orElseThrow());
        return operation instanceof Operation.Sql sql
                ? Troubles.of(
                        failure,
                        text.origin(),
                        sql.sql().position(failure.line().orElse(1)))
                : Troubles.of(failure, text.origin(), text.origin().position());
    }
}
