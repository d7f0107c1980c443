package dev.runbook.rehearsal.sqlserver.statement;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.Lsn;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.sqlserver.Complaint;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.List;
import java.util.Optional;

/** Why a log backup cannot be restored: the state of the database, then the path of history, then the place in the log. */
final class LogRestoreRules {
    private LogRestoreRules() {}

    static List<SqlError> refusals(Restore restore, Server server, BackupSet set, int spid) {
        Optional<Database> there = server.database(restore.database());
        if (there.isEmpty()) {
            return List.of(Complaint.RESTORE_NO_DATABASE.of(restore.database()));
        }
        return state(restore, server, there.get(), spid)
                .or(() -> SetRules.refusal(restore, server, set))
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
