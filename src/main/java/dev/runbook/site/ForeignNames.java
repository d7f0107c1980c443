package dev.runbook.site;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Suggestion;
import dev.runbook.language.Runbook;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Warns of values for variables that a runbook does not have: a misspelt name would silently have no effect. */
public final class ForeignNames {
    private ForeignNames() {}

    /**
     * One warning for each, where the name stands.
     *
     * @param given values by name
     * @param elsewhere names that are right although this runbook does not have them; asked for only when there is one that it
     *     does not have
     */
    public static List<Diagnostic> warnings(
            Runbook runbook, Map<String, SuppliedValue> given, Supplier<Set<String>> elsewhere) {
        Set<String> known = runbook.variables().keySet();
        List<String> foreign =
                given.keySet().stream().filter(name -> !known.contains(name)).toList();
        if (foreign.isEmpty()) {
            return List.of();
        }
        Set<String> right = elsewhere.get();
        return foreign.stream()
                .filter(name -> !right.contains(name))
                .map(name -> Diagnostic.warning(
                        given.get(name).name(),
                        "unknown-variable",
                        "There is no variable \"" + name + "\" in " + runbook.id() + "."
                                + Suggestion.didYouMean(name, known)))
                .toList();
    }
}
