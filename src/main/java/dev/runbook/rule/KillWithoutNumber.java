package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.language.Runbook;
import dev.runbook.language.Text;
import dev.runbook.tsql.Statement;
import dev.runbook.tsql.Token;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code KILL @spid}, {@code KILL (57)}, {@code KILL N'57'}. */
final class KillWithoutNumber extends Rule {
    KillWithoutNumber() {
        super(About.error("kill-without-number", "KILL has a variable, an expression or a text where a number belongs.")
                .because("KILL takes a literal alone; a variable is a syntax error (102). A tag becomes one: outside of"
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
