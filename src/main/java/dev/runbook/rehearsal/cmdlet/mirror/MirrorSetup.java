package dev.runbook.rehearsal.cmdlet.mirror;

import dev.runbook.rehearsal.cmdlet.CmdletError;
import dev.runbook.rehearsal.model.Connection;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Lsn;
import dev.runbook.rehearsal.sqlserver.backup.ServerPaths;
import dev.runbook.rehearsal.sqlserver.statement.Mirrorings;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The making of a mirror.
 *
 * @param target what is mirrored, and where
 * @param drop whether an old copy on the mirror is dropped
 */
record MirrorSetup(MirrorTarget target, boolean drop) {
    /**
     * Refuses what the cmdlet would fail on.
     *
     * @throws CmdletError with the number of SQL Server in the message where it is SQL Server that refuses
     */
    void check(String share, String cmdlet) {
        boolean writable = new ServerPaths(target.principal().paths())
                .real(share)
                .filter(Files::isDirectory)
                .isPresent();
        if (!writable) {
            throw refusal("The share \"" + share + "\" is not there.", "FileShareNotFound", cmdlet);
        }
        checkPrincipal(cmdlet);
        checkMirror(cmdlet);
    }

    /** The estate with both partners. They are in step a little later, as time passes there. */
    EstateState done(EstateState state, UUID session) {
        EstateState backedUp = state.change(
                target.principal().name(), server -> server.change(target.database(), MirrorSetup::backedUp));
        return Mirrorings.establish(
                backedUp, target.principal().name(), target.mirror().name(), target.database(), session);
    }

    // the cmdlet takes a full and a log backup of its own, which log shipping then misses
    private static Database backedUp(Database database) {
        Lsn last = database.log().last();
        return database.with(database.log().fullyBackedUp(last).backedUpTo(last));
    }

    private void checkPrincipal(String cmdlet) {
        String name = target.database();
        Database database = principal()
                .orElseThrow(() -> refusal(
                        "Database '" + name + "' does not exist on "
                                + target.principal().name() + " (911).",
                        "DatabaseNotFound",
                        cmdlet));
        if (database.mirroring().isPresent()) {
            throw refusal(
                    "The database \"" + name + "\" is already enabled for database mirroring (1405).",
                    "DatabaseAlreadyMirrored",
                    cmdlet);
        }
        if (!database.writable()) {
            throw refusal(
                    "Database '" + name + "' on " + target.principal().name()
                            + " cannot be backed up: it is not online and writable (927).",
                    "DatabaseNotOnline",
                    cmdlet);
        }
        if (database.options().recovery() != Database.RecoveryModel.FULL) {
            throw refusal(
                    "Database \"" + name + "\" cannot be mirrored: its recovery model is not FULL (1465).",
                    "RecoveryModelNotFull",
                    cmdlet);
        }
    }

    private void checkMirror(String cmdlet) {
        Optional<Database> old = target.mirror().database(target.database());
        if (old.isEmpty()) {
            return;
        }
        String copy =
                "'" + target.database() + "' on the mirror " + target.mirror().name();
        if (old.get().mirroring().isPresent()) {
            throw refusal(
                    "The database " + copy + " is enabled for database mirroring; this must be removed before it"
                            + " can be dropped (3743).",
                    "MirrorDatabaseInUse",
                    cmdlet);
        }
        List<Connection> users = target.mirror().sessions().in(target.database());
        if (!users.isEmpty()) {
            throw refusal(
                    "Cannot drop the database " + copy + " because it is currently in use (3702).",
                    "MirrorDatabaseInUse",
                    cmdlet);
        }
        if (!drop) {
            throw refusal(
                    "The database " + copy + " exists already. Use -DropExistingDatabasesOnMirror.",
                    "MirrorDatabaseExists",
                    cmdlet);
        }
    }

    private Optional<Database> principal() {
        return target.principal().database(target.database());
    }

    private static CmdletError refusal(String message, String id, String cmdlet) {
        return CmdletError.of(message, id, "InvalidOperation", cmdlet);
    }
}
