package dev.runbook.rehearsal.relations.query;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.UUID;

/** Values as literals of H2. */
final class Literal {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    private Literal() {}

    /** A text without a type of its own, as the author wrote it; compared as the other side is. */
    static String plain(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /** A text that is compared without regard to case. */
    static String text(String text) {
        return "CAST(" + plain(text) + " AS VARCHAR_IGNORECASE)";
    }

    /** Any value, null included. */
    static String of(Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof LocalDateTime moment) {
            return "TIMESTAMP '" + MOMENT.format(moment) + "'";
        }
        if (value instanceof UUID id) {
            return "CAST(" + plain(id.toString()) + " AS UUID)";
        }
        if (value instanceof LocalDate day) {
            return "TIMESTAMP '" + MOMENT.format(day.atStartOfDay()) + "'";
        }
        if (value instanceof byte[] bytes) {
            return "X'" + HexFormat.of().formatHex(bytes) + "'";
        }
        return value.toString();
    }
}
