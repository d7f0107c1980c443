package dev.runbook.rule.cmdlet;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Span;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.model.Texts;
import dev.runbook.model.Written;
import dev.runbook.rule.About;
import dev.runbook.rule.CmdletUse;
import dev.runbook.rule.Rule;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code service: x}, as Microsoft's own pages write it by mistake. */
public final class SpaceAfterService implements Rule {
    private static final About ABOUT = About.warning("space-after-service", "An identity has a blank behind its colon.")
            .because(
                    "Microsoft's pages print \"service: lyncpc.…\" with a blank, which is part of the name then, and there is no"
                            + " such pool. The documented form is PersistentChatServer:FQDN.")
            .bad("""
                    steps:
                      - step: 5
                        title: Mark the pool as failed over
                        cmdlet: Set-CsPersistentChatState
                        parameters: {Identity: 'service: {{pool_fqdn}}', PoolState: FailedOver}
                        retry: 2
                        rollback: {by-hand: set it back}
                    """)
            .good("""
                    steps:
                      - step: 5
                        title: Mark the pool as failed over
                        cmdlet: Set-CsPersistentChatState
                        parameters: {Identity: 'PersistentChatServer:{{pool_fqdn}}', PoolState: FailedOver}
                        retry: 2
                        rollback: {by-hand: set it back}
                    """);

    private static final Pattern BLANK =
            Pattern.compile("^\\s*(?:service|PersistentChatServer)(?::\\w+)?:(\\s+)", Pattern.CASE_INSENSITIVE);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        Stream<Text> defaults = runbook.variables().values().stream()
                .flatMap(variable -> variable.defaultValue().stream())
                .filter(Written.Scalar.class::isInstance)
                .flatMap(Texts::of);
        Stream<Text> parameters = CmdletUse.of(runbook).flatMap(use -> Texts.of(use.parameters()));
        return Stream.concat(defaults, parameters).flatMap(this::findings).toList();
    }

    private Stream<Diagnostic> findings(Text text) {
        Matcher blank = BLANK.matcher(text.raw());
        if (!blank.find()) {
            return Stream.empty();
        }
        Span span = text.origin().span(blank.start(1), blank.end(1));
        return Stream.of(
                finding(about().severity(), text.origin(), span, "This blank would be part of the name. Delete it."));
    }
}
