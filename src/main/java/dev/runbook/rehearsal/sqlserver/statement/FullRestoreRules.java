package dev.runbook.rehearsal.sqlserver.statement;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.DatabaseFile;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.sqlserver.Complaint;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Why a full backup cannot be restored. An earlier restore that was cut off is no reason: this one begins anew. */
final class FullRestoreRules {
    private FullRestoreRules() {}

    static List<SqlError> refusals(Restore restore, Server server, BackupSet set, int spid) {
        return SetRules.refusal(restore, server, set)
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
        for (DatabaseFile file : Restoration.placed(set, moves)) {
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
