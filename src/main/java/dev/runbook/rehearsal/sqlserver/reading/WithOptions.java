package dev.runbook.rehearsal.sqlserver.reading;

import dev.runbook.rehearsal.sqlserver.Complaint;
import dev.runbook.tsql.TokenKind;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What stands behind WITH of a BACKUP or RESTORE.
 *
 * @param values by name in upper case; the empty text where an option has no value
 * @param moves new paths by the logical name in lower case
 */
record WithOptions(Map<String, String> values, Map<String, String> moves) {
    private static final int USUAL_STATS = 10;

    /** Copies the maps. */
    WithOptions {
        values = Map.copyOf(values);
        moves = Map.copyOf(moves);
    }

    /** Reads WITH and its options, where there are any. */
    static WithOptions read(Cursor cursor, Set<String> known, String statement) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> moves = new LinkedHashMap<>();
        if (cursor.skipWord("WITH")) {
            do {
                String name = cursor.name().toUpperCase(Locale.ROOT);
                if (!known.contains(name)) {
                    throw new Misread(Complaint.NO_OPTION.of(name, statement));
                }
                if (name.equals("MOVE")) {
                    String logical = cursor.string().toLowerCase(Locale.ROOT);
                    cursor.word("TO");
                    moves.put(logical, cursor.string());
                } else {
                    values.put(name, cursor.skipOperator("=") ? value(cursor) : "");
                }
            } while (cursor.skipOperator(","));
        }
        return new WithOptions(values, moves);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Every how many percent progress is told; 0 for never. */
    int stats() {
        return has("STATS") ? number("STATS", USUAL_STATS) : 0;
    }

    /** A whole number, or the other one where the option or its value is missing. */
    int number(String name, int otherwise) {
        String digits = values.getOrDefault(name, "");
        if (digits.isEmpty()) {
            return otherwise;
        }
        if (!digits.matches("\\d{1,9}")) {
            throw new Misread(Complaint.SYNTAX.of(digits));
        }
        return Integer.parseInt(digits);
    }

    /** Refuses two options that cannot both hold. */
    void exclude(String one, String other) {
        if (has(one) && has(other)) {
            throw new Misread(Complaint.CONFLICT.of(one, other));
        }
    }

    private static String value(Cursor cursor) {
        return cursor.isKind(TokenKind.NUMBER) ? Integer.toString(cursor.wholeNumber()) : cursor.string();
    }
}
