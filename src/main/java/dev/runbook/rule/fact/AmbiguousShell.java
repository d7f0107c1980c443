package dev.runbook.rule.fact;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.ActionSpec;
import dev.runbook.model.FactSource;
import dev.runbook.model.Name;
import dev.runbook.model.Runbook;
import dev.runbook.model.VariableType;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Tasks;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A cmdlet that names no shell, in a runbook that does not have exactly one. */
public final class AmbiguousShell implements Rule {
    @Override
    public String id() {
        return "which-shell";
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        List<String> shells = runbook.variables().values().stream()
                .filter(variable -> variable.type() == VariableType.POWERSHELL)
                .map(variable -> variable.name().text())
                .toList();
        if (shells.size() == 1) {
            return List.of();
        }
        String message = shells.isEmpty()
                ? "There is no shell to run this in. Declare a variable of type powershell."
                : "There is more than one shell. Add shell: " + String.join(" or ", shells) + ".";
        return withoutShell(runbook)
                .map(cmdlet -> Diagnostic.error(cmdlet.origin(), id(), message))
                .toList();
    }

    private static Stream<Name> withoutShell(Runbook runbook) {
        Stream<Name> actions = Tasks.actions(runbook)
                .filter(ActionSpec.Cmdlet.class::isInstance)
                .map(ActionSpec.Cmdlet.class::cast)
                .flatMap(cmdlet -> unless(cmdlet.shell(), cmdlet.cmdlet()));
        Stream<Name> facts = runbook.facts().values().stream()
                .map(fact -> fact.source())
                .filter(FactSource.Cmdlet.class::isInstance)
                .map(FactSource.Cmdlet.class::cast)
                .flatMap(cmdlet -> unless(cmdlet.shell(), cmdlet.cmdlet()));
        return Stream.concat(actions, facts);
    }

    private static Stream<Name> unless(Optional<Name> shell, Name cmdlet) {
        return shell.isPresent() ? Stream.empty() : Stream.of(cmdlet);
    }
}
