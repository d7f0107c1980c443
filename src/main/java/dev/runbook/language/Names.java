package dev.runbook.language;

import java.util.stream.Stream;

/** All names of variables and facts that something uses outside of texts. */
public final class Names {
    private Names() {}

    /** Of a step: conditions, remembered facts, servers and shells, what it is done for each of, and its rollback. */
    public static Stream<Name> of(Step step) {
        return Stream.of(
                        of(step.when()),
                        of(step.require()),
                        step.remember().values().stream(),
                        of(step.task()),
                        step.rollback().stream().flatMap(Names::of))
                .flatMap(names -> names);
    }

    /** Of a fact: its server, shell or target, and what it is asked for each of. */
    public static Stream<Name> of(Fact fact) {
        return Stream.concat(of(fact.source()), fact.forEach().stream());
    }

    private static Stream<Name> of(Fact.Source source) {
        if (source instanceof Fact.Source.Query query) {
            return Stream.of(query.server());
        }
        if (source instanceof Fact.Source.Cmdlet cmdlet) {
            return cmdlet.shell().stream();
        }
        return source instanceof Fact.Source.Reachable reachable ? Stream.of(reachable.target()) : Stream.empty();
    }

    private static Stream<Name> of(Step.Rollback rollback) {
        return rollback instanceof Step.Rollback.Actions actions
                ? actions.entries().stream()
                        .flatMap(entry -> Stream.of(of(entry.when()), of(entry.require()), of(entry.task()))
                                .flatMap(names -> names))
                : Stream.empty();
    }

    private static Stream<Name> of(Task task) {
        return Stream.of(task.action().stream().flatMap(Names::of), task.forEach().stream(), of(task.doneWhen()))
                .flatMap(names -> names);
    }

    private static Stream<Name> of(Task.Action action) {
        if (action instanceof Task.Action.Sql sql) {
            return Stream.of(sql.server());
        }
        if (action instanceof Task.Action.Procedure procedure) {
            return Stream.of(procedure.server());
        }
        return action instanceof Task.Action.Cmdlet cmdlet ? cmdlet.shell().stream() : Stream.empty();
    }

    private static Stream<Name> of(Condition condition) {
        return condition.clauses().stream().map(Condition.Clause::name);
    }
}
