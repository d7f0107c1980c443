package dev.runbook.rehearsal.server;

import static dev.runbook.rehearsal.server.Procedure.Parameter.optional;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Sessions.Connection;
import dev.runbook.rehearsal.server.Procedure.Type;
import dev.runbook.rehearsal.tds.Column;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/** sp_who2: all sessions, as text, with the number of each in two columns of one name. */
final class WhoProcedure {
    private static final DateTimeFormatter LAST_BATCH = DateTimeFormatter.ofPattern("MM/dd HH:mm:ss");
    private static final List<Column> COLUMNS = Stream.of(
                    "SPID",
                    "Status",
                    "Login",
                    "HostName",
                    "BlkBy",
                    "DBName",
                    "Command",
                    "CPUTime",
                    "DiskIO",
                    "LastBatch",
                    "ProgramName",
                    "SPID",
                    "REQUESTID")
            .map(name -> new Column(name, Column.Type.NVARCHAR))
            .toList();

    private WhoProcedure() {}

    static List<Procedure> all() {
        return List.of(Procedure.forAll("sp_who2", WhoProcedure::show, optional("loginame", Type.NVARCHAR)));
    }

    private static Outcome show(EstateState state, Procedure.Arguments arguments, Execution execution) {
        List<List<Object>> rows = state.server(execution.server()).sessions().connections().stream()
                .filter(one -> arguments
                        .text("loginame")
                        .filter(login -> !login.equalsIgnoreCase(one.login()))
                        .isEmpty())
                .map(WhoProcedure::row)
                .toList();
        return Outcome.rows(state, new Catalog.Answer.Rows(COLUMNS, rows));
    }

    private static List<Object> row(Connection one) {
        String spid = "%-5d".formatted(one.spid());
        return List.of(
                spid,
                one.busy() ? "RUNNABLE" : "sleeping",
                one.login(),
                one.host().isEmpty() ? "  ." : one.host(),
                "  .",
                one.database(),
                one.command(),
                "0",
                "0",
                LAST_BATCH.format(one.since()),
                one.program(),
                spid,
                "0");
    }
}
