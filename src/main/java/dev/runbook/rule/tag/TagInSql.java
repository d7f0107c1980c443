package dev.runbook.rule.tag;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Severity;
import dev.runbook.model.ActionSpec;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.model.Texts;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.rule.TagUse;
import dev.runbook.rule.Tasks;
import dev.runbook.rule.TextUse;
import dev.runbook.rule.TextUses;
import dev.runbook.template.Fill;
import dev.runbook.template.Tag;
import dev.runbook.template.Tags;
import dev.runbook.tsql.Context;
import dev.runbook.tsql.DynamicSql;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A tag where no escaping protects T-SQL from its value: in a comment, inside double quotes, as part of a word, in a batch that
 * runs text as code. And, as a warning, inside {@code '…'} without the {@code N}, where other alphabets are lost.
 */
public final class TagInSql implements Rule {
    private static final About ABOUT = About.error(
                    "tag-in-sql", "A tag stands where nothing protects T-SQL from its value.")
            .always()
            .because(
                    "Inside N'…' quotes are doubled, inside […] brackets, and elsewhere only a whole number may stand. In a comment, inside \"…\", as part of a word, or in a text that the server runs as code, no escaping helps.")
            .bad("""
                    steps:
                      - step: 1
                        title: Set mgc back
                        server: backup_sql
                        sql: ALTER DATABASE [mgc] SET PARTNER OFF -- asked for by {{pool_fqdn}}
                        retry: 2
                        rollback: {not-needed: it can be mirrored again}
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Set mgc of {{pool_fqdn}} back
                        server: backup_sql
                        sql: ALTER DATABASE [mgc] SET PARTNER OFF
                        retry: 2
                        rollback: {not-needed: it can be mirrored again}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        List<Diagnostic> findings = new ArrayList<>();
        for (TextUse use : TextUses.of(runbook)) {
            boolean wellFormed = Tags.of(use.text()).stream().noneMatch(tag -> tag.kind() == Tag.Kind.REFUSED);
            if (use.place() == TextUse.Place.SQL && wellFormed) {
                Fill.mistakes(use.text()).forEach(problem -> findings.add(problem.diagnostic(id())));
                dynamic(use.text()).ifPresent(findings::add);
                findings.addAll(plainStrings(use));
            }
        }
        Tasks.actions(runbook)
                .filter(ActionSpec.Procedure.class::isInstance)
                .forEach(action -> procedure((ActionSpec.Procedure) action).ifPresent(findings::add));
        return findings;
    }

    /** Parameters are data, but not those of a procedure that runs them as code. */
    private Optional<Diagnostic> procedure(ActionSpec.Procedure action) {
        boolean tags = Texts.of(action).anyMatch(Text::hasTags);
        return DynamicSql.in(action.procedure().text())
                .filter(token -> tags)
                .map(token -> finding(action.procedure().origin(), codeNotData(token)));
    }

    private static String codeNotData(Token token) {
        return token.text()
                + " runs a text as code, so it may hold no tags: nothing would protect it from their values.";
    }

    private Optional<Diagnostic> dynamic(Text sql) {
        return DynamicSql.in(sql.raw())
                .map(token -> Diagnostic.error(
                        sql.origin(), sql.origin().span(token.start(), token.end()), id(), codeNotData(token)));
    }

    private List<Diagnostic> plainStrings(TextUse use) {
        List<Token> tokens = Tokenizer.tokens(use.text().raw());
        return use.tags().stream()
                .filter(tag -> Context.at(tokens, tag.tag().start()) == Context.STRING)
                .map(this::withoutN)
                .toList();
    }

    private Diagnostic withoutN(TagUse use) {
        return use.finding(
                Severity.WARNING,
                id(),
                "Write N before the quote: N'…'. Without it, letters of other alphabets are refused.");
    }
}
