package dev.runbook.rule.cmdlet;

import dev.runbook.cmdlet.CmdletReference;
import dev.runbook.cmdlet.KnownCmdlet;
import dev.runbook.cmdlet.KnownParameter;
import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Suggestion;
import dev.runbook.model.Name;
import dev.runbook.model.Runbook;
import dev.runbook.rule.About;
import dev.runbook.rule.CmdletUse;
import dev.runbook.rule.Reach;
import dev.runbook.rule.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A parameter that the cmdlet does not have, or not in the module in which it runs.
 *
 * @param reference the cmdlets that are known
 */
public record UnknownParameter(CmdletReference reference) implements Rule {
    private static final About ABOUT = About.warning("unknown-parameter", "A cmdlet does not have a parameter.")
            .reaching(Reach.SHELLS)
            .because(
                    "The shell would refuse the call at that step. Names are compared in any case, and written out: a shortened"
                            + " name may mean something else in the next version.")
            .bad("""
                    steps:
                      - step: 1
                        title: Mark the pool as failed over
                        cmdlet: Set-CsPersistentChatState
                        parameters: {PoolIdentity: '{{pool_fqdn}}', PoolState: FailedOver}
                        retry: 2
                        rollback: {by-hand: set it back}
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Mark the pool as failed over
                        cmdlet: Set-CsPersistentChatState
                        parameters: {Identity: '{{pool_fqdn}}', PoolState: FailedOver}
                        retry: 2
                        rollback: {by-hand: set it back}
                    """);

    private static final Set<String> COMMON = Set.of(
            "debug",
            "verbose",
            "erroraction",
            "errorvariable",
            "informationaction",
            "informationvariable",
            "outvariable",
            "outbuffer",
            "pipelinevariable",
            "warningaction",
            "warningvariable",
            "confirm",
            "whatif");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return CmdletUse.of(runbook)
                .flatMap(use -> reference.find(use.cmdlet().text()).stream().flatMap(known -> findings(use, known)))
                .toList();
    }

    private Stream<Diagnostic> findings(CmdletUse use, KnownCmdlet known) {
        return known.parameters().isEmpty()
                ? Stream.empty()
                : use.parameters().keys().stream()
                        .filter(key -> !COMMON.contains(key.text().toLowerCase(Locale.ROOT)))
                        .flatMap(key ->
                                problem(use, known, key).map(message -> finding(key.origin(), message)).stream());
    }

    private static Optional<String> problem(CmdletUse use, KnownCmdlet known, Name key) {
        Optional<KnownParameter> parameter = known.parameter(key.text());
        if (parameter.isEmpty()) {
            List<String> names =
                    known.parameters().stream().map(KnownParameter::name).toList();
            return Optional.of(known.name() + " has no parameter \"" + key + "\"."
                    + Suggestion.nearest(key.text(), names)
                            .map(near -> " Did you mean \"" + near + "\"?")
                            .orElse(names.size() > 12 ? "" : " It has " + String.join(", ", names) + "."));
        }
        return use.module()
                .filter(module -> !parameter.get().modules().isEmpty())
                .filter(module -> !parameter.get().modules().contains(module))
                .map(module -> "In the module " + module + ", " + known.name() + " has no parameter \"" + key + "\".");
    }
}
