package dev.runbook.cmdlet;

import java.util.Set;

/**
 * A parameter of a cmdlet.
 *
 * @param name as the reference writes it
 * @param type what it takes
 * @param modules where it is; empty means wherever the cmdlet is
 */
public record KnownParameter(String name, ParameterType type, Set<String> modules) {
    /** Copies the set. */
    public KnownParameter {
        modules = Set.copyOf(modules);
    }
}
