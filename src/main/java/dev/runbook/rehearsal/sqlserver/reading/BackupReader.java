package dev.runbook.rehearsal.sqlserver.reading;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.sqlserver.statement.Backup;
import dev.runbook.rehearsal.sqlserver.statement.Statement;
import java.util.Set;

/** Reads what follows BACKUP. */
final class BackupReader {
    private static final Set<String> OPTIONS = Set.of(
            "FORMAT",
            "NOFORMAT",
            "INIT",
            "NOINIT",
            "SKIP",
            "NOSKIP",
            "REWIND",
            "NOREWIND",
            "UNLOAD",
            "NOUNLOAD",
            "CHECKSUM",
            "NO_CHECKSUM",
            "STOP_ON_ERROR",
            "CONTINUE_AFTER_ERROR",
            "COMPRESSION",
            "NO_COMPRESSION",
            "NAME",
            "DESCRIPTION",
            "MEDIANAME",
            "MEDIADESCRIPTION",
            "RETAINDAYS",
            "COPY_ONLY",
            "NORECOVERY",
            "STATS",
            "BLOCKSIZE",
            "BUFFERCOUNT",
            "MAXTRANSFERSIZE");

    private BackupReader() {}

    static Statement read(Cursor cursor) {
        BackupSet.Type type = cursor.skipWord("LOG") ? BackupSet.Type.LOG : BackupSet.Type.FULL;
        if (type == BackupSet.Type.FULL) {
            cursor.word("DATABASE");
        }
        String database = cursor.name();
        cursor.word("TO");
        cursor.word("DISK");
        cursor.operator("=");
        String device = cursor.string();
        WithOptions options = WithOptions.read(cursor, OPTIONS, "BACKUP");
        options.exclude("INIT", "NOINIT");
        options.exclude("FORMAT", "NOFORMAT");
        options.exclude("FORMAT", "NOINIT");
        options.exclude("CHECKSUM", "NO_CHECKSUM");
        if (options.has("NORECOVERY") && type == BackupSet.Type.FULL) {
            throw cursor.unexpected();
        }
        return new Backup(
                type,
                database,
                device,
                new Backup.Options(
                        new BackupSet.Label(
                                options.value("NAME").orElse(""),
                                options.value("DESCRIPTION").orElse("")),
                        options.has("INIT") || options.has("FORMAT"),
                        options.has("CHECKSUM"),
                        options.has("COPY_ONLY"),
                        options.has("NORECOVERY"),
                        options.stats()));
    }
}
