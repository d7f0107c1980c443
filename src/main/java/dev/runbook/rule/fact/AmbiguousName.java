package dev.runbook.rule.fact;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.rule.Rule;
import java.util.List;

/** A fact and a variable of one name: a condition could mean either. */
public final class AmbiguousName implements Rule {
    @Override
    public String id() {
        return "ambiguous-name";
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return runbook.facts().values().stream()
                .map(fact -> fact.name())
                .filter(name -> runbook.variables().containsKey(name.text()))
                .map(name -> Diagnostic.error(
                        name.origin(), id(), "There is a variable \"" + name + "\" too. Give the fact another name."))
                .toList();
    }
}
