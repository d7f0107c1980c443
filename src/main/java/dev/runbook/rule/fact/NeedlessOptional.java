package dev.runbook.rule.fact;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import java.util.List;

/** An optional variable with a default, which is never absent. */
public final class NeedlessOptional implements Rule {
    private static final About ABOUT = About.warning("needless-optional", "An optional variable has a default.")
            .because(
                    "It is never absent, so a condition on it is always true, and whoever reads optional: true expects otherwise.")
            .bad("""
                    variables:
                      service: {type: text, optional: true, default: RTCCHAT}
                    steps:
                      - step: 1
                        title: Ask
                        confirm: Does {{service}} run?
                    """)
            .good("""
                    variables:
                      service: {type: text, default: RTCCHAT}
                    steps:
                      - step: 1
                        title: Ask
                        confirm: Does {{service}} run?
                    """);

    @Override
    public About about() {
        return ABOUT;
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
