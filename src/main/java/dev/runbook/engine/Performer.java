package dev.runbook.engine;

import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Progress;
import dev.runbook.plan.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Does what an operation says, once. */
public final class Performer {
    /** How long two folders are compared, or files deleted: far longer than a share needs that answers at all. */
    private static final Duration FILES_TIME = Duration.ofMinutes(5);

    private final Endpoints endpoints;
    private final Cancellation cancellation;

    /**
     * A performer over these endpoints.
     *
     * @param cancellation a request that comes while files are compared or deleted ends that
     */
    public Performer(Endpoints endpoints, Cancellation cancellation) {
        this.endpoints = endpoints;
        this.cancellation = cancellation;
    }

    /** Hands the operation to its endpoint and waits for the answer. */
    public Answer perform(Operation operation, Limits limits) {
        if (operation instanceof Operation.Sql sql) {
            return endpoints.sqlServer(sql.server()).execute(sql.sql().text(), limits);
        }
        if (operation instanceof Operation.Procedure procedure) {
            return endpoints.sqlServer(procedure.server()).call(procedure.name(), procedure.parameters(), limits);
        }
        if (operation instanceof Operation.Cmdlet cmdlet) {
            return endpoints.shell(cmdlet.shell()).invoke(cmdlet.name(), cmdlet.parameters(), List.of(), limits);
        }
        Operation.CopyFiles copy = (Operation.CopyFiles) operation;
        return endpoints.files().copy(copy.from(), copy.to(), copy.include(), limits);
    }

    /** The files that copying still has to bring: rows with {@code path} at the target and {@code replaced}. */
    public Answer toCopy(Operation.CopyFiles copy) {
        return cancellation.during(
                own -> endpoints.files().missing(copy.from(), copy.to(), copy.include(), limits(own)));
    }

    /** Deletes the files that copying added. */
    public Answer delete(List<String> paths) {
        return cancellation.during(own -> endpoints.files().delete(paths, limits(own)));
    }

    private static Limits limits(Cancellation cancellation) {
        return new Limits(Optional.of(FILES_TIME), cancellation, Progress.NONE);
    }
}
