package dev.runbook.rule.sql;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.rule.About;
import dev.runbook.rule.Batches;
import dev.runbook.rule.Rule;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.TokenKind;
import dev.runbook.tsql.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A tag in a pattern of LIKE, where signs of its value are wildcards. */
public final class TagInLike implements Rule {
    private static final About ABOUT = About.error("tag-in-like", "A tag stands in a pattern of LIKE or PATINDEX.")
            .because(
                    "In a pattern %, _ and [ of the value are wildcards, which no quoting takes away: a file named mgc_%.trn matches"
                            + " every other, and a question that opens a gate is answered by the wrong row.")
            .bad("""
                    facts:
                      last copied log backup:
                        for-each: files in the copy folder
                        server: backup_sql
                        sql: SELECT 1 AS copied FROM msdb.dbo.log_shipping_monitor_secondary WHERE last_copied_file LIKE N'%{{each.name}}'
                      files in the copy folder: {files: '{{copy_dir}}/*.trn'}
                    """)
            .good("""
                    facts:
                      last copied log backup:
                        for-each: files in the copy folder
                        server: backup_sql
                        sql: SELECT 1 AS copied FROM msdb.dbo.log_shipping_monitor_secondary WHERE RIGHT(last_copied_file, LEN(N'{{each.name}}') + 1) = N'\\{{each.name}}'
                      files in the copy folder: {files: '{{copy_dir}}/*.trn'}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return Batches.of(runbook).flatMap(this::findings).toList();
    }

    private Stream<Diagnostic> findings(Text sql) {
        return patterns(Tokenizer.significant(sql.raw())).stream()
                .filter(token -> token.text().contains("{{"))
                .map(token -> finding(
                        sql,
                        token,
                        "In a pattern, %, _ and [ of a value are wildcards. Compare with =, where need be of RIGHT(…, LEN(…)), LEFT"
                                + " or CHARINDEX."));
    }

    /** The texts of which patterns are made: behind LIKE, with + between them, and the first argument of PATINDEX. */
    private static List<Token> patterns(List<Token> tokens) {
        List<Token> patterns = new ArrayList<>();
        boolean pattern = false;
        for (Token token : tokens) {
            boolean begins = token.isWord("LIKE") || token.isWord("PATINDEX");
            boolean text = token.kind() == TokenKind.STRING || token.kind() == TokenKind.NATIONAL_STRING;
            if (pattern && text) {
                patterns.add(token);
            }
            pattern = begins || pattern && (text || token.isOperator("+") || token.isOperator("("));
        }
        return patterns;
    }
}
