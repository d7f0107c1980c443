package dev.runbook.rehearsal.sqlserver.backup;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.List;

/** What a backup device turned out to be. */
public sealed interface Media {
    /**
     * It can be read.
     *
     * @param sets in the order of their positions
     */
    record Sets(List<BackupSet> sets) implements Media {
        /** Copies the list. */
        public Sets {
            sets = List.copyOf(sets);
        }
    }

    /** It cannot: 3201 where it does not open, 3241 where it is no backup or was cut short. */
    record Unreadable(SqlError error) implements Media {}
}
