package dev.runbook.rehearsal.catalog;

import dev.runbook.rehearsal.tds.Backend.Session;
import dev.runbook.rehearsal.tds.SqlError;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Translates one SELECT or WITH from T-SQL to the words of H2, token by token. Both speak almost the same; what differs is
 * names of several parts, the functions that tell of the server, a few types, and how texts are compared.
 */
final class Translator {
    private static final Set<String> OPERATORS = Set.of(
            "(", ")", ",", ".", "=", "<", ">", "<>", "!=", "<=", ">=", "!<", "!>", "+", "-", "*", "/", "%", "&", "|",
            "^", "~");

    private final CatalogView view;
    private final List<Session.Parameter> parameters;
    private final Set<RelationName> relations = new LinkedHashSet<>();
    private Optional<SqlError> refusal = Optional.empty();

    private Translator(CatalogView view, List<Session.Parameter> parameters) {
        this.view = view;
        this.parameters = parameters;
    }

    /** The query in the words of H2, or what stands against it. */
    static Translation translate(String sql, List<Session.Parameter> parameters, CatalogView view) {
        Translator translator = new Translator(view, parameters);
        List<Token> tokens = new ArrayList<>(Tokenizer.tokens(sql));
        tokens.replaceAll(Translator::withoutComment);
        String translated = translator.text(tokens);
        return new Translation(translated, translator.relations, translator.refusal);
    }

    private static Token withoutComment(Token token) {
        return token.kind().isComment() ? new Token(Token.Kind.SPACE, token.start(), " ", true) : token;
    }

    /** The words of H2 for a stretch of tokens. */
    String text(List<Token> tokens) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < tokens.size()) {
            at = next(new TokenPosition(tokens, at), out);
        }
        return out.toString();
    }

    /** Notes the first thing that the server would refuse. */
    String refuse(int number, String message) {
        if (refusal.isEmpty()) {
            refusal = Optional.of(new SqlError(number, number == 102 ? 15 : 16, 1, message, 1));
        }
        return "NULL";
    }

    private int next(TokenPosition here, StringBuilder out) {
        Token token = here.token();
        if (token.kind().isString()) {
            out.append(string(here));
        } else if (token.kind() == Token.Kind.VARIABLE) {
            out.append(variable(token.text()));
        } else if (token.isName()) {
            return name(here, out);
        } else if (!token.isOperator(";")) {
            out.append(
                    isSpokenHere(token) ? token.text() : refuse(102, "Incorrect syntax near '" + token.text() + "'."));
        }
        return here.at() + 1;
    }

    /** Marks that mean something to H2 alone, such as its own quotes, never reach it. */
    private static boolean isSpokenHere(Token token) {
        return token.kind() != Token.Kind.OPERATOR || OPERATORS.contains(token.text());
    }

    /** SQL Server takes no notice of blanks at the end of a text, except in a pattern. */
    private static String string(TokenPosition here) {
        String value = here.token().value();
        boolean pattern = here.before().filter(token -> token.isWord("LIKE")).isPresent();
        return Functions.Literal.plain(pattern ? value : value.stripTrailing());
    }

    private String variable(String name) {
        if (name.startsWith("@@")) {
            return Functions.Globals.value(name, view).orElseGet(() -> undeclared(name));
        }
        return parameters.stream()
                .filter(parameter -> parameter.name().equalsIgnoreCase(name))
                .findFirst()
                .map(parameter -> Functions.Literal.of(parameter.value()))
                .orElseGet(() -> undeclared(name));
    }

    private String undeclared(String name) {
        return refuse(137, "Must declare the scalar variable \"" + name + "\".");
    }

    private int name(TokenPosition here, StringBuilder out) {
        if (here.token().isWord("COLLATE")) {
            return here.following().map(name -> here.indexOf(name) + 1).orElse(here.at() + 1);
        }
        if (here.isCall()) {
            Functions.Call call = Functions.Call.at(here);
            out.append(new Functions(this, view).text(call));
            return call.end();
        }
        List<Token> parts = here.dotted();
        if (parts.size() > 1 && isCalled(here, parts)) {
            String called = String.join(".", parts.stream().map(Token::value).toList());
            out.append(refuse(
                    4121, "Cannot find the user-defined function \"" + called + "\", or the name is ambiguous."));
            return here.at() + 2 * parts.size() - 1;
        }
        out.append(relationOrColumn(parts));
        return here.at() + (parts.isEmpty() ? 1 : 2 * parts.size() - 1);
    }

    private static boolean isCalled(TokenPosition here, List<Token> parts) {
        return new TokenPosition(here.tokens(), here.at() + 2 * parts.size() - 2)
                .following()
                .filter(token -> token.isOperator("("))
                .isPresent();
    }

    /** {@code sys.x}, {@code database.sys.x}, {@code database..x}: a relation, perhaps with a column after it. */
    private String relationOrColumn(List<Token> parts) {
        List<String> values = parts.stream().map(Token::value).toList();
        Optional<RelationName> named = RelationName.of(values, view.asking().database());
        if (named.isEmpty()) {
            if (parts.get(0).value().equalsIgnoreCase("INFORMATION_SCHEMA")) {
                return refuse(208, "Invalid object name '" + String.join(".", values) + "'.");
            }
            return String.join(".", parts.stream().map(Translator::quoted).toList());
        }
        RelationName name = named.get();
        if (Relations.find(name, view).isEmpty()) {
            return refuse(208, "Invalid object name '" + String.join(".", values) + "'.");
        }
        relations.add(name);
        int used = RelationName.length(values);
        List<String> rest = parts.subList(used, parts.size()).stream()
                .map(Translator::quoted)
                .toList();
        return rest.isEmpty() ? name.h2() : name.h2() + "." + String.join(".", rest);
    }

    /** A word stays a word, since it may be a keyword; what was quoted is quoted the other way. */
    private static String quoted(Token part) {
        return part.kind() == Token.Kind.WORD ? part.text() : '"' + part.value().replace("\"", "\"\"") + '"';
    }

    /**
     * A query in the words of H2.
     *
     * @param sql what H2 is to evaluate
     * @param relations that it names, each of which the server has
     * @param refusal what the server says instead; then the rest means nothing
     */
    record Translation(String sql, Set<RelationName> relations, Optional<SqlError> refusal) {
        /** Copies the set. */
        Translation {
            relations = Set.copyOf(relations);
        }
    }
}
