package dev.runbook.rehearsal.sqlserver.procedure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The arguments of one call, converted to the types of the parameters.
 *
 * @param values by name in lower case; a null is an argument too
 */
public record Arguments(Map<String, Object> values) {
    /** Copies the map. */
    public Arguments {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    Optional<String> text(String name) {
        return Optional.ofNullable((String) values.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The text of a required parameter; the empty text for a null. */
    String name(String name) {
        return text(name).orElse("");
    }

    Optional<Integer> number(String name) {
        return Optional.ofNullable((Integer) values.get(name.toLowerCase(Locale.ROOT)));
    }

    int number(String name, int otherwise) {
        return number(name).orElse(otherwise);
    }

    Optional<Boolean> bit(String name) {
        return Optional.ofNullable((Boolean) values.get(name.toLowerCase(Locale.ROOT)));
    }

    boolean bit(String name, boolean otherwise) {
        return bit(name).orElse(otherwise);
    }

    Optional<UUID> id(String name) {
        return Optional.ofNullable((UUID) values.get(name.toLowerCase(Locale.ROOT)));
    }
}
