package dev.runbook.rule.fact;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.rule.Rule;
import java.util.List;

/** An optional variable with a default, which is never absent. */
public final class NeedlessOptional implements Rule {
    @Override
    public String id() {
        return "needless-optional";
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return runbook.variables().values().stream()
                .filter(variable ->
                        variable.optional() && variable.defaultValue().isPresent())
                .map(variable -> Diagnostic.warning(
                        variable.name().origin(),
                        id(),
                        "\"" + variable.name()
                                + "\" has a default, so it is never left out. Delete optional or default."))
                .toList();
    }
}
