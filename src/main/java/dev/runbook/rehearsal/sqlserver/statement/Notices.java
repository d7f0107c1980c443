package dev.runbook.rehearsal.sqlserver.statement;

import dev.runbook.rehearsal.model.DatabaseFile;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.ArrayList;
import java.util.List;

/** What BACKUP and RESTORE say when they are done: 4035 for each file, 3014 at the end. */
final class Notices {
    private Notices() {}

    static List<SqlError> processed(String command, String database, int position, List<DatabaseFile> files) {
        List<SqlError> notices = new ArrayList<>();
        int pages = 0;
        for (DatabaseFile file : files) {
            pages += file.pages();
            notices.add(SqlError.info(
                    4035,
                    "Processed %d pages for database '%s', file '%s' on file %d."
                            .formatted(file.pages(), database, file.logical(), position)));
        }
        notices.add(end(command, pages));
        return notices;
    }

    static SqlError end(String command, int pages) {
        return SqlError.info(3014, "%s successfully processed %d pages.".formatted(command, pages));
    }

    /** Only the log is in a log backup. */
    static List<DatabaseFile> logs(List<DatabaseFile> files) {
        return files.stream()
                .filter(file -> file.kind() == DatabaseFile.Kind.LOG)
                .toList();
    }
}
