package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.Database.Contents;
import dev.runbook.rehearsal.model.Database.DatabaseFile;
import dev.runbook.rehearsal.model.Database.LogPosition;
import dev.runbook.rehearsal.model.Database.Mirroring;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.History;
import dev.runbook.rehearsal.model.Lsn;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.server.BackupDevices.Media;
import dev.runbook.rehearsal.tds.SqlError;
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
 * @param options what follows WITH
 */
public record Restore(BackupSet.Type type, String database, String device, Options options)
        implements Statement.Lengthy {
    /** How much log a recovery writes. */
    private static final int LOG_OF_RECOVERY = 20;

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
     * What follows WITH.
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
                        ? new NoRoom(ServerError.NO_ROOM_FOR_DATABASE.of(database), true)
                        : new NoRoom(ServerError.CANNOT_EXPAND.of(database), false));
    }

    @Override
    public boolean exclusive() {
        return true;
    }

    @Override
    public SqlError forbidden() {
        return ServerError.NO_RESTORE_PERMISSION.of(database);
    }

    @Override
    public Outcome begin(EstateState state, Execution execution) {
        Server server = state.server(execution.server());
        Media media = media(server);
        if (media instanceof Media.Unreadable unreadable) {
            return failed(List.of(unreadable.error()));
        }
        BackupSet set = set(media);
        List<SqlError> refusals = full()
                ? fullRefusals(server, set, execution.spid())
                : logRefusal(server, set, execution.spid()).stream().toList();
        if (!refusals.isEmpty()) {
            return failed(refusals);
        }
        Database there = server.database(database).orElseGet(() -> created(server.freeDatabaseId(), set, execution));
        Database cut = there.with(there.status().cutOff(mark()));
        return Outcome.done(state.with(server.with(full() ? cut.with(Contents.EMPTY) : cut)));
    }

    @Override
    public Outcome complete(EstateState state, Execution execution) {
        Server server = state.server(execution.server());
        Optional<Database> begun = server.database(database);
        if (begun.isEmpty()) {
            return failed(List.of(ServerError.ABORTED.of()));
        }
        Media media = media(server);
        return media instanceof Media.Unreadable unreadable
                ? failed(List.of(unreadable.error()))
                : restored(state, server, begun.get(), set(media), execution);
    }

    private Outcome restored(EstateState state, Server server, Database begun, BackupSet set, Execution execution) {
        Database result = ended(full() ? replaced(begun, set) : begun, set, execution);
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
        List<SqlError> notices = Backup.processed(command(), database, set);
        return new Outcome.Done(state.with(server.with(result).with(known.plus(entry))), notices, Optional.empty(), 0);
    }

    private boolean full() {
        return type == BackupSet.Type.FULL;
    }

    /** The device, which holds the set that FILE names; or why nothing can be read from there. */
    private Media media(Server server) {
        Media media = new BackupDevices(server).read(device);
        boolean beyond = media instanceof Media.Sets found
                && (options.position() < 1 || options.position() > found.sets().size());
        return beyond ? new Media.Unreadable(ServerError.NO_SUCH_SET.of(options.position(), device)) : media;
    }

    private BackupSet set(Media media) {
        return ((Media.Sets) media).sets().get(options.position() - 1);
    }

    /** The mark by which a server knows that this very restore was cut off. */
    private Database.Interrupted mark() {
        return new Database.Interrupted(type.letter().charAt(0), device, options.position());
    }

    private Outcome failed(List<SqlError> errors) {
        List<SqlError> chain = new ArrayList<>(errors);
        chain.add(ServerError.ENDS.of(command()));
        return new Outcome.Failed(chain);
    }

    /** Why the set cannot be used at all, whatever the database is like. */
    private Optional<SqlError> setRefusal(Server server, BackupSet set) {
        if (set.type() != type) {
            return Optional.of(ServerError.WRONG_KIND.of(device, full() ? "BACKUP LOG" : "BACKUP DATABASE"));
        }
        if (major(set.origin().version()) > major(server.identity().version())) {
            return Optional.of(ServerError.NEWER_SERVER.of(
                    set.origin().version(), server.identity().version()));
        }
        if (set.flags().damaged()) {
            return Optional.of(ServerError.DAMAGED.of(database));
        }
        return options.checksum() && !set.flags().checksums()
                ? Optional.of(ServerError.NO_CHECKSUMS.of())
                : Optional.empty();
    }

    private static int major(String version) {
        int dot = version.indexOf('.');
        return Integer.parseInt(dot < 0 ? version : version.substring(0, dot));
    }

    /** Why a full backup cannot be restored. An earlier restore that was cut off is no reason: this one begins anew. */
    private List<SqlError> fullRefusals(Server server, BackupSet set, int spid) {
        return setRefusal(server, set)
                .or(() -> server.database(database).flatMap(there -> overwriting(server, there, set, spid)))
                .map(List::of)
                .orElseGet(() -> placing(server, set));
    }

    private Optional<SqlError> overwriting(Server server, Database there, BackupSet set, int spid) {
        if (there.mirroring().isPresent()) {
            return Optional.of(ServerError.CANNOT_OPERATE_MIRRORED.of(there.name()));
        }
        Optional<SqlError> occupied = Access.occupied(server, there.name(), spid);
        if (occupied.isPresent() || options.replace()) {
            return occupied;
        }
        if (!there.lineage().family().equals(set.lineage().family())) {
            return Optional.of(ServerError.OTHER_DATABASE.of(there.name()));
        }
        boolean tail = there.writable()
                && there.options().recovery() != Database.RecoveryModel.SIMPLE
                && there.log().tailUnsaved();
        return tail ? Optional.of(ServerError.TAIL_UNSAVED.of(there.name())) : Optional.empty();
    }

    private List<SqlError> placing(Server server, BackupSet set) {
        for (String logical : options.moves().keySet()) {
            if (set.files().stream().noneMatch(file -> file.logical().equalsIgnoreCase(logical))) {
                return List.of(ServerError.NO_LOGICAL_FILE.of(logical, database));
            }
        }
        for (DatabaseFile file : placed(set)) {
            Optional<Database> owner = owner(server, file.physical());
            if (owner.isPresent()) {
                return List.of(
                        ServerError.FILE_TAKEN.of(file.physical(), owner.get().name()),
                        ServerError.CANNOT_PLACE.of(file.logical(), file.physical()),
                        ServerError.PLANNING.of());
            }
        }
        return List.of();
    }

    /** The other database that a path belongs to. */
    private Optional<Database> owner(Server server, String path) {
        return server.databases().values().stream()
                .filter(other -> !other.name().equalsIgnoreCase(database))
                .filter(other -> other.files().stream()
                        .anyMatch(file -> file.physical().replace('/', '\\').equalsIgnoreCase(path.replace('/', '\\'))))
                .findFirst();
    }

    /** Why a log backup cannot be restored: the state of the database, then the path of history, then the place in the log. */
    private Optional<SqlError> logRefusal(Server server, BackupSet set, int spid) {
        Optional<Database> there = server.database(database);
        if (there.isEmpty()) {
            return Optional.of(ServerError.RESTORE_NO_DATABASE.of(database));
        }
        return unready(server, there.get(), spid)
                .or(() -> setRefusal(server, set))
                .or(() -> outOfOrder(there.get(), set));
    }

    private Optional<SqlError> unready(Server server, Database there, int spid) {
        if (there.mirroring().isPresent()) {
            return Optional.of(ServerError.CANNOT_OPERATE_MIRRORED.of(there.name()));
        }
        Optional<SqlError> occupied = Access.occupied(server, there.name(), spid);
        boolean plainlyOnline = there.online() && !there.status().standby();
        if (occupied.isPresent() && !plainlyOnline) {
            return occupied;
        }
        Optional<Database.Interrupted> cut = there.status().interrupted();
        if (cut.isPresent() && cut.get().recovery()) {
            return Optional.of(ServerError.RECOVERY_CUT_OFF.of());
        }
        if (cut.isPresent() && !cut.get().equals(mark())) {
            return Optional.of(ServerError.CUT_OFF.of(there.name()));
        }
        return there.restorable() ? Optional.empty() : Optional.of(ServerError.NOTHING_TO_ROLL_FORWARD.of());
    }

    private static Optional<SqlError> outOfOrder(Database there, BackupSet set) {
        if (!there.lineage().family().equals(set.lineage().family())) {
            return Optional.of(ServerError.OTHER_DATABASE.of(there.name()));
        }
        Lsn from = there.log().redo().orElseThrow().start();
        Lsn last = set.span().last();
        if (!there.lineage().agrees(set.lineage(), from.min(last))) {
            return Optional.of(ServerError.OTHER_PATH.of());
        }
        if (set.span().first().after(from)) {
            return Optional.of(ServerError.TOO_LATE.of(set.span().first(), from));
        }
        return last.after(from) ? Optional.empty() : Optional.of(ServerError.TOO_EARLY.of(last, from));
    }

    /** A database that was not there before. */
    private Database created(int id, BackupSet set, Execution execution) {
        return new Database(
                database,
                id,
                execution.now(),
                Database.Status.RESTORING,
                set.options(),
                set.lineage(),
                LogPosition.at(set.span().last()),
                Optional.empty(),
                set.files(),
                set.contents());
    }

    /** Everything comes from the full backup, the files perhaps at other paths. */
    private Database replaced(Database begun, BackupSet set) {
        Database.Options saved = set.options();
        return begun.with(new Database.Options(saved.recovery(), Database.UserAccess.MULTI_USER, saved.readOnly()))
                .with(set.lineage())
                .with(LogPosition.at(set.span().last()).fullyBackedUp(set.span().checkpoint()))
                .with(Optional.<Mirroring>empty())
                .with(placed(set))
                .with(set.contents());
    }

    /** The files of a set, each where MOVE puts it. */
    private List<DatabaseFile> placed(BackupSet set) {
        return set.files().stream()
                .map(file ->
                        file.at(options.moves().getOrDefault(file.logical().toLowerCase(Locale.ROOT), file.physical())))
                .toList();
    }

    /** At the end of a set: with its contents and log, and in the state that was asked for. */
    private Database ended(Database base, BackupSet set, Execution execution) {
        Lsn end = set.span().last();
        LogPosition log = new LogPosition(
                end,
                Optional.of(end),
                set.span().checkpoint(),
                base.log().fullBackup(),
                Optional.of(new LogPosition.Redo(end, set.lastFork().id())));
        Database rolled = base.with(set.contents()).with(set.lineage()).with(log);
        return switch (options.ending()) {
            case NORECOVERY -> rolled.with(Database.Status.RESTORING);
            case STANDBY -> rolled.with(Database.Status.STANDBY);
            case RECOVERY -> recovered(rolled, execution);
        };
    }

    /** Online, at the beginning of a new branch of history. */
    private static Database recovered(Database waiting, Execution execution) {
        Lsn from = waiting.log().last();
        LogPosition log = waiting.log().open().to(from.plus(LOG_OF_RECOVERY));
        boolean simple = waiting.options().recovery() == Database.RecoveryModel.SIMPLE;
        return waiting.with(Database.Status.ONLINE)
                .with(simple ? log.unchained() : log)
                .with(waiting.lineage().forked(execution.ids().get(), from));
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
            return Optional.of(new NoRoom(ServerError.LOG_FULL.of(database), false));
        }

        @Override
        public boolean exclusive() {
            return true;
        }

        @Override
        public SqlError forbidden() {
            return ServerError.NO_RESTORE_PERMISSION.of(database);
        }

        @Override
        public Outcome begin(EstateState state, Execution execution) {
            Server server = state.server(execution.server());
            return refusal(server, execution.spid())
                    .map(error -> Outcome.failed(error, ServerError.ENDS.of(command())))
                    .orElseGet(() -> Outcome.done(state.with(server.change(
                            database,
                            waiting -> waiting.with(waiting.status().cutOff(Database.Interrupted.RECOVERY))))));
        }

        @Override
        public Outcome complete(EstateState state, Execution execution) {
            Server server = state.server(execution.server());
            Server recovered = server.change(database, waiting -> Restore.recovered(waiting, execution));
            return Outcome.done(state.with(recovered), Backup.end(command(), 0));
        }

        private Optional<SqlError> refusal(Server server, int spid) {
            Optional<Database> there = server.database(database);
            if (there.isEmpty()) {
                return Optional.of(ServerError.NO_DATABASE.of(database));
            }
            if (there.get().mirroring().isPresent()) {
                return Optional.of(ServerError.CANNOT_OPERATE_MIRRORED.of(database));
            }
            Database.Status status = there.get().status();
            if (status.state() == Database.State.ONLINE && !status.standby()) {
                return Optional.of(ServerError.FULLY_RECOVERED.of());
            }
            Optional<SqlError> occupied = Access.occupied(server, database, spid);
            boolean otherCut =
                    status.interrupted().filter(cut -> !cut.recovery()).isPresent();
            return occupied.isEmpty() && otherCut ? Optional.of(ServerError.CUT_OFF.of(database)) : occupied;
        }
    }
}
