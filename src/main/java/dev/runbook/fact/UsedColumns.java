package dev.runbook.fact;

import dev.runbook.language.Expectation;
import dev.runbook.language.Fact;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.plan.TagColumns;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The properties that a runbook looks at. Of a cmdlet's objects no others are read: some cost seconds.
 *
 * @param inTags columns that any tag of the runbook names
 * @param inFacts columns that any fact matches or orders by
 */
record UsedColumns(Set<String> inTags, Set<String> inFacts) {
    static UsedColumns of(Runbook runbook) {
        Set<String> inFacts = new LinkedHashSet<>();
        runbook.facts().values().forEach(fact -> inFacts.addAll(named(fact)));
        return new UsedColumns(TagColumns.of(runbook), inFacts);
    }

    /** Whether anybody looks at the column, in whatever fact. */
    boolean has(String column) {
        return inTags.stream().anyMatch(column::equalsIgnoreCase)
                || inFacts.stream().anyMatch(column::equalsIgnoreCase);
    }

    /** The properties to read of the objects of a fact. */
    List<String> of(Fact fact) {
        Set<String> used = named(fact);
        used.addAll(inTags);
        return List.copyOf(used);
    }

    private static Set<String> named(Fact fact) {
        Set<String> used = new LinkedHashSet<>();
        names(fact.where(), used);
        names(fact.expect(), used);
        fact.orderBy().stream().map(Name::text).forEach(used::add);
        return used;
    }

    private static void names(Expectation expectation, Set<String> used) {
        expectation.columns().forEach(column -> used.add(column.name().text()));
    }
}
