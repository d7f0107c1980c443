package dev.runbook.rule.cmdlet;

import dev.runbook.cmdlet.CmdletReference;
import dev.runbook.cmdlet.KnownCmdlet;
import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.rule.About;
import dev.runbook.rule.CmdletUse;
import dev.runbook.rule.Reach;
import dev.runbook.rule.Rule;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A cmdlet without a parameter that it needs, and for which the shell would ask; nobody could answer.
 *
 * @param reference the cmdlets that are known
 */
public record MissingParameter(CmdletReference reference) implements Rule {
    private static final About ABOUT = About.warning("missing-parameter", "A cmdlet lacks a parameter that it needs.")
            .reaching(Reach.SHELLS)
            .because("The shell runs without a keyboard: what it would ask for at the prompt is an error there.")
            .bad("""
                    steps:
                      - step: 6
                        title: Mirror mgc
                        cmdlet: Install-CsMirrorDatabase
                        parameters: {DatabaseType: PersistentChat, SqlServerFqdn: '{{backup_sql.host}}'}
                        retry: 2
                        rollback: {not-needed: a mirror does no harm}
                    """)
            .good("""
                    steps:
                      - step: 6
                        title: Mirror mgc
                        cmdlet: Install-CsMirrorDatabase
                        parameters: {DatabaseType: PersistentChat, SqlServerFqdn: '{{backup_sql.host}}', FileShare: '{{log_share}}'}
                        retry: 2
                        rollback: {not-needed: a mirror does no harm}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return CmdletUse.of(runbook)
                .flatMap(use -> reference
                        .find(use.cmdlet().text())
                        .flatMap(known -> missing(use, known))
                        .map(missing -> finding(
                                use.cmdlet().origin(),
                                use.cmdlet() + " needs " + String.join(" and ", missing) + ". Add "
                                        + (missing.size() == 1 ? "it." : "them.")))
                        .stream())
                .toList();
    }

    /** What is missing of the set that is nearest to being whole; of two, of the one that the reference names first. */
    private static Optional<List<String>> missing(CmdletUse use, KnownCmdlet known) {
        return known.required().stream()
                .map(set -> set.stream()
                        .filter(parameter -> use.key(parameter).isEmpty())
                        .toList())
                .min(Comparator.comparingInt(List::size))
                .filter(missing -> !missing.isEmpty());
    }
}
