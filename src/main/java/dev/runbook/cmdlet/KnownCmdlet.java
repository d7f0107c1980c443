package dev.runbook.cmdlet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A cmdlet.
 *
 * @param name as the reference writes it
 * @param modules where it is; empty means in every module
 * @param parameters all but the common ones; empty means that they are not known
 * @param required sets of parameters, one of which has to be there whole; empty means none
 * @param asks a question of its own, if it asks one
 * @param avoid parameters that should not stand in a runbook, and why
 * @param instead of a cmdlet that there is not: what to write
 */
public record KnownCmdlet(
        String name,
        Set<String> modules,
        List<KnownParameter> parameters,
        List<List<String>> required,
        Optional<Question> asks,
        Map<String, String> avoid,
        Optional<String> instead) {
    /**
     * A question that the shell's own setting does not answer (ShouldContinue).
     *
     * @param answer the switch that answers it
     * @param when it is asked only if this parameter is given
     */
    public record Question(String answer, Optional<String> when) {}

    /** Copies the collections, keeping their order. */
    public KnownCmdlet {
        modules = Set.copyOf(modules);
        parameters = List.copyOf(parameters);
        required = required.stream().map(List::copyOf).toList();
        avoid = Collections.unmodifiableMap(new LinkedHashMap<>(avoid));
    }

    /** The parameter of that name, in any case. */
    public Optional<KnownParameter> parameter(String written) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equalsIgnoreCase(written))
                .findFirst();
    }
}
