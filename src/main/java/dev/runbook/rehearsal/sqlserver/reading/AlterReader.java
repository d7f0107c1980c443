package dev.runbook.rehearsal.sqlserver.reading;

import dev.runbook.rehearsal.model.Database.RecoveryModel;
import dev.runbook.rehearsal.model.Database.UserAccess;
import dev.runbook.rehearsal.sqlserver.statement.AlterDatabase;
import dev.runbook.rehearsal.sqlserver.statement.AlterDatabase.Setting;
import dev.runbook.rehearsal.sqlserver.statement.SetPartner;
import dev.runbook.rehearsal.sqlserver.statement.Statement;
import dev.runbook.tsql.TokenKind;
import java.util.Arrays;
import java.util.Locale;

/** Reads what follows ALTER DATABASE. */
final class AlterReader {
    private AlterReader() {}

    /**
     * Reads it.
     *
     * @param start where the statement begins
     */
    static Statement read(Cursor cursor, int start) {
        String database = cursor.name();
        boolean known = cursor.skipWord("SET")
                && (cursor.isWord("PARTNER")
                        || cursor.isWord("RECOVERY")
                        || cursor.isWord("READ_ONLY")
                        || cursor.isWord("READ_WRITE")
                        || cursor.isWord("OFFLINE")
                        || cursor.isWord("ONLINE")
                        || Arrays.stream(UserAccess.values()).anyMatch(access -> cursor.isWord(access.name())));
        if (!known && cursor.isKind(TokenKind.WORD)) {
            // a server has many more options than a rehearsal: nothing is wrong with PAGE_VERIFY, or MODIFY FILE
            throw cursor.unknown(start);
        }
        return cursor.skipWord("PARTNER") ? partner(cursor, database) : setting(cursor, database);
    }

    private static Statement partner(Cursor cursor, String database) {
        if (cursor.skipOperator("=")) {
            return new SetPartner(database, new SetPartner.Order.With(cursor.string()));
        }
        if (cursor.skipWord("OFF")) {
            return new SetPartner(database, new SetPartner.Order.Off());
        }
        cursor.word("FAILOVER");
        return new SetPartner(database, new SetPartner.Order.Failover());
    }

    private static Statement setting(Cursor cursor, String database) {
        Setting setting = setting(cursor);
        return new AlterDatabase(database, setting, rollback(cursor));
    }

    private static Setting setting(Cursor cursor) {
        if (cursor.skipWord("RECOVERY")) {
            return new Setting.Recovery(oneOf(RecoveryModel.values(), cursor));
        }
        if (cursor.skipWord("READ_ONLY")) {
            return new Setting.ReadOnly(true);
        }
        if (cursor.skipWord("READ_WRITE")) {
            return new Setting.ReadOnly(false);
        }
        if (cursor.skipWord("OFFLINE")) {
            return new Setting.Offline(true);
        }
        return cursor.skipWord("ONLINE")
                ? new Setting.Offline(false)
                : new Setting.Users(oneOf(UserAccess.values(), cursor));
    }

    private static <E extends Enum<E>> E oneOf(E[] values, Cursor cursor) {
        String word = cursor.peek().text().toUpperCase(Locale.ROOT);
        E found = Arrays.stream(values)
                .filter(value -> value.name().equals(word))
                .findFirst()
                .orElseThrow(cursor::unexpected);
        cursor.next();
        return found;
    }

    private static boolean rollback(Cursor cursor) {
        if (!cursor.skipWord("WITH") || cursor.skipWord("NO_WAIT")) {
            return false;
        }
        cursor.word("ROLLBACK");
        if (cursor.skipWord("AFTER")) {
            cursor.wholeNumber();
            cursor.skipWord("SECONDS");
        } else {
            cursor.word("IMMEDIATE");
        }
        return true;
    }
}
