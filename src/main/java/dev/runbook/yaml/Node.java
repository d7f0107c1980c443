package dev.runbook.yaml;

import dev.runbook.base.Origin;

/** A piece of a YAML document: a map, a list or a scalar. */
public sealed interface Node permits MappingNode, SequenceNode, ScalarNode {
    /** Where it stands. */
    Origin origin();

    /** What it is, in the words of messages: {@code a map}, {@code a list}, {@code a text}. */
    String kind();

    /** Whether nothing stands where a value should; there is no such node in a tree without errors. */
    default boolean isEmpty() {
        return this instanceof ScalarNode scalar && scalar.isPlain("");
    }
}
