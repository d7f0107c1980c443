package dev.runbook.rule.fact;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.model.Variable;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.site.Fitting;
import java.util.List;
import java.util.stream.Stream;

/** A default or an example that the variable's own type refuses. */
public final class VariableValue implements Rule {
    private static final About ABOUT = About.error(
                    "variable-value", "A default or an example is not of the type of its variable.")
            .always()
            .because(
                    "The default would stop every run that gives no other value. The example is what people copy, and what a"
                            + " rehearsal uses.")
            .bad("""
                    variables:
                      servers: {type: list, items: fqdn, at-most: 4, example: [pc21]}
                    steps:
                      - step: 1
                        title: Ask
                        confirm: Do {{servers}} run?
                    """)
            .good("""
                    variables:
                      servers: {type: list, items: fqdn, at-most: 4, example: [pc21.litwareinc.com]}
                    steps:
                      - step: 1
                        title: Ask
                        confirm: Do {{servers}} run?
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return runbook.variables().values().stream().flatMap(this::findings).toList();
    }

    private Stream<Diagnostic> findings(Variable variable) {
        return Stream.concat(variable.defaultValue().stream(), variable.example().stream())
                .flatMap(value -> Fitting.problems(variable, value).stream())
                .map(problem ->
                        new Diagnostic(problem.source(), problem.span(), about().severity(), id(), problem.message()));
    }
}
