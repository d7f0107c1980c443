package dev.runbook.lint;

import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Characters that word processors and web pages put in place of those that were typed. Only such are replaced as can mean
 * nothing else where they stand; a dash between blanks may have been a minus or the beginning of a comment, and is left alone.
 */
final class Typography {
    private static final Map<Character, String> PLAIN = Map.ofEntries(
            Map.entry('‘', "'"),
            Map.entry('’', "'"),
            Map.entry('‛', "'"),
            Map.entry('＇', "'"),
            Map.entry('“', "\""),
            Map.entry('”', "\""),
            Map.entry('„', "\""),
            Map.entry('‟', "\""),
            Map.entry('＂', "\""),
            Map.entry('［', "["),
            Map.entry('］', "]"),
            Map.entry('（', "("),
            Map.entry('）', ")"),
            Map.entry('；', ";"),
            Map.entry('，', ","));
    private static final String DASHES = "‐‑‒–—―−－";

    private Typography() {}

    /** The edits of a batch: outside strings, names in brackets and comments, where such characters may be meant. */
    static List<RawText.Edit> inSql(String sql) {
        List<RawText.Edit> edits = new ArrayList<>();
        if (!isClosed(sql)) {
            // an apostrophe has turned the rest of the batch into a string
            return edits;
        }
        for (Token token : Tokenizer.tokens(sql)) {
            if (token.kind() == Token.Kind.LOOKALIKE) {
                inSql(sql, token.start(), edits);
            }
        }
        return isClosed(new RawText(sql).with(edits)) ? edits : List.of();
    }

    private static boolean isClosed(String sql) {
        return Tokenizer.tokens(sql).stream().allMatch(Token::closed);
    }

    private static void inSql(String sql, int at, List<RawText.Edit> edits) {
        char c = sql.charAt(at);
        if (DASHES.indexOf(c) >= 0) {
            boolean minus = at + 1 < sql.length() && isDigit(sql.charAt(at + 1));
            if (minus) {
                edits.add(RawText.Edit.replace(at, "-"));
            }
        } else if (PLAIN.containsKey(c)) {
            edits.add(RawText.Edit.replace(at, PLAIN.get(c)));
        } else {
            unseen(c, at, edits);
        }
    }

    /** The edits of the name of a cmdlet, in which a dash is a dash and everything else is too much. */
    static List<RawText.Edit> inCmdlet(String name) {
        List<RawText.Edit> edits = new ArrayList<>();
        for (int at = 0; at < name.length(); at++) {
            char c = name.charAt(at);
            if (DASHES.indexOf(c) >= 0) {
                edits.add(RawText.Edit.replace(at, "-"));
            } else if (Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT) {
                edits.add(RawText.Edit.replace(at, ""));
            }
        }
        return edits;
    }

    private static void unseen(char c, int at, List<RawText.Edit> edits) {
        if (Character.getType(c) == Character.SPACE_SEPARATOR) {
            edits.add(RawText.Edit.replace(at, " "));
        } else if (Character.getType(c) == Character.FORMAT) {
            edits.add(RawText.Edit.replace(at, ""));
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
