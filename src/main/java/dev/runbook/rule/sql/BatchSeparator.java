package dev.runbook.rule.sql;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.rule.About;
import dev.runbook.rule.Batches;
import dev.runbook.rule.Rule;
import dev.runbook.tsql.Context;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code GO}, and the commands and variables of sqlcmd: words of tools and not of the server. */
public final class BatchSeparator implements Rule {
    private static final About ABOUT = About.error(
                    "batch-separator", "T-SQL holds a word of a query window or of sqlcmd, such as GO.")
            .because(
                    "GO is a word of query windows. A server does not know it: after SELECT 1 it is a name for the column, after EXEC an argument. So it is with the commands and the $(variables) of sqlcmd.")
            .bad("""
                    steps:
                      - step: 1
                        title: Take mgc out of the mirror
                        server: backup_sql
                        sql: |
                          ALTER DATABASE [mgc] SET PARTNER OFF
                          GO
                        retry: 2
                        rollback: {by-hand: mirror mgc again}
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Take mgc out of the mirror
                        server: backup_sql
                        sql: |
                          ALTER DATABASE [mgc] SET PARTNER OFF
                        retry: 2
                        rollback: {by-hand: mirror mgc again}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    /** What may stand behind GO in its line: how often, and a comment. */
    private static final Pattern REST = Pattern.compile("[ \\t]*\\d*[ \\t]*;?[ \\t]*(--.*)?");

    /** A command at the beginning of a line, or a variable. */
    private static final Pattern SQLCMD = Pattern.compile(
            "(?im)^[ \\t]*:(?:r|setvar|connect|on|out|error|exit|quit|reset|list|listvar|ed|xml|perftrace|serverlist)\\b|\\$\\(\\w+\\)");

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return Batches.of(runbook)
                .flatMap(sql -> Stream.concat(separators(sql), commands(sql)))
                .toList();
    }

    private Stream<Diagnostic> separators(Text sql) {
        List<Token> tokens = Tokenizer.significant(sql.raw());
        return IntStream.range(0, tokens.size())
                .filter(at -> tokens.get(at).isWord("GO") && isLastInItsLine(sql.raw(), tokens.get(at)))
                .filter(at -> at == 0 || !isName(tokens.get(at - 1)))
                .mapToObj(at -> finding(
                        sql,
                        tokens.get(at),
                        "The server does not know GO. A step is one batch: delete it, or write two steps."));
    }

    private Stream<Diagnostic> commands(Text sql) {
        return SQLCMD.matcher(sql.raw())
                .results()
                .filter(found -> Context.at(sql.raw(), found.start()) != Context.COMMENT)
                .map(found -> finding(
                        about().severity(),
                        sql.origin(),
                        sql.origin().span(found.start(), found.end()),
                        "The server does not know " + found.group().strip()
                                + ", which is of sqlcmd. Write the text itself, or a tag in place of a variable."));
    }

    private static boolean isLastInItsLine(String sql, Token token) {
        int end = sql.indexOf('\n', token.end());
        return REST.matcher(sql.substring(token.end(), end < 0 ? sql.length() : end))
                .matches();
    }

    /** Whether what follows is a name: {@code AS go}, {@code dbo.go}. */
    private static boolean isName(Token before) {
        return before.isWord("AS") || before.isOperator(".");
    }
}
