package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.model.Sessions.Connection;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.List;
import java.util.Optional;

/**
 * ALTER DATABASE … SET, except for mirroring.
 *
 * @param database its name
 * @param setting what is set
 * @param rollbackImmediate WITH ROLLBACK IMMEDIATE: others are ended
 */
record AlterDatabase(String database, Setting setting, boolean rollbackImmediate) implements Statement.AtOnce {
    /** What can be set. */
    sealed interface Setting {
        /** RECOVERY FULL, BULK_LOGGED or SIMPLE. */
        record Recovery(Database.RecoveryModel model) implements Setting {}

        /** READ_ONLY or READ_WRITE. */
        record ReadOnly(boolean on) implements Setting {}

        /** OFFLINE or ONLINE. */
        record Offline(boolean on) implements Setting {}

        /** MULTI_USER, SINGLE_USER or RESTRICTED_USER. */
        record Users(Database.UserAccess access) implements Setting {}
    }

    @Override
    public Outcome apply(EstateState state, Execution execution) {
        Server server = state.server(execution.server());
        Optional<Database> found = server.database(database);
        Optional<SqlError> refusal =
                found.isEmpty() ? Optional.of(forbidden()) : refusal(server, found.get(), execution.spid());
        return refusal.map(error -> Outcome.failed(error, ServerError.ALTER_FAILED.of()))
                .orElseGet(() -> Outcome.done(state.with(changed(server, execution.spid()))));
    }

    @Override
    public Optional<NoRoom> noRoom() {
        return NoRoom.inLogOf("master");
    }

    @Override
    public SqlError forbidden() {
        return ServerError.CANNOT_ALTER.of(database);
    }

    private Optional<SqlError> refusal(Server server, Database there, int spid) {
        if (there.mirroring().isPresent()) {
            return Optional.of(ServerError.MIRRORED.of(database));
        }
        if (there.status().standby()) {
            return Optional.of(ServerError.STANDBY_OPTION.of(database));
        }
        boolean offline = there.status().state() == Database.State.OFFLINE;
        if (offline && !(setting instanceof Setting.Offline)) {
            return Optional.of(ServerError.OFFLINE.of(database));
        }
        if (!there.online() && !offline) {
            return Optional.of(
                    ServerError.NOT_IN_THIS_STATE.of(there.status().state().name()));
        }
        boolean alone = setting instanceof Setting.ReadOnly
                || setting instanceof Setting.Offline
                || setting instanceof Setting.Users users && users.access() == Database.UserAccess.SINGLE_USER;
        boolean occupied = !Access.others(server, database, spid).isEmpty();
        return alone && occupied && !rollbackImmediate
                ? Optional.of(ServerError.OTHER_USERS.of(database))
                : Optional.empty();
    }

    private Server changed(Server server, int spid) {
        Server changed = server.change(database, this::set);
        if (!rollbackImmediate) {
            return changed;
        }
        Sessions left = changed.sessions();
        List<Connection> others = Access.others(changed, database, spid);
        for (Connection other : others) {
            left = left.without(other.spid());
        }
        return changed.with(left);
    }

    private Database set(Database there) {
        Database.Options old = there.options();
        if (setting instanceof Setting.Recovery recovery) {
            Database altered = there.with(new Database.Options(recovery.model(), old.access(), old.readOnly()));
            return recovery.model() == Database.RecoveryModel.SIMPLE
                    ? altered.with(altered.log().unchained())
                    : altered;
        }
        if (setting instanceof Setting.ReadOnly readOnly) {
            return there.with(new Database.Options(old.recovery(), old.access(), readOnly.on()));
        }
        if (setting instanceof Setting.Offline offline) {
            return there.with(offline.on() ? Database.Status.OFFLINE : Database.Status.ONLINE);
        }
        Database.UserAccess access = ((Setting.Users) setting).access();
        return there.with(new Database.Options(old.recovery(), access, old.readOnly()));
    }
}
