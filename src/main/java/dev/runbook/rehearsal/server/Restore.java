package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.History;
import dev.runbook.rehearsal.model.Lsn;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.tds.SqlError;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        List<SqlError> notices = Backup.Notices.processed(
                command(), database, set.position(), full ? set.files() : Backup.Notices.logs(set.files()));
        return new Outcome.Done(state.with(server.with(result).with(known.plus(entry))), notices, Optional.empty(), 0);
    }

    private Database begun(Server server, BackupSet set, Execution execution) {
        Database there = server.database(database)
                .orElseGet(() -> Restoration.created(database, server.freeDatabaseId(), set, execution.now()));
        Database cut = there.with(there.status().cutOff(mark()));
        return type == BackupSet.Type.FULL ? cut.with(Database.Contents.EMPTY) : cut;
    }

    private sealed interface Lookup permits Found, Missing {}

    private record Found(BackupSet set) implements Lookup {}

    private record Missing(List<SqlError> errors) implements Lookup {}

    private Lookup set(Server server) {
        BackupDevices.Media media = BackupDevices.of(server).read(device);
        if (media instanceof BackupDevices.Media.Unreadable unreadable) {
            return new Missing(List.of(unreadable.error()));
        }
        List<BackupSet> sets = ((BackupDevices.Media.Sets) media).sets();
        return options.position() < 1 || options.position() > sets.size()
                ? new Missing(List.of(Complaint.NO_SUCH_SET.of(options.position(), device)))
                : new Found(sets.get(options.position() - 1));
    }

    private Outcome failed(List<SqlError> errors) {
        List<SqlError> chain = new ArrayList<>(errors);
        chain.add(Complaint.ENDS.of(command()));
        return new Outcome.Failed(chain);
    }

    /** Why a backup set cannot be used at all, whatever the database is like. */
    private static final class SetRules {
        private SetRules() {}

        static Optional<SqlError> refusal(Restore restore, Server server, BackupSet set) {
            if (set.type() != restore.type()) {
                String made = set.type() == BackupSet.Type.FULL ? "BACKUP DATABASE" : "BACKUP LOG";
                return Optional.of(Complaint.WRONG_KIND.of(restore.device(), made));
            }
            if (major(set.origin().version()) > major(server.identity().version())) {
                return Optional.of(Complaint.NEWER_SERVER.of(
                        set.origin().version(), server.identity().version()));
            }
            if (set.flags().damaged()) {
                return Optional.of(Complaint.DAMAGED.of(restore.database()));
            }
            return restore.options().checksum() && !set.flags().checksums()
                    ? Optional.of(Complaint.NO_CHECKSUMS.of())
                    : Optional.empty();
        }

        private static int major(String version) {
            int dot = version.indexOf('.');
            return Integer.parseInt(dot < 0 ? version : version.substring(0, dot));
        }
    }

    /** Why a full backup cannot be restored. An earlier restore that was cut off is no reason: this one begins anew. */
    private static final class FullRestoreRules {
        private FullRestoreRules() {}

        static List<SqlError> refusals(Restore restore, Server server, BackupSet set, int spid) {
            return Restore.SetRules.refusal(restore, server, set)
                    .or(() -> server.database(restore.database())
                            .flatMap(there -> overwriting(restore, server, there, set, spid)))
                    .map(List::of)
                    .orElseGet(() -> placing(restore, server, set));
        }

        private static Optional<SqlError> overwriting(
                Restore restore, Server server, Database there, BackupSet set, int spid) {
            if (there.mirroring().isPresent()) {
                return Optional.of(Complaint.CANNOT_OPERATE_MIRRORED.of(there.name()));
            }
            Optional<SqlError> occupied = Access.occupied(server, there.name(), spid);
            if (occupied.isPresent() || restore.options().replace()) {
                return occupied;
            }
            if (!there.lineage().family().equals(set.lineage().family())) {
                return Optional.of(Complaint.OTHER_DATABASE.of(there.name()));
            }
            boolean tail = there.writable()
                    && there.options().recovery() != Database.RecoveryModel.SIMPLE
                    && there.log().tailUnsaved();
            return tail ? Optional.of(Complaint.TAIL_UNSAVED.of(there.name())) : Optional.empty();
        }

        private static List<SqlError> placing(Restore restore, Server server, BackupSet set) {
            Map<String, String> moves = restore.options().moves();
            for (String logical : moves.keySet()) {
                if (set.files().stream().noneMatch(file -> file.logical().equalsIgnoreCase(logical))) {
                    return List.of(Complaint.NO_LOGICAL_FILE.of(logical, restore.database()));
                }
            }
            for (Database.DatabaseFile file : Restoration.placed(set, moves)) {
                Optional<Database> owner = owner(server, file.physical(), restore.database());
                if (owner.isPresent()) {
                    return List.of(
                            Complaint.FILE_TAKEN.of(file.physical(), owner.get().name()),
                            Complaint.CANNOT_PLACE.of(file.logical(), file.physical()),
                            Complaint.PLANNING.of());
                }
            }
            return List.of();
        }

        private static Optional<Database> owner(Server server, String path, String except) {
            return server.databases().values().stream()
                    .filter(database -> !database.name().equalsIgnoreCase(except))
                    .filter(database -> database.files().stream().anyMatch(file -> same(file.physical(), path)))
                    .findFirst();
        }

        private static boolean same(String one, String other) {
            return one.replace('/', '\\')
                    .toLowerCase(Locale.ROOT)
                    .equals(other.replace('/', '\\').toLowerCase(Locale.ROOT));
        }
    }

    /** Why a log backup cannot be restored: the state of the database, then the path of history, then the place in the log. */
    private static final class LogRestoreRules {
        private LogRestoreRules() {}

        static List<SqlError> refusals(Restore restore, Server server, BackupSet set, int spid) {
            Optional<Database> there = server.database(restore.database());
            if (there.isEmpty()) {
                return List.of(Complaint.RESTORE_NO_DATABASE.of(restore.database()));
            }
            return state(restore, server, there.get(), spid)
                    .or(() -> Restore.SetRules.refusal(restore, server, set))
                    .or(() -> order(there.get(), set))
                    .map(List::of)
                    .orElseGet(List::of);
        }

        private static Optional<SqlError> state(Restore restore, Server server, Database there, int spid) {
            if (there.mirroring().isPresent()) {
                return Optional.of(Complaint.CANNOT_OPERATE_MIRRORED.of(there.name()));
            }
            Optional<SqlError> occupied = Access.occupied(server, there.name(), spid);
            if (occupied.isPresent() && !plainlyOnline(there)) {
                return occupied;
            }
            Optional<Database.Interrupted> cut = there.status().interrupted();
            if (cut.isPresent() && cut.get().recovery()) {
                return Optional.of(Complaint.RECOVERY_CUT_OFF.of());
            }
            if (cut.isPresent() && !cut.get().equals(restore.mark())) {
                return Optional.of(Complaint.CUT_OFF.of(there.name()));
            }
            return there.restorable() ? Optional.empty() : Optional.of(Complaint.NOTHING_TO_ROLL_FORWARD.of());
        }

        private static boolean plainlyOnline(Database there) {
            return there.online() && !there.status().standby();
        }

        private static Optional<SqlError> order(Database there, BackupSet set) {
            if (!there.lineage().family().equals(set.lineage().family())) {
                return Optional.of(Complaint.OTHER_DATABASE.of(there.name()));
            }
            Lsn from = there.log().redo().orElseThrow().start();
            Lsn last = set.span().last();
            if (!there.lineage().agrees(set.lineage(), from.min(last))) {
                return Optional.of(Complaint.OTHER_PATH.of());
            }
            if (set.span().first().after(from)) {
                return Optional.of(Complaint.TOO_LATE.of(set.span().first(), from));
            }
            return last.after(from) ? Optional.empty() : Optional.of(Complaint.TOO_EARLY.of(last, from));
        }
    }

    /** What a restore makes of a database. */
    static final class Restoration {
        /** How much log a recovery writes. */
        private static final int LOG_OF_RECOVERY = 20;

        private Restoration() {}

        /** A database that was not there before. */
        static Database created(String name, int id, BackupSet set, LocalDateTime now) {
            return new Database(
                    name,
                    id,
                    now,
                    Database.Status.RESTORING,
                    set.options(),
                    set.lineage(),
                    Database.LogPosition.at(set.span().last()),
                    Optional.empty(),
                    set.files(),
                    set.contents());
        }

        /** Everything comes from the full backup, the files perhaps at other paths. */
        static Database replaced(Database begun, BackupSet set, Map<String, String> moves) {
            return new Database(
                    begun.name(),
                    begun.id(),
                    begun.created(),
                    begun.status(),
                    new Database.Options(
                            set.options().recovery(),
                            Database.UserAccess.MULTI_USER,
                            set.options().readOnly()),
                    set.lineage(),
                    Database.LogPosition.at(set.span().last())
                            .fullyBackedUp(set.span().checkpoint()),
                    Optional.empty(),
                    placed(set, moves),
                    set.contents());
        }

        /** The files of a set, each where MOVE puts it. */
        static List<Database.DatabaseFile> placed(BackupSet set, Map<String, String> moves) {
            return set.files().stream()
                    .map(file -> file.at(moves.getOrDefault(file.logical().toLowerCase(Locale.ROOT), file.physical())))
                    .toList();
        }

        /** At the end of a set: with its contents and log, and in the state that was asked for. */
        static Database ended(Database base, BackupSet set, Restore.Ending ending, Execution execution) {
            Lsn end = set.span().last();
            Database.LogPosition log = new Database.LogPosition(
                    end,
                    Optional.of(end),
                    set.span().checkpoint(),
                    base.log().fullBackup(),
                    Optional.of(
                            new Database.LogPosition.Redo(end, set.lastFork().id())));
            Database rolled = base.with(set.contents()).with(set.lineage()).with(log);
            return switch (ending) {
                case NORECOVERY -> rolled.with(Database.Status.RESTORING);
                case STANDBY -> rolled.with(Database.Status.STANDBY);
                case RECOVERY -> recovered(rolled, execution);
            };
        }

        /** Online, at the beginning of a new branch of history. */
        static Database recovered(Database waiting, Execution execution) {
            Lsn from = waiting.log().last();
            Database.LogPosition log = waiting.log().open().to(from.plus(LOG_OF_RECOVERY));
            boolean simple = waiting.options().recovery() == Database.RecoveryModel.SIMPLE;
            return waiting.with(Database.Status.ONLINE)
                    .with(simple ? log.unchained() : log)
                    .with(waiting.lineage().forked(execution.ids().get(), from));
        }
    }

    /**
     * RESTORE DATABASE … WITH RECOVERY, without FROM: brings online what waits for more. Cut off, it can only be said again.
     *
     * @param database its name
     */
    public record Recover(String database) implements Statement.Lengthy {
        @Override
        public String command() {
            return "RESTORE DATABASE";
        }

        @Override
        public int stats() {
            return 0;
        }

        /** Recovery writes log: it undoes what was not committed. */
        @Override
        public Optional<NoRoom> noRoom() {
            return Optional.of(new NoRoom(Complaint.LOG_FULL.of(database), false));
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
            return refusal(server, execution.spid())
                    .map(error -> Outcome.failed(error, Complaint.ENDS.of(command())))
                    .orElseGet(() -> Outcome.done(state.with(server.change(
                            database,
                            waiting -> waiting.with(waiting.status().cutOff(Database.Interrupted.RECOVERY))))));
        }

        @Override
        public Outcome complete(EstateState state, Execution execution) {
            Server server = state.server(execution.server());
            Server recovered = server.change(database, waiting -> Restore.Restoration.recovered(waiting, execution));
            return Outcome.done(state.with(recovered), Backup.Notices.end(command(), 0));
        }

        private Optional<SqlError> refusal(Server server, int spid) {
            Optional<Database> there = server.database(database);
            if (there.isEmpty()) {
                return Optional.of(Complaint.NO_DATABASE.of(database));
            }
            if (there.get().mirroring().isPresent()) {
                return Optional.of(Complaint.CANNOT_OPERATE_MIRRORED.of(database));
            }
            Database.Status status = there.get().status();
            if (status.state() == Database.State.ONLINE && !status.standby()) {
                return Optional.of(Complaint.FULLY_RECOVERED.of());
            }
            Optional<SqlError> occupied = Access.occupied(server, database, spid);
            boolean otherCut =
                    status.interrupted().filter(cut -> !cut.recovery()).isPresent();
            return occupied.isEmpty() && otherCut ? Optional.of(Complaint.CUT_OFF.of(database)) : occupied;
        }
    }
}
