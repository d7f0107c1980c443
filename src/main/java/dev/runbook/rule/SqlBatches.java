package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.language.Fact;
import dev.runbook.language.Runbook;
import dev.runbook.language.Text;
import dev.runbook.tsql.Context;
import dev.runbook.tsql.Statement;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

    /** {@code KILL @spid}, {@code KILL (57)}, {@code KILL N'57'}. */
    static final class KillWithoutNumber extends Rule {
        KillWithoutNumber() {
            super(About.error(
                            "kill-without-number",
                            "KILL has a variable, an expression or a text where a number belongs.")
                    .because(
                            "KILL takes a literal alone; a variable is a syntax error (102). A tag becomes one: outside of"
                                    + " quotes only a whole number is let through.")
                    .bad("""
                    steps:
                      - step: 1
                        title: End the connections to mgc
                        server: backup_sql
                        sql: |
                          DECLARE @spid int = (SELECT MIN(spid) FROM sys.sysprocesses WHERE dbid = DB_ID(N'mgc'))
                          KILL @spid
                        retry: 3
                        rollback: {not-needed: clients connect again by themselves}
                    """)
                    .good("""
                    steps:
                      - step: 1
                        title: End the connections to mgc
                        for-each: connections to mgc
                        server: backup_sql
                        sql: KILL {{each.spid}}
                        retry: 3
                        rollback: {not-needed: clients connect again by themselves}
                    facts:
                      connections to mgc:
                        server: backup_sql
                        sql: SELECT spid FROM sys.sysprocesses WHERE dbid = DB_ID(N'mgc')
                    """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return Tasks.Batches.ofActions(runbook).flatMap(this::findings).toList();
        }

        private Stream<Diagnostic> findings(Text sql) {
            return Statement.of(sql.raw()).stream()
                    .flatMap(statement -> operand(statement).stream())
                    .filter(KillWithoutNumber::isNoNumber)
                    .map(operand -> finding(
                            sql,
                            operand,
                            "KILL takes a number as it stands. Write KILL {{each.session_id}}, with for-each over a fact"
                                    + " that finds the sessions."));
        }

        /** What stands after KILL, also where KILL itself stands after a DECLARE or IF. */
        private static Optional<Token> operand(Statement statement) {
            List<Token> tokens = statement.tokens();
            for (int at = 0; at + 1 < tokens.size(); at++) {
                boolean name = at > 0 && tokens.get(at - 1).isOperator(".");
                if (tokens.get(at).isWord("KILL") && !name) {
                    return Optional.of(tokens.get(at + 1));
                }
            }
            return Optional.empty();
        }

        private static boolean isNoNumber(Token operand) {
            return operand.kind() == Token.Kind.VARIABLE
                    || operand.isOperator("(")
                    || operand.isOperator("?")
                    || operand.kind().isString();
        }
    }

    /** A fact whose T-SQL is more than one question: a fact is asked at any time, also when nothing may be changed. */
    static final class ChangingFact extends Rule {
        private static final Set<String> QUESTIONS_OF_RESTORE = Set.of("HEADERONLY", "FILELISTONLY", "VERIFYONLY");
        /** These hand a text to another server, or to this one anew, which runs whatever it says. */
        private static final Set<String> SENT_ELSEWHERE = Set.of("OPENQUERY", "OPENROWSET", "OPENDATASOURCE");

        private static final Set<String> CHANGES = Set.of(
                "INSERT",
                "UPDATE",
                "DELETE",
                "MERGE",
                "INTO",
                "EXEC",
                "EXECUTE",
                "DROP",
                "ALTER",
                "CREATE",
                "TRUNCATE",
                "KILL",
                "BACKUP",
                "DECLARE",
                "GRANT",
                "REVOKE",
                "DENY",
                "SHUTDOWN",
                "USE",
                "WAITFOR",
                "DBCC");

        ChangingFact() {
            super(About.error(
                            "changing-fact",
                            "The T-SQL of a fact could change something, or is more than one question.")
                    .because(
                            "Facts are asked at any time: by check, before a run, many times while a step waits. Asking"
                                    + " must never change what is asked about.")
                    .bad("""
                    facts:
                      connections to mgc:
                        server: backup_sql
                        sql: EXEC sp_who2
                    """)
                    .good("""
                    facts:
                      connections to mgc:
                        server: backup_sql
                        sql: SELECT spid FROM sys.sysprocesses WHERE dbid = DB_ID(N'mgc')
                    """)
                    .always());
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return runbook.facts().values().stream()
                    .map(fact -> fact.source())
                    .filter(Fact.Source.Query.class::isInstance)
                    .map(query -> ((Fact.Source.Query) query).sql())
                    .filter(sql -> !sql.raw().isBlank())
                    .flatMap(sql -> finding(sql).stream())
                    .toList();
        }

        private Optional<Diagnostic> finding(Text sql) {
            List<Token> tokens = Tokenizer.significant(sql.raw());
            Optional<Token> wrong = isQuestion(tokens)
                    ? second(sql).or(() -> change(tokens))
                    : tokens.stream().findFirst();
            return wrong.map(token -> Diagnostic.error(
                    sql.origin(),
                    sql.origin().span(token.start(), token.end()),
                    id(),
                    "A fact changes nothing. Its sql is one SELECT (or WITH … SELECT), or RESTORE HEADERONLY,"
                            + " FILELISTONLY or VERIFYONLY."));
        }

        private static boolean isQuestion(List<Token> tokens) {
            boolean restore = tokens.size() > 1
                    && tokens.get(0).isWord("RESTORE")
                    && QUESTIONS_OF_RESTORE.contains(tokens.get(1).text().toUpperCase(Locale.ROOT));
            return restore
                    || !tokens.isEmpty()
                            && (first(tokens).isWord("SELECT") || tokens.get(0).isWord("WITH"));
        }

        /** The first token that opens no parenthesis. */
        private static Token first(List<Token> tokens) {
            return tokens.stream()
                    .filter(token -> !token.isOperator("("))
                    .findFirst()
                    .orElse(tokens.get(0));
        }

        private static Optional<Token> second(Text sql) {
            return Statement.of(sql.raw()).stream()
                    .skip(1)
                    .map(Statement::first)
                    .findFirst();
        }

        private static Optional<Token> change(List<Token> tokens) {
            for (int at = 0; at < tokens.size(); at++) {
                Token token = tokens.get(at);
                boolean word = CHANGES.stream().anyMatch(token::isWord) && !isHint(tokens, at);
                boolean sends = token.isName()
                        && SENT_ELSEWHERE.contains(token.value().toUpperCase(Locale.ROOT))
                        && isFollowedByBracket(tokens, at);
                if (word || sends || draws(tokens, at)) {
                    return Optional.of(token);
                }
            }
            return Optional.empty();
        }

        private static boolean isFollowedByBracket(List<Token> tokens, int at) {
            return at + 1 < tokens.size() && tokens.get(at + 1).isOperator("(");
        }

        /** NEXT VALUE FOR draws a number that nobody else gets any more. */
        private static boolean draws(List<Token> tokens, int at) {
            return at + 2 < tokens.size()
                    && tokens.get(at).isWord("NEXT")
                    && tokens.get(at + 1).isWord("VALUE")
                    && tokens.get(at + 2).isWord("FOR");
        }

        /** MERGE JOIN, USE HINT, USE PLAN, and INSERT as a function of ODBC: words that ask for a way, and change nothing. */
        private static boolean isHint(List<Token> tokens, int at) {
            Token token = tokens.get(at);
            Optional<Token> next = at + 1 < tokens.size() ? Optional.of(tokens.get(at + 1)) : Optional.empty();
            boolean way = token.isWord("MERGE")
                            && next.filter(one -> one.isWord("JOIN") || one.isWord("UNION"))
                                    .isPresent()
                    || token.isWord("USE")
                            && next.filter(one -> one.isWord("HINT") || one.isWord("PLAN"))
                                    .isPresent();
            return way || token.isWord("INSERT") && at > 0 && tokens.get(at - 1).isWord("fn");
        }
    }
}
