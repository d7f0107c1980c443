package dev.runbook.language;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What to tell the operator at a failure.
 *
 * @param byError by error number, or by error id of a cmdlet
 * @param otherwise for every other failure
 */
public record Advice(Map<String, Text> byError, Optional<Text> otherwise) {
    /** No advice. */
    public static final Advice NONE = new Advice(Map.of(), Optional.empty());

    /** Copies the map, keeping its order. */
    public Advice {
        byError = Collections.unmodifiableMap(new LinkedHashMap<>(byError));
    }

    /**
     * The advice for a failure of this code, if there is any.
     *
     * @param answered whether what is said for every other failure fits too: not where nobody answered
     */
    public Optional<Text> on(String code, boolean answered) {
        return Optional.ofNullable(byError.get(code)).or(() -> answered ? otherwise : Optional.empty());
    }
}
