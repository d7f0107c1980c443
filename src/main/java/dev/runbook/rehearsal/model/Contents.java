package dev.runbook.rehearsal.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What is in a database: enough to see whether two copies hold the same.
 *
 * @param tables the user tables with their row counts
 * @param messages the chat messages, oldest first; each is also a row of the first table
 */
public record Contents(List<Table> tables, List<String> messages) {
    /** Nothing at all. */
    public static final Contents EMPTY = new Contents(List.of(), List.of());

    /** Copies the lists. */
    public Contents {
        tables = List.copyOf(tables);
        messages = List.copyOf(messages);
    }

    /**
     * A user table.
     *
     * @param name without schema
     * @param rows how many it holds
     */
    public record Table(String name, long rows) {}

    /** With one message more. */
    public Contents plus(String message) {
        List<Table> grown = new ArrayList<>(tables);
        if (!grown.isEmpty()) {
            Table first = grown.get(0);
            grown.set(0, new Table(first.name(), first.rows() + 1));
        }
        List<String> more = new ArrayList<>(messages);
        more.add(message);
        return new Contents(grown, more);
    }
}
