package dev.runbook.language;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What differs from site to site.
 *
 * @param name snake_case, and where it is declared
 * @param type what it may hold
 * @param items of a list: what each item may hold
 * @param atMost of a list: how many items at most
 * @param description for people; empty text if there is none
 * @param example for people, editors and rehearsals
 * @param defaultValue may use variables declared above and the run's own names
 * @param optional whether it may be absent
 */
public record Variable(
        Name name,
        VariableType type,
        Optional<VariableType> items,
        OptionalInt atMost,
        String description,
        Optional<Written> example,
        Optional<Written> defaultValue,
        boolean optional) {}
