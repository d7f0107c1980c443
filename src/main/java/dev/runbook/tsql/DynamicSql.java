package dev.runbook.tsql;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds batches that run a text as code: there, no escaping protects a value. */
public final class DynamicSql {
    private static final Set<String> RUNS_TEXT = Set.of(
            "sp_executesql",
            "sp_execute",
            "sp_prepare",
            "sp_prepexec",
            "sp_prepexecrpc",
            "sp_create_plan_guide",
            "sp_execresultset",
            "xp_execresultset",
            "sp_cursoropen",
            "sp_cursorprepare",
            "sp_cursorprepexec",
            "sp_add_jobstep",
            "sp_update_jobstep",
            "sp_execute_external_script",
            "sp_msforeachdb",
            "sp_msforeachtable",
            "sp_oacreate",
            "sp_oamethod",
            "sp_send_dbmail",
            "xp_cmdshell",
            "openquery",
            "openrowset",
            "opendatasource");

    private DynamicSql() {}

    /** The first word that makes the server run a text as code; empty when nothing does. */
    public static Optional<Token> in(String sql) {
        List<Token> tokens = Tokenizer.significant(sql);
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean named = token.isName() && RUNS_TEXT.contains(token.value().toLowerCase(Locale.ROOT));
            if (named || isExecOfText(tokens, i)) {
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }

    /** {@code EXEC ('…')} runs text, {@code EXEC @name} a procedure that nobody can read off the text. */
    private static boolean isExecOfText(List<Token> tokens, int index) {
        boolean exec = tokens.get(index).isWord("EXEC") || tokens.get(index).isWord("EXECUTE");
        if (!exec || index + 1 >= tokens.size()) {
            return false;
        }
        boolean assigns = index + 2 < tokens.size() && tokens.get(index + 2).isOperator("=");
        Token called = tokens.get(assigns && index + 3 < tokens.size() ? index + 3 : index + 1);
        return called.isOperator("(") || called.kind() == Token.Kind.VARIABLE;
    }
}
