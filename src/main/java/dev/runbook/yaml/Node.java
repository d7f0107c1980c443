package dev.runbook.yaml;

import dev.runbook.base.Origin;
import java.util.List;
import java.util.Optional;

/** A piece of a YAML document: a map, a list or a scalar. */
public sealed interface Node {
    /** Where it stands. */
    Origin origin();

    /** What it is, in the words of messages: {@code a map}, {@code a list}, {@code a text}. */
    String kind();

    /** Whether nothing stands where a value should; there is no such node in a tree without errors. */
    default boolean isEmpty() {
        return this instanceof Scalar scalar && scalar.isPlain("");
    }

    /**
     * A map.
     *
     * @param origin where it stands
     * @param entries in the order written; no two keys are the same
     */
    public record Mapping(Origin origin, List<Entry> entries) implements Node {
        /**
         * A key and what stands under it.
         *
         * @param key the key
         * @param value its value
         */
        public record Entry(Scalar key, Node value) {}

        /** Copies the entries. */
        public Mapping {
            entries = List.copyOf(entries);
        }

        /** The entry of a key, if there is one. */
        public Optional<Entry> entry(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().value().equals(key))
                    .findFirst();
        }

        /** The value of a key, if there is one. */
        public Optional<Node> get(String key) {
            return entry(key).map(Entry::value);
        }

        @Override
        public String kind() {
            return "a map";
        }
    }

    /**
     * A list.
     *
     * @param origin where it stands
     * @param items in the order written
     */
    public record Sequence(Origin origin, List<Node> items) implements Node {
        /** Copies the items. */
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * A text, as the author meant it: quoting, escapes, folding and indentation undone.
     *
     * @param value the text
     * @param style how it was written
     * @param origin where each of its characters stands
     */
    public record Scalar(String value, Style style, Origin origin) implements Node {
        /** How a scalar is written. */
        public enum Style {
            /** Without quotes; {@code true}, {@code false} and {@code null} may then mean more than text. */
            PLAIN,
            /** Between single or double quotes. */
            QUOTED,
            /** Behind {@code |} or {@code >}. */
            BLOCK
        }

        /** Whether it is written without quotes and reads so. */
        public boolean isPlain(String word) {
            return style == Style.PLAIN && value.equals(word);
        }

        @Override
        public String kind() {
            return "a text";
        }
    }
}
