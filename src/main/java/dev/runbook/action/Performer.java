package dev.runbook.action;

import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.Limits;
import dev.runbook.plan.Operation;
import java.util.List;

/** Does what an operation says, once. */
public final class Performer {
    private final Endpoints endpoints;

    /** A performer over these endpoints. */
    public Performer(Endpoints endpoints) {
        this.endpoints = endpoints;
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
        return endpoints.files().missing(copy.from(), copy.to(), copy.include());
    }

    /** Deletes the files that copying added. */
    public Answer delete(List<String> paths) {
        return endpoints.files().delete(paths);
    }
}
