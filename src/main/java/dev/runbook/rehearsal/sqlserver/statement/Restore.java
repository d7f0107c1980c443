package dev.runbook.rehearsal.sqlserver.statement;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Contents;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.History;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.sqlserver.Complaint;
import dev.runbook.rehearsal.sqlserver.Execution;
import dev.runbook.rehearsal.sqlserver.Outcome;
import dev.runbook.rehearsal.sqlserver.backup.BackupDevices;
import dev.runbook.rehearsal.sqlserver.backup.Media;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * RESTORE DATABASE or RESTORE LOG from one file.
 *
 * @param type which of both
 * @param database its name
 * @param device the path as written
 * @param options what stands behind WITH
 */
public record Restore(BackupSet.Type type, String database, String device, Options options)
        implements Statement.Lengthy {
    /** In which state a restore leaves the database. */
    public enum Ending {
        /** Online; the default of the server. */
        RECOVERY,
        /** Waiting for more. */
        NORECOVERY,
        /** Readable, and waiting for more. */
        STANDBY
    }

    /**
     * What stands behind WITH.
     *
     * @param position FILE
     * @param moves MOVE: the new path by the logical name in lower case
     * @param replace REPLACE
     * @param ending RECOVERY, NORECOVERY or STANDBY
     * @param checksum CHECKSUM
     * @param stats STATS
     */
    public record Options(
            int position, Map<String, String> moves, boolean replace, Ending ending, boolean checksum, int stats) {
        /** NORECOVERY from the first set. */
        public static final Options NORECOVERY = new Options(1, Map.of(), false, Ending.NORECOVERY, false, 0);

        /** Copies the moves. */
        public Options {
            moves = Map.copyOf(moves);
        }

        /** With another ending. */
        public Options ending(Ending other) {
            return new Options(position, moves, replace, other, checksum, stats);
        }
    }

    @Override
    public String command() {
        return type == BackupSet.Type.FULL ? "RESTORE DATABASE" : "RESTORE LOG";
    }

    @Override
    public int stats() {
        return options.stats();
    }

    /** The files of a database are made first; a log that is applied lets them grow. */
    @Override
    public Optional<NoRoom> noRoom() {
        return Optional.of(
                type == BackupSet.Type.FULL
                        ? new NoRoom(Complaint.NO_ROOM_FOR_DATABASE.of(database), true)
                        : new NoRoom(Complaint.CANNOT_EXPAND.of(database), false));
    }

    @Override
    public boolean exclusive() {
        return true;
    }

    @Override
    public SqlError forbidden() {
        return Complaint.NO_RESTORE_PERMISSION.of(database);
    }

    @Override
    public Outcome begin(EstateState state, Execution execution) {
        Server server = state.server(execution.server());
        if (set(server) instanceof Found found) {
            List<SqlError> refusals = type == BackupSet.Type.FULL
                    ? FullRestoreRules.refusals(this, server, found.set(), execution.spid())
                    : LogRestoreRules.refusals(this, server, found.set(), execution.spid());
            return refusals.isEmpty()
                    ? Outcome.done(state.with(server.with(begun(server, found.set(), execution))))
                    : failed(refusals);
        }
        return failed(((Missing) set(server)).errors());
    }

    @Override
    public Outcome complete(EstateState state, Execution execution) {
        Server server = state.server(execution.server());
        Optional<Database> begun = server.database(database);
        if (begun.isEmpty()) {
            return failed(List.of(Complaint.ABORTED.of()));
        }
        if (set(server) instanceof Found found) {
            return restored(state, server, begun.get(), found.set(), execution);
        }
        return failed(((Missing) set(server)).errors());
    }

    /** The mark by which a server knows that this very restore was cut off. */
    Database.Interrupted mark() {
        return new Database.Interrupted(type.letter().charAt(0), device, options.position());
    }

    private Outcome restored(EstateState state, Server server, Database begun, BackupSet set, Execution execution) {
        boolean full = type == BackupSet.Type.FULL;
        Database base = full ? Restoration.replaced(begun, set, options.moves()) : begun;
        Database result = Restoration.ended(base, set, options.ending(), execution);
        History known = server.history().plus(set, device);
        History.Restore entry = new History.Restore(
                known.restores().size() + 1,
                execution.now(),
                begun.name(),
                execution.login(),
                known.find(set, device).orElseThrow().id(),
                type.letter().charAt(0),
                options.replace(),
                options.ending() == Ending.RECOVERY);
        List<SqlError> notices =
                Notices.processed(command(), database, set.position(), full ? set.files() : Notices.logs(set.files()));
        return new Outcome.Done(state.with(server.with(result).with(known.plus(entry))), notices, Optional.empty(), 0);
    }

    private Database begun(Server server, BackupSet set, Execution execution) {
        Database there = server.database(database)
                .orElseGet(() -> Restoration.created(database, server.freeDatabaseId(), set, execution.now()));
        Database cut = there.with(there.status().cutOff(mark()));
        return type == BackupSet.Type.FULL ? cut.with(Contents.EMPTY) : cut;
    }

    private sealed interface Lookup permits Found, Missing {}

    private record Found(BackupSet set) implements Lookup {}

    private record Missing(List<SqlError> errors) implements Lookup {}

    private Lookup set(Server server) {
        Media media = BackupDevices.of(server).read(device);
        if (media instanceof Media.Unreadable unreadable) {
            return new Missing(List.of(unreadable.error()));
        }
        List<BackupSet> sets = ((Media.Sets) media).sets();
        return options.position() < 1 || options.position() > sets.size()
                ? new Missing(List.of(Complaint.NO_SUCH_SET.of(options.position(), device)))
                : new Found(sets.get(options.position() - 1));
    }

    private Outcome failed(List<SqlError> errors) {
        List<SqlError> chain = new ArrayList<>(errors);
        chain.add(Complaint.ENDS.of(command()));
        return new Outcome.Failed(chain);
    }
}
