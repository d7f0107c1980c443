package dev.runbook.rehearsal.estate;

import dev.runbook.base.Value;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes values as a site file. */
final class SiteText {
    private SiteText() {}

    /** One line for each variable. */
    static String of(String title, Map<String, Value> variables) {
        return "# " + title.replaceAll("\\s+", " ") + "\n"
                + variables.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + text(entry.getValue()) + "\n")
                        .collect(Collectors.joining());
    }

    private static String text(Value value) {
        if (value instanceof Value.Items items) {
            return items.values().stream().map(SiteText::text).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Value.Fields fields) {
            return fields.values().entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return "'" + value.text().replace("'", "''") + "'";
    }
}
