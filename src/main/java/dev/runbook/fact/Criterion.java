package dev.runbook.fact;

import dev.runbook.base.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A matcher with its tags filled in. */
public sealed interface Criterion {
    /** The same value; of a list the same set. */
    record Equal(Value value) implements Criterion {
        @Override
        public String text() {
            return Criterion.show(value);
        }
    }

    /** A text of that pattern. */
    record Like(Pattern pattern, String written) implements Criterion {
        @Override
        public String text() {
            return "like " + written;
        }
    }

    /** One of these values. */
    record OneOf(List<Value> values) implements Criterion {
        /** Copies the list. */
        public OneOf {
            values = List.copyOf(values);
        }

        @Override
        public String text() {
            return "one of " + values.stream().map(Criterion::show).collect(Collectors.joining(", "));
        }
    }

    /** Not so. */
    record Not(Criterion criterion) implements Criterion {
        @Override
        public String text() {
            return "not " + criterion.text();
        }
    }

    /** This number or more. */
    record AtLeast(BigDecimal bound) implements Criterion {
        @Override
        public String text() {
            return "at least " + bound.toPlainString();
        }
    }

    /** This number or less. */
    record AtMost(BigDecimal bound) implements Criterion {
        @Override
        public String text() {
            return "at most " + bound.toPlainString();
        }
    }

    /** A bound that is no number: nothing can be compared with it. */
    record NoNumber(String words, Value bound) implements Criterion {
        @Override
        public String text() {
            return words + " \"" + bound.text() + "\", which is no number";
        }
    }

    /** What was wanted, as people read it. */
    String text();

    /** A value as people read it, null and the empty list by name. */
    static String show(Value value) {
        if (value instanceof Value.Nothing) {
            return "null";
        }
        if (value instanceof Value.Items items && items.values().isEmpty()) {
            return "[]";
        }
        // a text that says so is not null, and nobody would see why it does not match
        return value instanceof Value.Text text && text.value().equalsIgnoreCase("null")
                ? "the text \"" + text.value() + "\""
                : value.text();
    }
}
