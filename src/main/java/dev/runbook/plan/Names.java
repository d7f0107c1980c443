package dev.runbook.plan;

import dev.runbook.base.Row;
import dev.runbook.template.Scope;
import java.util.List;
import java.util.Map;

/** What tags may name in a run: the variables, the run itself, remembered rows, and the row for which something is done. */
public final class Names {
    private Names() {}

    /** The variables of the site with what has been remembered so far. */
    public static Scope with(Scope site, Map<String, List<Row>> remembered) {
        Scope scope = site;
        for (Map.Entry<String, List<Row>> rows : remembered.entrySet()) {
            scope = scope.with(rows.getKey(), new Scope.Binding.Rows(rows.getValue()));
        }
        return scope;
    }
}
