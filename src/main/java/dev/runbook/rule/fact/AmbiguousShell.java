package dev.runbook.rule.fact;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.ActionSpec;
import dev.runbook.model.FactSource;
import dev.runbook.model.Name;
import dev.runbook.model.Runbook;
import dev.runbook.model.VariableType;
import dev.runbook.rule.About;
import dev.runbook.rule.Reach;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Tasks;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A cmdlet that names no shell, in a runbook that does not have exactly one. */
public final class AmbiguousShell implements Rule {
    private static final About ABOUT = About.error(
                    "which-shell", "A cmdlet names no shell, and there is not exactly one.")
            .reaching(Reach.SHELLS)
            .always()
            .because(
                    "With one powershell variable every cmdlet runs there. With two, guessing could change the wrong pool.")
            .bad("""
                    variables:
                      lync: {type: powershell, default: Lync}
                      skype: {type: powershell, default: SkypeForBusiness}
                    facts:
                      Persistent Chat servers of Lync:
                        cmdlet: Get-CsService
                        shell: lync
                        parameters: {PersistentChatServer: true}
                      Persistent Chat servers of Skype:
                        cmdlet: Get-CsService
                        parameters: {PersistentChatServer: true}
                    """)
            .good("""
                    variables:
                      lync: {type: powershell, default: Lync}
                      skype: {type: powershell, default: SkypeForBusiness}
                    facts:
                      Persistent Chat servers of Lync:
                        cmdlet: Get-CsService
                        shell: lync
                        parameters: {PersistentChatServer: true}
                      Persistent Chat servers of Skype:
                        cmdlet: Get-CsService
                        shell: skype
                        parameters: {PersistentChatServer: true}
                    """);

    @Override
    public About about() {
        return ABOUT;
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
                .map(cmdlet -> finding(cmdlet.origin(), message))
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
