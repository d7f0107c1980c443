package dev.runbook.fact;

import dev.runbook.model.Expectation;
import dev.runbook.model.Fact;
import dev.runbook.model.Name;
import dev.runbook.model.Runbook;
import dev.runbook.plan.TagColumns;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The properties that a runbook looks at. Of a cmdlet's objects no others are read: some cost seconds.
 *
 * @param inTags columns that any tag of the runbook names
 */
record UsedColumns(Set<String> inTags) {
    static UsedColumns of(Runbook runbook) {
        return new UsedColumns(TagColumns.of(runbook));
    }

    /** The properties to read of the objects of a fact. */
    List<String> of(Fact fact) {
        Set<String> used = new LinkedHashSet<>();
        names(fact.where(), used);
        names(fact.expect(), used);
        fact.orderBy().stream().map(Name::text).forEach(used::add);
        used.addAll(inTags);
        return List.copyOf(used);
    }

    private static void names(Expectation expectation, Set<String> used) {
        expectation.columns().forEach(column -> used.add(column.name().text()));
    }
}
