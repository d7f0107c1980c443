package dev.runbook.rule.sql;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.rule.About;
import dev.runbook.rule.Batches;
import dev.runbook.rule.Rule;
import dev.runbook.tsql.Statement;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.TokenKind;
import dev.runbook.tsql.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Something of a session that a step leaves behind: an open transaction, a setting, another database. */
public final class SessionState implements Rule {
    private static final About ABOUT = About.warning(
                    "session-state",
                    "A step leaves a transaction, a setting or a database behind, and its session ends with it.")
            .because(
                    "Each step has a session of its own. A transaction that it does not end is rolled back, and the step fails;"
                            + " what it sets, and the database that it goes to, are gone for every later step and fact.")
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
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return Batches.ofActions(runbook).flatMap(sql -> findings(sql).stream()).toList();
    }

    private List<Diagnostic> findings(Text sql) {
        List<Token> tokens = Tokenizer.significant(sql.raw());
        List<Diagnostic> found = new ArrayList<>();
        openTransaction(tokens)
                .map(begin -> finding(
                        sql,
                        begin,
                        "This transaction is not ended here: the step would fail, and all of it be rolled back. End it with"
                                + " COMMIT."))
                .ifPresent(found::add);
        implicit(tokens)
                .map(set -> finding(
                        sql,
                        set,
                        "With IMPLICIT_TRANSACTIONS what follows begins a transaction by itself, which the step would have to"
                                + " end. Leave it off."))
                .ifPresent(found::add);
        List<Statement> statements = Statement.of(sql.raw());
        statements.stream()
                .map(Statement::first)
                .filter(first -> first.isWord("USE"))
                .findFirst()
                .map(use -> finding(
                        sql,
                        use,
                        "USE holds for this step alone, and its session is in the way of whatever needs the database for"
                                + " itself. Write the database before the name: [mgc].dbo.x."))
                .ifPresent(found::add);
        if (!statements.isEmpty()) {
            Statement last = statements.get(statements.size() - 1);
            if (last.begins("SET") && implicit(last.tokens()).isEmpty()) {
                found.add(
                        finding(
                                sql,
                                last.first(),
                                "What is set here ends with this step. Set it in the step that needs it, before its statement."));
            }
        }
        return found;
    }

    /** The first BEGIN TRANSACTION of a text without any COMMIT or ROLLBACK behind it. */
    private static Optional<Token> openTransaction(List<Token> tokens) {
        Optional<Token> open = Optional.empty();
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            boolean begins = token.isWord("BEGIN")
                    && at + 1 < tokens.size()
                    && (tokens.get(at + 1).isWord("TRAN") || tokens.get(at + 1).isWord("TRANSACTION"));
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
                    && tokens.get(at + 1).kind() == TokenKind.WORD
                    && tokens.get(at + 1).isWord("IMPLICIT_TRANSACTIONS")
                    && tokens.get(at + 2).isWord("ON");
            if (on) {
                return Optional.of(tokens.get(at));
            }
        }
        return Optional.empty();
    }
}
