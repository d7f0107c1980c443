package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.language.Fact;
import dev.runbook.language.Runbook;
import dev.runbook.language.Text;
import dev.runbook.tsql.Statement;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A fact whose T-SQL is more than one question: a fact is asked at any time, also when nothing may be changed. */
final class ChangingFact extends Rule {
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
        super(About.error("changing-fact", "The T-SQL of a fact could change something, or is more than one question.")
                .because("Facts are asked at any time: by check, before a run, many times while a step waits. Asking"
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
        return Statement.of(sql.raw()).stream().skip(1).map(Statement::first).findFirst();
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
