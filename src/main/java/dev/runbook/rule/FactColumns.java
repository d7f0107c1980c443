package dev.runbook.rule;

import dev.runbook.language.Fact;
import dev.runbook.language.Runbook;
import dev.runbook.tsql.SelectList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which columns the rows of a fact have, where that can be read off the runbook. */
public final class FactColumns {
    private static final List<String> OF_FILES = List.of("name", "path", "size", "modified");

    private FactColumns() {}

    /**
     * The columns of a fact's rows, those of the rows that it is asked for included; empty where nobody can tell: the objects of
     * a cmdlet, {@code SELECT *}, a fact that there is not.
     */
    static Optional<List<String>> of(Runbook runbook, String fact) {
        return of(runbook, fact, new HashSet<>());
    }

    /** The columns that a fact's own source gives. */
    public static Optional<List<String>> own(Fact fact) {
        if (fact.source() instanceof Fact.Source.Query query) {
            return SelectList.columns(query.sql().raw());
        }
        return fact.source() instanceof Fact.Source.Files ? Optional.of(OF_FILES) : Optional.empty();
    }

    private static Optional<List<String>> of(Runbook runbook, String name, Set<String> visited) {
        Fact fact = runbook.facts().get(name);
        if (fact == null || !visited.add(name)) {
            return Optional.empty();
        }
        Optional<List<String>> own = own(fact);
        if (own.isEmpty()
                || fact.forEach().isEmpty()
                || runbook.variables().containsKey(fact.forEach().get().text())) {
            return own;
        }
        return of(runbook, fact.forEach().get().text(), visited).map(outer -> {
            List<String> all = new ArrayList<>(own.get());
            // of two columns of one name that of the answer wins
            outer.stream()
                    .filter(column -> own.get().stream().noneMatch(column::equalsIgnoreCase))
                    .forEach(all::add);
            return all;
        });
    }
}
