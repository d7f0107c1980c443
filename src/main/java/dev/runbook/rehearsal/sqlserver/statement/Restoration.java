package dev.runbook.rehearsal.sqlserver.statement;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.DatabaseFile;
import dev.runbook.rehearsal.model.LogPosition;
import dev.runbook.rehearsal.model.Lsn;
import dev.runbook.rehearsal.sqlserver.Execution;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a restore makes of a database. */
final class Restoration {
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
                LogPosition.at(set.span().last()),
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
                LogPosition.at(set.span().last()).fullyBackedUp(set.span().checkpoint()),
                Optional.empty(),
                placed(set, moves),
                set.contents());
    }

    /** The files of a set, each where MOVE puts it. */
    static List<DatabaseFile> placed(BackupSet set, Map<String, String> moves) {
        return set.files().stream()
                .map(file -> file.at(moves.getOrDefault(file.logical().toLowerCase(Locale.ROOT), file.physical())))
                .toList();
    }

    /** At the end of a set: with its contents and log, and in the state that was asked for. */
    static Database ended(Database base, BackupSet set, Restore.Ending ending, Execution execution) {
        Lsn end = set.span().last();
        LogPosition log = new LogPosition(
                end,
                Optional.of(end),
                set.span().checkpoint(),
                base.log().fullBackup(),
                Optional.of(new LogPosition.Redo(end, set.lastFork().id())));
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
        LogPosition log = waiting.log().open().to(from.plus(LOG_OF_RECOVERY));
        boolean simple = waiting.options().recovery() == Database.RecoveryModel.SIMPLE;
        return waiting.with(Database.Status.ONLINE)
                .with(simple ? log.unchained() : log)
                .with(waiting.lineage().forked(execution.ids().get(), from));
    }
}
