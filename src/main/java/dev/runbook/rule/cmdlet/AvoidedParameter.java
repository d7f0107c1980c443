package dev.runbook.rule.cmdlet;

import dev.runbook.cmdlet.CmdletReference;
import dev.runbook.cmdlet.KnownCmdlet;
import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.rule.About;
import dev.runbook.rule.CmdletUse;
import dev.runbook.rule.Reach;
import dev.runbook.rule.Rule;
import java.util.List;
import java.util.stream.Stream;

/**
 * A parameter that works, and does harm in a procedure that may be run twice.
 *
 * @param reference the cmdlets that are known
 */
public record AvoidedParameter(CmdletReference reference) implements Rule {
    private static final About ABOUT = About.warning("avoided-parameter", "A parameter should not stand in a runbook.")
            .reaching(Reach.SHELLS)
            .because(
                    "It works at the prompt, once. In a procedure that is retried and resumed it does harm: the second run undoes"
                            + " the first, or does nothing at all.")
            .bad("""
                    steps:
                      - step: 7
                        title: Let the other servers serve
                        cmdlet: Set-CsPersistentChatActiveServer
                        parameters: {Swap: true}
                        retry: 2
                        rollback: {by-hand: swap them back}
                    """)
            .good("""
                    steps:
                      - step: 7
                        title: Let the other servers serve
                        cmdlet: Set-CsPersistentChatActiveServer
                        parameters: {ActiveServers: {Replace: '{{chat_servers}}'}}
                        retry: 2
                        rollback: {by-hand: set the former ones}
                    """);

    private static final String WHAT_IF = "WhatIf";

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return CmdletUse.of(runbook).flatMap(this::findings).toList();
    }

    private Stream<Diagnostic> findings(CmdletUse use) {
        Stream<Diagnostic> avoided = reference.find(use.cmdlet().text()).map(KnownCmdlet::avoid).stream()
                .flatMap(reasons -> reasons.entrySet().stream())
                .flatMap(reason ->
                        use.key(reason.getKey()).stream().map(key -> finding(key.origin(), reason.getValue())));
        Stream<Diagnostic> whatIf = use.key(WHAT_IF).stream()
                .map(key -> finding(
                        key.origin(), "With WhatIf the cmdlet does nothing, and the step counts as done. Delete it."));
        return Stream.concat(avoided, whatIf);
    }
}
