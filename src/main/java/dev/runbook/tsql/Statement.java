package dev.runbook.tsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One statement of a batch. Semicolons are optional in T-SQL, so the words tell where one ends. A hint for rules, not a parser:
 * what stands after IF, WHILE, BEGIN or DECLARE counts as one statement with it, since it has to be sent together.
 *
 * @param tokens neither white space nor comments; never empty
 */
public record Statement(List<Token> tokens) {
    /** Copies the tokens. */
    public Statement {
        tokens = List.copyOf(tokens);
    }

    /** The statements of a text, in order. */
    public static List<Statement> of(String sql) {
        return new Statements(Tokenizer.significant(sql)).cut();
    }

    /** Its first word. */
    public Token first() {
        return tokens.get(0);
    }

    /** The token at an index; empty after the end. */
    Optional<Token> token(int index) {
        return index < tokens.size() ? Optional.of(tokens.get(index)) : Optional.empty();
    }

    /** Whether it begins with these words. */
    public boolean begins(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!isWord(i, words[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether one of these words is among its options. */
    public boolean has(String... words) {
        Set<String> wanted = Set.of(words);
        return tokens.stream()
                .anyMatch(token -> token.kind() == Token.Kind.WORD
                        && wanted.contains(token.text().toUpperCase(Locale.ROOT)));
    }

    /** The text after DISK, quotes and escapes included. */
    public Optional<Token> disk() {
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (isWord(i, "DISK") && tokens.get(i + 1).isOperator("=")) {
                return Optional.of(tokens.get(i + 2));
            }
        }
        return Optional.empty();
    }

    private boolean isWord(int index, String word) {
        return token(index).filter(token -> token.isWord(word)).isPresent();
    }

    /** Cuts tokens into statements. WITH begins one after a semicolon alone, as T-SQL itself demands. */
    private static final class Statements {
        private static final Set<String> QUERIES =
                Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "EXEC", "EXECUTE");
        private static final Set<String> OTHERS = Set.of(
                "KILL",
                "RESTORE",
                "BACKUP",
                "ALTER",
                "DROP",
                "CREATE",
                "TRUNCATE",
                "USE",
                "SHUTDOWN",
                "WAITFOR",
                "DBCC",
                "GRANT",
                "REVOKE",
                "DENY",
                "PRINT",
                "RAISERROR",
                "THROW",
                "DECLARE",
                "IF",
                "WHILE",
                "BEGIN",
                "COMMIT",
                "ROLLBACK",
                "RECONFIGURE",
                "CHECKPOINT",
                "SET",
                "RETURN");
        /** These hold everything up to a semicolon, or to the end: inside of them the words above mean something else. */
        private static final Set<String> TO_SEMICOLON = Set.of("MERGE", "GRANT", "REVOKE", "DENY");

        private static final Set<String> TO_END = Set.of("IF", "WHILE", "BEGIN", "DECLARE");
        private static final Set<String> COLUMNS = Set.of("ALTER", "DROP");
        private static final Set<String> MODULES = Set.of("PROCEDURE", "PROC", "VIEW", "FUNCTION", "TRIGGER");
        /** After these a word goes on with the statement: UNION SELECT, ON DELETE, WITH ROLLBACK, FOR UPDATE, AS, a name. */
        private static final Set<String> GO_ON =
                Set.of("UNION", "ALL", "EXCEPT", "INTERSECT", "ON", "WITH", "FOR", "AS", "AFTER", "OF", "NOT");

        private final List<Token> tokens;
        private final List<Statement> statements = new ArrayList<>();
        private List<Token> current = new ArrayList<>();
        /** Its words outside of parentheses. */
        private List<String> words = new ArrayList<>();

        private int depth;

        Statements(List<Token> tokens) {
            this.tokens = tokens;
        }

        List<Statement> cut() {
            for (int at = 0; at < tokens.size(); at++) {
                Token token = tokens.get(at);
                if (depth == 0 && token.isOperator(";") && !holds(TO_END)) {
                    end();
                    continue;
                }
                if (depth == 0 && !current.isEmpty() && begins(at)) {
                    end();
                }
                current.add(token);
                if (depth == 0) {
                    words.add(word(token));
                }
                depth += token.isOperator("(") ? 1 : token.isOperator(")") ? -1 : 0;
            }
            end();
            return List.copyOf(statements);
        }

        private void end() {
            if (!current.isEmpty()) {
                statements.add(new Statement(current));
                current = new ArrayList<>();
                words = new ArrayList<>();
            }
            depth = 0;
        }

        private boolean begins(int at) {
            String word = word(tokens.get(at));
            if (!QUERIES.contains(word) && !OTHERS.contains(word) || isPartOfName(at)) {
                return false;
            }
            boolean hint = word.equals("MERGE")
                            && at + 1 < tokens.size()
                            && tokens.get(at + 1).isWord("JOIN")
                    || word.equals("USE")
                            && at + 1 < tokens.size()
                            && (tokens.get(at + 1).isWord("HINT")
                                    || tokens.get(at + 1).isWord("PLAN"));
            if (hint) {
                return false;
            }
            boolean inside = holds(TO_END) || holds(TO_SEMICOLON) || isModule() || GO_ON.contains(word(last()));
            return !inside && !goesOn(word);
        }

        /** Whether the statement so far needs this word to be whole. */
        private boolean goesOn(String word) {
            return switch (verb()) {
                case "WITH" -> QUERIES.contains(word);
                case "INSERT" -> !words.contains("VALUES") && !words.contains("SELECT") && QUERIES.contains(word);
                case "UPDATE" -> word.equals("SET");
                case "ALTER" -> word.equals("SET") || words.contains("TABLE") && COLUMNS.contains(word);
                default -> false;
            };
        }

        /** Its first word; after common table expressions the one of the query, once that has begun. */
        private String verb() {
            String first = word(current.get(0));
            return first.equals("WITH")
                    ? words.stream().filter(QUERIES::contains).findFirst().orElse(first)
                    : first;
        }

        private boolean holds(Set<String> words) {
            return !current.isEmpty() && words.contains(word(current.get(0)));
        }

        private boolean isModule() {
            return Set.of("CREATE", "ALTER").contains(word(current.get(0)))
                    && current.size() > 1
                    && MODULES.contains(word(current.get(1)));
        }

        /** {@code dbo.update}, or an alias after a dot. */
        private boolean isPartOfName(int at) {
            boolean behind =
                    last().isOperator(".") || last().isOperator("{") || last().isWord("fn") || last().isOperator("=");
            boolean before = at + 1 < tokens.size()
                    && (tokens.get(at + 1).isOperator(".") || tokens.get(at + 1).isOperator("="));
            return behind || before;
        }

        private Token last() {
            return current.get(current.size() - 1);
        }

        private static String word(Token token) {
            return token.kind() == Token.Kind.WORD ? token.text().toUpperCase(Locale.ROOT) : "";
        }
    }

    /** Finds batches that run a text as code: there, no escaping protects a value. */
    public static final class DynamicSql {
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
                boolean named =
                        token.isName() && RUNS_TEXT.contains(token.value().toLowerCase(Locale.ROOT));
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
}
