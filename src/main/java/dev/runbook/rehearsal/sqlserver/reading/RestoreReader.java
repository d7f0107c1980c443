package dev.runbook.rehearsal.sqlserver.reading;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.sqlserver.statement.Inspect;
import dev.runbook.rehearsal.sqlserver.statement.Recover;
import dev.runbook.rehearsal.sqlserver.statement.Restore;
import dev.runbook.rehearsal.sqlserver.statement.Statement;
import java.util.Set;

/** Reads what follows RESTORE. */
final class RestoreReader {
    private static final Set<String> OPTIONS = Set.of(
            "FILE",
            "MOVE",
            "REPLACE",
            "RESTART",
            "RECOVERY",
            "NORECOVERY",
            "STANDBY",
            "CHECKSUM",
            "NO_CHECKSUM",
            "STOP_ON_ERROR",
            "CONTINUE_AFTER_ERROR",
            "STATS",
            "REWIND",
            "NOREWIND",
            "UNLOAD",
            "NOUNLOAD",
            "LOADHISTORY",
            "BLOCKSIZE",
            "BUFFERCOUNT",
            "MAXTRANSFERSIZE");

    private RestoreReader() {}

    static Statement read(Cursor cursor) {
        for (Inspect.Kind kind : Inspect.Kind.values()) {
            if (cursor.skipWord(kind.name())) {
                cursor.word("FROM");
                String device = device(cursor);
                return new Inspect(kind, device, options(cursor).number("FILE", 0));
            }
        }
        BackupSet.Type type = cursor.skipWord("LOG") ? BackupSet.Type.LOG : BackupSet.Type.FULL;
        if (type == BackupSet.Type.FULL) {
            cursor.word("DATABASE");
        }
        String database = cursor.name();
        if (cursor.skipWord("FROM")) {
            String device = device(cursor);
            return restore(type, database, device, options(cursor));
        }
        WithOptions options = options(cursor);
        if (options.has("NORECOVERY") || options.has("STANDBY") || options.has("FILE")) {
            throw cursor.unexpected();
        }
        return new Recover(database);
    }

    private static Statement restore(BackupSet.Type type, String database, String device, WithOptions options) {
        return new Restore(
                type,
                database,
                device,
                new Restore.Options(
                        options.number("FILE", 1),
                        options.moves(),
                        options.has("REPLACE"),
                        ending(options),
                        options.has("CHECKSUM"),
                        options.stats()));
    }

    private static String device(Cursor cursor) {
        cursor.word("DISK");
        cursor.operator("=");
        return cursor.string();
    }

    private static WithOptions options(Cursor cursor) {
        WithOptions options = WithOptions.read(cursor, OPTIONS, "RESTORE");
        options.exclude("RECOVERY", "NORECOVERY");
        options.exclude("RECOVERY", "STANDBY");
        options.exclude("NORECOVERY", "STANDBY");
        options.exclude("CHECKSUM", "NO_CHECKSUM");
        return options;
    }

    private static Restore.Ending ending(WithOptions options) {
        if (options.has("NORECOVERY")) {
            return Restore.Ending.NORECOVERY;
        }
        return options.has("STANDBY") ? Restore.Ending.STANDBY : Restore.Ending.RECOVERY;
    }
}
