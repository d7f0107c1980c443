package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.Database.Contents;
import dev.runbook.rehearsal.model.Database.DatabaseFile;
import dev.runbook.rehearsal.model.Database.Lineage;
import dev.runbook.rehearsal.model.Database.LogPosition;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Lsn;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.tds.SqlError;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * BACKUP DATABASE or BACKUP LOG to one file.
 *
 * @param type which of both
 * @param database its name
 * @param device the path as written
 * @param options what follows WITH
 */
public record Backup(BackupSet.Type type, String database, String device, Options options)
        implements Statement.Lengthy {
    /** How much log a backup itself writes, so that two never end at one point. */
    private static final int LOG_OF_FULL = 30;

    private static final int LOG_OF_LOG = 10;

    private static final Set<String> SYSTEM = Set.of("master", "model", "msdb");
    private static final LocalDateTime MADE = LocalDateTime.of(2003, 4, 8, 9, 13, 36);
    private static final UUID FAMILY_OF_SYSTEM = new UUID(0, 0);
    private static final Lsn FIRST_OF_SYSTEM = Lsn.parse("32000000004200001");

    /**
     * What follows WITH.
     *
     * @param label NAME and DESCRIPTION
     * @param overwrite INIT or FORMAT
     * @param checksum CHECKSUM
     * @param copyOnly COPY_ONLY
     * @param noRecovery NORECOVERY: the database is out of use afterwards
     * @param stats STATS
     */
    public record Options(
            BackupSet.Label label,
            boolean overwrite,
            boolean checksum,
            boolean copyOnly,
            boolean noRecovery,
            int stats) {
        /** Those of log shipping. */
        public static final Options PLAIN = new Options(new BackupSet.Label("", ""), true, true, false, false, 0);
    }

    @Override
    public String command() {
        return type == BackupSet.Type.FULL ? "BACKUP DATABASE" : "BACKUP LOG";
    }

    @Override
    public int stats() {
        return options.stats();
    }

    @Override
    public Optional<NoRoom> noRoom() {
        return Optional.of(new NoRoom(ServerError.WRITE_FAILED.of(device), false));
    }

    @Override
    public boolean exclusive() {
        return options.noRecovery();
    }

    @Override
    public SqlError forbidden() {
        return ServerError.NO_DATABASE_PERMISSION.of(command(), database);
    }

    @Override
    public Outcome begin(EstateState state, Execution execution) {
        Server server = state.server(execution.server());
        return refusal(server)
                .or(() -> options.noRecovery() ? Access.occupied(server, database, execution.spid()) : Optional.empty())
                .or(() -> openDevice(server))
                .map(this::failed)
                .orElseGet(() -> Outcome.done(state));
    }

    @Override
    public Outcome complete(EstateState state, Execution execution) {
        Server server = state.server(execution.server());
        Optional<SqlError> refusal = refusal(server);
        if (refusal.isPresent()) {
            return failed(refusal.get());
        }
        Database source = source(server).orElseThrow();
        BackupDevices devices = new BackupDevices(server);
        BackupSet set = set(server, source, execution).at(options.overwrite() ? 1 : devices.nextPosition(device));
        Optional<SqlError> unwritten = options.overwrite() ? devices.write(device, set) : devices.append(device, set);
        return unwritten.map(this::failed).orElseGet(() -> finished(state, server, source, set));
    }

    private Optional<SqlError> refusal(Server server) {
        Optional<Database> found = source(server);
        if (found.isEmpty()) {
            return Optional.of(ServerError.NO_DATABASE.of(database));
        }
        Database source = found.get();
        if (source.mirror()) {
            return Optional.of(ServerError.MIRROR_BACKUP.of());
        }
        if (source.status().standby()) {
            return Optional.of(ServerError.STANDBY_BACKUP.of(database));
        }
        return Access.refusal(server, database)
                .or(() -> type == BackupSet.Type.LOG ? logRefusal(source) : Optional.empty());
    }

    /** The database; one of the system is made up for the backup, since nothing else is ever asked of it. */
    private Optional<Database> source(Server server) {
        return server.database(database)
                .or(() -> isOfTheSystem()
                        ? Optional.of(new Database(
                                database.toLowerCase(Locale.ROOT),
                                0,
                                MADE,
                                Database.Status.ONLINE,
                                new Database.Options(
                                        Database.RecoveryModel.SIMPLE, Database.UserAccess.MULTI_USER, false),
                                Lineage.founded(FAMILY_OF_SYSTEM, FAMILY_OF_SYSTEM, FIRST_OF_SYSTEM),
                                LogPosition.at(FIRST_OF_SYSTEM),
                                Optional.empty(),
                                List.of(new DatabaseFile(1, DatabaseFile.Kind.ROWS, "modeldev", "C:\\model.mdf", 400)),
                                Contents.EMPTY))
                        : Optional.empty());
    }

    private boolean isOfTheSystem() {
        return SYSTEM.contains(database.toLowerCase(Locale.ROOT));
    }

    private Optional<SqlError> logRefusal(Database source) {
        if (source.options().recovery() == Database.RecoveryModel.SIMPLE) {
            return Optional.of(ServerError.NOT_IN_SIMPLE.of("BACKUP LOG"));
        }
        if (source.log().backedUp().isEmpty()) {
            return Optional.of(ServerError.NO_FULL_BACKUP.of());
        }
        return options.noRecovery() && source.mirroring().isPresent()
                ? Optional.of(ServerError.CANNOT_OPERATE_MIRRORED.of(database))
                : Optional.empty();
    }

    private Optional<SqlError> openDevice(Server server) {
        BackupDevices devices = new BackupDevices(server);
        return options.overwrite() ? devices.begin(device) : devices.appendable(device);
    }

    private BackupSet set(Server server, Database source, Execution execution) {
        Lsn reached = source.log().last();
        boolean full = type == BackupSet.Type.FULL;
        Lsn first = full ? reached : source.log().backedUp().orElseThrow();
        Lsn last = reached.plus(full ? LOG_OF_FULL : LOG_OF_LOG);
        Lsn checkpoint = full ? reached : source.log().checkpoint();
        boolean begins = !full && first.equals(source.log().fullBackup());
        return new BackupSet(
                execution.ids().get(),
                type,
                1,
                options.label(),
                new BackupSet.Origin(
                        server.name(),
                        server.identity().machine(),
                        server.identity().version(),
                        execution.login(),
                        source.name(),
                        source.created()),
                new BackupSet.Span(
                        first, last, checkpoint, source.log().fullBackup(), execution.now(), execution.now()),
                source.lineage(),
                source.options(),
                new BackupSet.Flags(options.checksum(), false, begins, options.copyOnly(), options.noRecovery()),
                source.files(),
                source.contents());
    }

    private Outcome finished(EstateState state, Server server, Database source, BackupSet set) {
        Database left = source.with(logBehind(source, set));
        if (options.noRecovery()) {
            LogPosition.Redo redo =
                    new LogPosition.Redo(set.span().last(), set.lastFork().id());
            left = left.with(Database.Status.RESTORING).with(left.log().waiting(redo));
        }
        List<SqlError> notices = processed(command(), database, set);
        Server changed = isOfTheSystem() ? server : server.with(left);
        EstateState next = state.with(changed.with(server.history().plus(set, device)));
        return new Outcome.Done(next, notices, Optional.empty(), 0);
    }

    private LogPosition logBehind(Database source, BackupSet set) {
        LogPosition grown = source.log().to(set.span().last());
        if (options.copyOnly()) {
            return grown;
        }
        if (type == BackupSet.Type.LOG) {
            return grown.backedUpTo(set.span().last());
        }
        LogPosition saved = grown.fullyBackedUp(set.span().checkpoint());
        return source.options().recovery() == Database.RecoveryModel.SIMPLE ? saved.unchained() : saved;
    }

    private Outcome failed(SqlError error) {
        return Outcome.failed(error, ServerError.ENDS.of(command()));
    }

    /** What BACKUP and RESTORE say when they are done: 4035 for each file, of which a log backup has only the log; 3014 at the end. */
    static List<SqlError> processed(String command, String database, BackupSet set) {
        List<SqlError> notices = new ArrayList<>();
        int pages = 0;
        for (DatabaseFile file : set.files()) {
            if (set.type() == BackupSet.Type.FULL || file.kind() == DatabaseFile.Kind.LOG) {
                pages += file.pages();
                notices.add(SqlError.info(
                        4035,
                        "Processed %d pages for database '%s', file '%s' on file %d."
                                .formatted(file.pages(), database, file.logical(), set.position())));
            }
        }
        notices.add(end(command, pages));
        return notices;
    }

    static SqlError end(String command, int pages) {
        return SqlError.info(3014, "%s successfully processed %d pages.".formatted(command, pages));
    }
}
