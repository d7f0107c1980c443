package dev.runbook.rehearsal.catalog;

import dev.runbook.rehearsal.catalog.Relation.Kind;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.model.Sessions.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The views of schema {@code sys} that show who is connected, and what they hold. */
final class SessionRelations {
    private SessionRelations() {}

    /** All of them. */
    static List<Relation<?>> all() {
        return List.of(sysprocesses(), sessions(), locks());
    }

    private static Relation<Row> sysprocesses() {
        return Relation.of("sysprocesses", SessionRelations::rows)
                .column("spid", Kind.SMALLINT, row -> row.connection().spid())
                .constant("kpid", Kind.SMALLINT, 0)
                .constant("blocked", Kind.SMALLINT, 0)
                .column("dbid", Kind.SMALLINT, Row::databaseId)
                .column("login_time", Kind.DATETIME, row -> row.connection().since())
                .column("last_batch", Kind.DATETIME, row -> row.connection().since())
                .constant("ecid", Kind.SMALLINT, 0)
                .column("open_tran", Kind.SMALLINT, Row::transactions)
                .column("status", Kind.TEXT, row -> row.connection().busy() ? "runnable" : "sleeping")
                .column("hostname", Kind.TEXT, row -> row.connection().host())
                .column("program_name", Kind.TEXT, row -> row.connection().program())
                .column("cmd", Kind.TEXT, row -> row.connection().command())
                .column("loginame", Kind.TEXT, row -> row.connection().login())
                .build();
    }

    private static Relation<Row> sessions() {
        return Relation.of("dm_exec_sessions", SessionRelations::rows)
                .column("session_id", Kind.SMALLINT, row -> row.connection().spid())
                .column("login_time", Kind.DATETIME, row -> row.connection().since())
                .column("host_name", Kind.TEXT, row -> row.connection().host())
                .column("program_name", Kind.TEXT, row -> row.connection().program())
                .constant("client_interface_name", Kind.TEXT, "")
                .column("login_name", Kind.TEXT, row -> row.connection().login())
                .column("status", Kind.TEXT, row -> row.connection().busy() ? "running" : "sleeping")
                .column("is_user_process", Kind.BIT, Row::user)
                .column(
                        "last_request_start_time",
                        Kind.DATETIME,
                        row -> row.connection().since())
                .column(
                        "last_request_end_time",
                        Kind.DATETIME,
                        row -> row.connection().since())
                .constant("endpoint_id", Kind.INT, 4)
                .column("database_id", Kind.SMALLINT, Row::databaseId)
                .column("authenticating_database_id", Kind.SMALLINT, row -> 1)
                .column("open_transaction_count", Kind.INT, Row::transactions)
                .build();
    }

    private static Relation<Lock> locks() {
        return Relation.of("dm_tran_locks", SessionRelations::held)
                .column("resource_type", Kind.TEXT, Lock::type)
                .column("resource_subtype", Kind.TEXT, lock -> "")
                .column("resource_database_id", Kind.INT, Lock::databaseId)
                .column("resource_description", Kind.TEXT, Lock::description)
                .constant("resource_associated_entity_id", Kind.BIGINT, 0L)
                .column("request_mode", Kind.TEXT, Lock::mode)
                .constant("request_type", Kind.TEXT, "LOCK")
                .constant("request_status", Kind.TEXT, "GRANT")
                .column("request_session_id", Kind.INT, Lock::spid)
                .column("request_owner_type", Kind.TEXT, Lock::owner)
                .build();
    }

    private record Row(Connection connection, Optional<Integer> databaseId, int transactions) {
        private boolean user() {
            return connection.kind() != Connection.Kind.SYSTEM;
        }
    }

    private record Lock(String type, int databaseId, String description, String mode, int spid, String owner) {}

    private static List<Row> rows(CatalogView view) {
        return view.server().sessions().connections().stream()
                .map(connection -> new Row(
                        connection,
                        view.databaseId(connection.database()),
                        view.server()
                                .sessions()
                                .transaction(connection.spid())
                                .map(Sessions.Transaction::depth)
                                .orElse(0)))
                .toList();
    }

    /** Whoever is in a database holds a shared lock on it; application locks come on top. */
    private static List<Lock> held(CatalogView view) {
        Stream<Lock> databases = rows(view).stream()
                .filter(row -> row.databaseId().filter(id -> id > 1).isPresent())
                .map(row -> new Lock(
                        "DATABASE",
                        row.databaseId().get(),
                        "",
                        "S",
                        row.connection().spid(),
                        "SHARED_TRANSACTION_WORKSPACE"));
        List<Lock> all = new ArrayList<>(databases.toList());
        view.server().sessions().locks().forEach(lock -> all.add(applicationLock(lock)));
        return all;
    }

    /** The description shows the first 32 characters of the name, as SQL Server does, and a hash that nobody can read. */
    private static Lock applicationLock(Sessions.AppLock lock) {
        String name = lock.resource().substring(0, Math.min(32, lock.resource().length()));
        String description = "0:[%s]:(%08x)".formatted(name, lock.resource().hashCode());
        String mode = lock.mode().equalsIgnoreCase("Exclusive") ? "X" : "S";
        return new Lock("APPLICATION", 1, description, mode, lock.spid(), "SESSION");
    }
}
