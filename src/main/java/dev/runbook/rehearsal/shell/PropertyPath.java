package dev.runbook.rehearsal.shell;

import dev.runbook.rehearsal.cmdlet.ShellObject;
import java.util.Map;
import java.util.Optional;

/** What is found behind a dotted path in an object. */
final class PropertyPath {
    private PropertyPath() {}

    /**
     * Something that is there.
     *
     * @param value may be null
     */
    record Found(Object value) {}

    /** Looks inside, without regard to case; behind a null there is null. Empty when a property is not there. */
    static Optional<Found> of(Object held, String path) {
        Found found = new Found(held);
        for (String name : path.split("\\.")) {
            if (found.value() == null) {
                break;
            }
            Optional<Found> next = property(found.value(), name);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            found = next.get();
        }
        return Optional.of(found);
    }

    private static Optional<Found> property(Object held, String name) {
        Map<?, ?> properties = held instanceof ShellObject object
                ? object.properties()
                : held instanceof Map<?, ?> table ? table : Map.of();
        return properties.entrySet().stream()
                .filter(entry -> name.equalsIgnoreCase(String.valueOf(entry.getKey())))
                .map(entry -> new Found(entry.getValue()))
                .findFirst();
    }
}
