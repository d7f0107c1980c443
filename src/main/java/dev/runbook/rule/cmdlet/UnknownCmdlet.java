package dev.runbook.rule.cmdlet;

import dev.runbook.cmdlet.CmdletReference;
import dev.runbook.cmdlet.KnownCmdlet;
import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Suggestion;
import dev.runbook.model.Runbook;
import dev.runbook.rule.About;
import dev.runbook.rule.CmdletUse;
import dev.runbook.rule.Reach;
import dev.runbook.rule.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A cmdlet that is not among those that are known, or not in the module in which it runs.
 *
 * @param reference the cmdlets that are known
 */
public record UnknownCmdlet(CmdletReference reference) implements Rule {
    private static final About ABOUT = About.warning(
                    "unknown-cmdlet", "A cmdlet is not known, or is not in this product.")
            .reaching(Reach.SHELLS)
            .because(
                    "The management shell would refuse it at that step. The cmdlets of Lync Server 2013 and Skype for Business"
                            + " Server 2015 that such a procedure needs are known; lint --cmdlets FILE adds others.")
            .bad("""
                    facts:
                      active servers:
                        cmdlet: Get-CsPersistentChatActiveServer
                    """)
            .good("""
                    facts:
                      active servers:
                        cmdlet: Get-CsService
                        parameters: {PersistentChatServer: true}
                    """);

    private static final Map<String, String> OPPOSITES = Map.ofEntries(
            Map.entry("failback", "failover"),
            Map.entry("start-", "stop-"),
            Map.entry("enable-", "disable-"),
            Map.entry("add-", "remove-"),
            Map.entry("new-", "remove-"),
            Map.entry("suspend-", "resume-"),
            Map.entry("connect-", "disconnect-"),
            Map.entry("mount-", "dismount-"),
            Map.entry("install-", "uninstall-"),
            Map.entry("lock-", "unlock-"),
            Map.entry("backup-", "restore-"),
            Map.entry("import-", "export-"),
            Map.entry("grant-", "revoke-"),
            Map.entry("publish-", "unpublish-"),
            Map.entry("register-", "unregister-"));

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return CmdletUse.of(runbook)
                .flatMap(use -> problem(use).map(message -> finding(use.cmdlet().origin(), message)).stream())
                .toList();
    }

    /** Whether one does what the other takes back: nobody who asks for the one means the other. */
    private static boolean isOpposite(String written, String near) {
        String one = written.toLowerCase(Locale.ROOT);
        String other = near.toLowerCase(Locale.ROOT);
        return OPPOSITES.entrySet().stream()
                .anyMatch(words -> one.contains(words.getKey()) && other.contains(words.getValue())
                        || one.contains(words.getValue()) && other.contains(words.getKey()));
    }

    private Optional<String> problem(CmdletUse use) {
        Optional<KnownCmdlet> known = reference.find(use.cmdlet().text());
        if (known.isEmpty() && !use.cmdlet().text().contains("-")) {
            // that this is no name of a cmdlet has been said
            return Optional.empty();
        }
        if (known.isEmpty()) {
            return Optional.of("The cmdlet " + use.cmdlet() + " is not known."
                    + Suggestion.nearest(use.cmdlet().text(), reference.names())
                            .filter(near -> !isOpposite(use.cmdlet().text(), near))
                            .map(near -> " Did you mean \"" + near + "\"?")
                            .orElse(" If it is right, describe it in a file for lint --cmdlets."));
        }
        Optional<String> elsewhere = use.module()
                .filter(module -> !known.get().modules().isEmpty())
                .filter(module -> !known.get().modules().contains(module))
                .map(module -> "The module " + module + " has no " + use.cmdlet() + "; it is in "
                        + String.join(", ", known.get().modules()) + ".");
        return known.get().instead().or(() -> elsewhere);
    }
}
