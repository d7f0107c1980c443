package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.language.Runbook;
import dev.runbook.language.Text;
import dev.runbook.tsql.Context;
import dev.runbook.tsql.Statement;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** T-SQL as batches: what separates them, and what one of them leaves to the next. */
final class SqlBatches {
    private SqlBatches() {}

    /** {@code GO}, and the commands and variables of sqlcmd: words of tools and not of the server. */
    static final class BatchSeparator extends Rule {
        /** What may stand after GO in its line: how often, and a comment. */
        private static final Pattern REST = Pattern.compile("[ \\t]*\\d*[ \\t]*;?[ \\t]*(--.*)?");

        /** A command at the beginning of a line, or a variable. */
        private static final Pattern SQLCMD = Pattern.compile("(?im)^[ \\t]*:"
                + "(?:r|setvar|connect|on|out|error|exit|quit|reset|list|listvar|ed|xml|perftrace|serverlist)"
                + "\\b|\\$\\(\\w+\\)");

        BatchSeparator() {
            super(About.error("batch-separator", "T-SQL holds a word of a query window or of sqlcmd, such as GO.")
                    .because("GO is a word of query windows. A server does not know it: after SELECT 1 it is a name for"
                            + " the column, after EXEC an argument. So it is with the commands and the"
                            + " $(variables) of sqlcmd.")
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
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return Tasks.Batches.of(runbook)
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

    /** Two statements in one step, which could succeed and fail one by one. */
    static final class SeveralStatements extends Rule {
        SeveralStatements() {
            super(About.warning("several-statements", "The T-SQL of a step holds several statements.")
                    .because("If the second fails, the first has happened: a retry would do it again, and done-when"
                            + " cannot tell how far it went. What DECLARE, SET or IF begins belongs together and"
                            + " is left alone.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Take both databases out of their mirrors
                            server: backup_sql
                            sql: |
                              ALTER DATABASE [mgc] SET PARTNER OFF
                              ALTER DATABASE [mgccomp] SET PARTNER OFF
                            retry: 2
                            rollback: {by-hand: mirror both again}
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Take mgc out of its mirror
                            server: backup_sql
                            sql: ALTER DATABASE [mgc] SET PARTNER OFF
                            retry: 2
                            rollback: {by-hand: mirror it again}
                          - step: 2
                            title: Take mgccomp out of its mirror
                            server: backup_sql
                            sql: ALTER DATABASE [mgccomp] SET PARTNER OFF
                            retry: 2
                            rollback: {by-hand: mirror it again}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return Tasks.Batches.ofActions(runbook).flatMap(this::finding).toList();
        }

        private Stream<Diagnostic> finding(Text sql) {
            List<Statement> statements = Statement.of(sql.raw());
            return statements.size() < 2 || belongTogether(statements.get(0))
                    ? Stream.empty()
                    : Stream.of(finding(
                            sql,
                            statements.get(1).first(),
                            "A second statement begins here. Write a step of its own for it, with its own"
                                    + " done-when and rollback."));
        }

        private static boolean belongTogether(Statement first) {
            return Stream.of("DECLARE", "SET", "IF", "WHILE", "BEGIN").anyMatch(first::begins);
        }
    }

    /** Something of a session that a step leaves behind: an open transaction, a setting, another database. */
    static final class SessionState extends Rule {
        SessionState() {
            super(About.warning(
                            "session-state",
                            "A step leaves a transaction, a setting or a database behind, and its session ends with"
                                    + " it.")
                    .because("Each step has a session of its own. A transaction that it does not end is rolled back,"
                            + " and the step fails; what it sets, and the database that it goes to, are gone for"
                            + " every later step and fact.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Switch off the job
                            server: backup_sql
                            sql: |
                              BEGIN TRANSACTION
                              EXEC msdb.dbo.sp_update_job @job_name = N'LSCopy_mgc', @enabled = 0
                            retry: 2
                            rollback: {by-hand: switch it on again}
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Switch off the job
                            server: backup_sql
                            sql: |
                              BEGIN TRANSACTION
                              EXEC msdb.dbo.sp_update_job @job_name = N'LSCopy_mgc', @enabled = 0
                              COMMIT TRANSACTION
                            retry: 2
                            rollback: {by-hand: switch it on again}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return Tasks.Batches.ofActions(runbook)
                    .flatMap(sql -> findings(sql).stream())
                    .toList();
        }

        private List<Diagnostic> findings(Text sql) {
            List<Token> tokens = Tokenizer.significant(sql.raw());
            List<Diagnostic> found = new ArrayList<>();
            openTransaction(tokens)
                    .map(begin -> finding(
                            sql,
                            begin,
                            "This transaction is not ended here: the step would fail, and all of it be rolled back."
                                    + " End it with COMMIT."))
                    .ifPresent(found::add);
            implicit(tokens)
                    .map(set -> finding(
                            sql,
                            set,
                            "With IMPLICIT_TRANSACTIONS what follows begins a transaction by itself, which the step"
                                    + " would have to end. Leave it off."))
                    .ifPresent(found::add);
            List<Statement> statements = Statement.of(sql.raw());
            statements.stream()
                    .map(Statement::first)
                    .filter(first -> first.isWord("USE"))
                    .findFirst()
                    .map(use -> finding(
                            sql,
                            use,
                            "USE holds for this step alone, and its session is in the way of whatever needs the"
                                    + " database for itself. Write the database before the name: [mgc].dbo.x."))
                    .ifPresent(found::add);
            if (!statements.isEmpty()) {
                Statement last = statements.get(statements.size() - 1);
                if (last.begins("SET") && implicit(last.tokens()).isEmpty()) {
                    found.add(finding(
                            sql,
                            last.first(),
                            "What is set here ends with this step. Set it in the step that needs it, before"
                                    + " its statement."));
                }
            }
            return found;
        }

        /** The first BEGIN TRANSACTION of a text without any COMMIT or ROLLBACK after it. */
        private static Optional<Token> openTransaction(List<Token> tokens) {
            Optional<Token> open = Optional.empty();
            for (int at = 0; at < tokens.size(); at++) {
                Token token = tokens.get(at);
                boolean begins = token.isWord("BEGIN")
                        && at + 1 < tokens.size()
                        && (tokens.get(at + 1).isWord("TRAN")
                                || tokens.get(at + 1).isWord("TRANSACTION"));
                if (begins && open.isEmpty()) {
                    open = Optional.of(token);
                }
                boolean ends = token.isWord("COMMIT")
                        || token.isWord("ROLLBACK")
                                && !(at > 0 && tokens.get(at - 1).isWord("WITH"));
                open = ends ? Optional.empty() : open;
            }
            return open;
        }

        private static Optional<Token> implicit(List<Token> tokens) {
            for (int at = 0; at + 2 < tokens.size(); at++) {
                boolean on = tokens.get(at).isWord("SET")
                        && tokens.get(at + 1).kind() == Token.Kind.WORD
                        && tokens.get(at + 1).isWord("IMPLICIT_TRANSACTIONS")
                        && tokens.get(at + 2).isWord("ON");
                if (on) {
                    return Optional.of(tokens.get(at));
                }
            }
            return Optional.empty();
        }
    }
}
