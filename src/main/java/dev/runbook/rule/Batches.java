package dev.runbook.rule;

import dev.runbook.model.ActionSpec;
import dev.runbook.model.FactSource;
import dev.runbook.model.Runbook;
import dev.runbook.model.Task;
import dev.runbook.model.Text;
import java.util.Optional;
import java.util.stream.Stream;

/** Goes through the T-SQL of a runbook. */
public final class Batches {
    private Batches() {}

    /** What steps and their rollbacks send. */
    public static Stream<Text> ofActions(Runbook runbook) {
        return Tasks.of(runbook).flatMap(task -> of(task).stream());
    }

    /** What facts ask. */
    public static Stream<Text> ofFacts(Runbook runbook) {
        return runbook.facts().values().stream()
                .map(fact -> fact.source())
                .filter(FactSource.Query.class::isInstance)
                .map(source -> ((FactSource.Query) source).sql());
    }

    /** All of it. */
    public static Stream<Text> of(Runbook runbook) {
        return Stream.concat(ofActions(runbook), ofFacts(runbook));
    }

    /** The T-SQL of one task, if that is what it does. */
    public static Optional<Text> of(Task task) {
        return task.action().filter(ActionSpec.Sql.class::isInstance).map(action -> ((ActionSpec.Sql) action).sql());
    }
}
