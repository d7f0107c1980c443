package dev.runbook.rehearsal.sqlserver.statement;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.sqlserver.Complaint;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.Optional;

/** Why a backup set cannot be used at all, whatever the database is like. */
final class SetRules {
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
