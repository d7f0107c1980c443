package dev.runbook.rule;

import dev.runbook.language.Condition;
import dev.runbook.language.Fact;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Goes through what steps do and ask, the way back included. */
public final class Tasks {
    private Tasks() {}

    /** The step's own task and those of its rollback. */
    private static Stream<Task> of(Step step) {
        return Stream.concat(Stream.of(step.task()), entries(step).stream().map(Step.Rollback.Entry::task));
    }

    /** All tasks of all steps. */
    static Stream<Task> of(Runbook runbook) {
        return runbook.steps().stream().flatMap(Tasks::of);
    }

    /** All actions of all steps. */
    public static Stream<Task.Action> actions(Runbook runbook) {
        return of(runbook).flatMap(task -> task.action().stream());
    }

    /** All clauses of all conditions of all steps. */
    static Stream<Condition.Clause> clauses(Runbook runbook) {
        return runbook.steps().stream()
                .flatMap(step -> Stream.of(
                                Stream.of(step.when(), step.require()),
                                entries(step).stream().flatMap(entry -> Stream.of(entry.when(), entry.require())),
                                of(step).map(Task::doneWhen))
                        .flatMap(conditions -> conditions))
                .flatMap(condition -> condition.clauses().stream());
    }

    /** The actions of the step's rollback. */
    static List<Step.Rollback.Entry> entries(Step step) {
        return step.rollback()
                .filter(Step.Rollback.Actions.class::isInstance)
                .map(rollback -> ((Step.Rollback.Actions) rollback).entries())
                .orElse(List.of());
    }

    /** Goes through the T-SQL of a runbook. */
    static final class Batches {
        private Batches() {}

        /** What steps and their rollbacks send. */
        static Stream<Text> ofActions(Runbook runbook) {
            return Tasks.of(runbook).flatMap(task -> of(task).stream());
        }

        /** What facts ask. */
        static Stream<Text> ofFacts(Runbook runbook) {
            return runbook.facts().values().stream()
                    .map(fact -> fact.source())
                    .filter(Fact.Source.Query.class::isInstance)
                    .map(source -> ((Fact.Source.Query) source).sql());
        }

        /** All of it. */
        static Stream<Text> of(Runbook runbook) {
            return Stream.concat(ofActions(runbook), ofFacts(runbook));
        }

        /** The T-SQL of one task, if that is what it does. */
        static Optional<Text> of(Task task) {
            return task.action()
                    .filter(Task.Action.Sql.class::isInstance)
                    .map(action -> ((Task.Action.Sql) action).sql());
        }
    }
}
