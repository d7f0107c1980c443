package dev.runbook.rehearsal.sqlserver.statement;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.sqlserver.Complaint;
import dev.runbook.rehearsal.sqlserver.Execution;
import dev.runbook.rehearsal.sqlserver.Outcome;
import dev.runbook.rehearsal.sqlserver.backup.BackupDevices;
import dev.runbook.rehearsal.sqlserver.backup.Media;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.List;

/**
 * RESTORE HEADERONLY, FILELISTONLY or VERIFYONLY: looks into a backup file.
 *
 * @param kind which of them
 * @param device the path as written
 * @param position FILE; HEADERONLY tells of all sets where it is 0
 */
public record Inspect(Kind kind, String device, int position) implements Statement.AtOnce {
    /** What is looked for. */
    public enum Kind {
        /** The headers of all sets. */
        HEADERONLY,
        /** The files of the database in one set. */
        FILELISTONLY,
        /** Whether one set is whole. */
        VERIFYONLY
    }

    @Override
    public Outcome apply(EstateState state, Execution execution) {
        Server server = state.server(execution.server());
        Media media = BackupDevices.of(server).read(device);
        if (media instanceof Media.Unreadable unreadable) {
            return failed(unreadable.error());
        }
        List<BackupSet> sets = ((Media.Sets) media).sets();
        if (position > sets.size()) {
            return failed(Complaint.NO_SUCH_SET.of(position, device));
        }
        return switch (kind) {
            case HEADERONLY -> Outcome.rows(state, Header.of(position == 0 ? sets : List.of(sets.get(position - 1))));
            case FILELISTONLY -> Outcome.rows(state, FileList.of(one(sets)));
            case VERIFYONLY ->
                one(sets).flags().damaged()
                        ? failed(Complaint.DAMAGED.of(one(sets).origin().database()))
                        : Outcome.done(
                                state,
                                SqlError.info(
                                        3262, "The backup set on file %d is valid.".formatted(Math.max(1, position))));
        };
    }

    @Override
    public SqlError forbidden() {
        return Complaint.NO_DATABASE_PERMISSION.of("CREATE DATABASE", "master");
    }

    private BackupSet one(List<BackupSet> sets) {
        return sets.get(Math.max(1, position) - 1);
    }

    private Outcome failed(SqlError error) {
        return Outcome.failed(
                error, Complaint.ENDS.of(kind == Kind.VERIFYONLY ? "VERIFY DATABASE" : "RESTORE " + kind));
    }
}
