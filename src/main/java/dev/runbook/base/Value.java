package dev.runbook.base;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A value without a trace of where it came from: a column of a row, a variable, a parameter.
 *
 * <p>Moments are {@link Text}: as SQL Server prints them ({@code 2026-11-21 03:12:09.123}), or as the shell hands them over.
 */
public sealed interface Value {
    /** Null. */
    Value NOTHING = new Nothing();

    /** The absent value: NULL of a database, {@code $null} of a shell. */
    record Nothing() implements Value {
        @Override
        public String text() {
            return "";
        }
    }

    /** True or false; a bit of a database. */
    record Truth(boolean value) implements Value {
        @Override
        public String text() {
            return Boolean.toString(value);
        }
    }

    /** A number of any length. Its text is plain as long as that is readable: 30 bytes can stand for a thousand million digits. */
    record Number(BigDecimal value) implements Value {
        private static final int MAX_PLAIN_SCALE = 1000;

        @Override
        public String text() {
            return Math.abs((long) value.scale()) > MAX_PLAIN_SCALE ? value.toString() : value.toPlainString();
        }
    }

    /** A text. */
    record Text(String value) implements Value {
        @Override
        public String text() {
            return value;
        }
    }

    /** A list. */
    record Items(List<Value> values) implements Value {
        /** Copies the list. */
        public Items {
            values = List.copyOf(values);
        }

        @Override
        public String text() {
            return values.stream().map(Value::text).collect(Collectors.joining(", "));
        }
    }

    /** A map, in the order written: a hash table of a shell. */
    record Fields(Map<String, Value> values) implements Value {
        /** Copies the map, keeping its order. */
        public Fields {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public String text() {
            return values.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue().text())
                    .collect(Collectors.joining("; "));
        }
    }

    /** A text that is never printed: {@link #text()} and {@link #toString()} show dots. */
    record Secret(String reveal) implements Value {
        @Override
        public String text() {
            return "••••••";
        }

        @Override
        public String toString() {
            return "Secret[••••••]";
        }
    }

    /** The value as people read it: the empty text for null, lists with commas, secrets as dots. */
    String text();

    /** A text. */
    static Value of(String text) {
        return new Text(text);
    }

    /** A whole number. */
    static Value of(long number) {
        return new Number(BigDecimal.valueOf(number));
    }

    /** True or false. */
    static Value of(boolean truth) {
        return new Truth(truth);
    }

    /** A list of texts. */
    static Value of(List<String> texts) {
        return new Items(texts.stream().map(Value::of).toList());
    }
}
