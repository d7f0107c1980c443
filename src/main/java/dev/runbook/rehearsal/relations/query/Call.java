package dev.runbook.rehearsal.relations.query;

import dev.runbook.tsql.Token;
import dev.runbook.tsql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A call of a function.
 *
 * @param name in upper case
 * @param arguments the tokens of each
 * @param end the index behind its closing bracket
 * @param windowed whether OVER follows
 */
record Call(String name, List<List<Token>> arguments, int end, boolean windowed) {
    /** The call that begins there. Without its closing bracket it goes on to the end. */
    static Call at(Cursor here) {
        List<Token> tokens = here.tokens();
        int open = here.indexOf(here.following().orElseThrow());
        List<List<Token>> arguments = new ArrayList<>();
        List<Token> argument = new ArrayList<>();
        int depth = 1;
        int index = open + 1;
        while (index < tokens.size() && depth > 0) {
            Token token = tokens.get(index++);
            depth += token.isOperator("(") ? 1 : token.isOperator(")") ? -1 : 0;
            if (depth == 1 && token.isOperator(",")) {
                arguments.add(List.copyOf(argument));
                argument.clear();
            } else if (depth > 0) {
                argument.add(token);
            }
        }
        if (!arguments.isEmpty() || argument.stream().anyMatch(token -> token.kind() != TokenKind.SPACE)) {
            arguments.add(List.copyOf(argument));
        }
        boolean windowed = new Cursor(tokens, index - 1)
                .following()
                .filter(token -> token.isWord("OVER"))
                .isPresent();
        return new Call(here.token().value().toUpperCase(Locale.ROOT), List.copyOf(arguments), index, windowed);
    }
}
