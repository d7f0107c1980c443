package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.tds.Backend;
import dev.runbook.rehearsal.tds.Column;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A reply that remembers what was said. */
public final class Heard implements Backend.Reply {
    private final List<SqlError> messages = new ArrayList<>();
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private boolean dropped;
    private volatile boolean cancelled;

    @Override
    public void result(List<Column> columns, List<List<Object>> values) {
        for (List<Object> row : values) {
            Map<String, Object> named = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                named.put(columns.get(i).name(), row.get(i));
            }
            rows.add(named);
        }
    }

    @Override
    public void done(long count) {}

    @Override
    public void message(SqlError error) {
        messages.add(error);
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void drop() {
        dropped = true;
        cancelled = true;
    }

    public void cancel() {
        cancelled = true;
    }

    public boolean dropped() {
        return dropped;
    }

    public List<Map<String, Object>> rows() {
        return rows;
    }

    public List<SqlError> messages() {
        return messages;
    }

    /** The numbers of the errors, in their order. */
    public List<Integer> errors() {
        return messages.stream()
                .filter(message -> message.severity() > 10)
                .map(SqlError::number)
                .toList();
    }

    /** The numbers of the information, in their order. */
    public List<Integer> information() {
        return messages.stream()
                .filter(message -> message.severity() <= 10)
                .map(SqlError::number)
                .toList();
    }
}
