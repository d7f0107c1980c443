package dev.runbook.tsql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "KILL 57 | WORD NUMBER",
                "KILL -2 | WORD OPERATOR NUMBER",
                "KILL 57KILL 58 | WORD NUMBER WORD NUMBER",
                "[a]]b] | BRACKETED",
                "[a] ]b | BRACKETED OPERATOR WORD",
                "[a[b] | BRACKETED",
                "N'it''s' | NATIONAL_STRING",
                "n'x' | NATIONAL_STRING",
                "N 'x' | WORD STRING",
                "N'a''' 'b' | NATIONAL_STRING STRING",
                "MN'a' | WORD STRING",
                "'a\\' b | STRING WORD",
                "'' '''' | STRING STRING",
                "a\"b\"\"c\"d | WORD QUOTED WORD",
                "/* a /* b */ c */ d | BLOCK_COMMENT WORD",
                "/* a /* b */ c | BLOCK_COMMENT",
                "/* -- ' */ 'x' | BLOCK_COMMENT STRING",
                "'/*' x '*/' | STRING WORD STRING",
                "a -- b ' /* | WORD LINE_COMMENT",
                "a - - b | WORD OPERATOR OPERATOR WORD",
                "5--2 | NUMBER LINE_COMMENT",
                "@x = @@SPID | VARIABLE OPERATOR VARIABLE",
                "a <> b >= c != d | WORD OPERATOR WORD OPERATOR WORD OPERATOR WORD",
                "1.5e-3 .5 0x1F 1e 12abc | NUMBER NUMBER NUMBER NUMBER NUMBER WORD",
                "sys.databases, #t | WORD OPERATOR WORD OPERATOR WORD",
                "N‘mgc’ | WORD LOOKALIKE WORD LOOKALIKE",
                "［mgc］ | LOOKALIKE WORD LOOKALIKE",
                "{{x}} | OPERATOR OPERATOR WORD OPERATOR OPERATOR",
                "Größe_名前 | WORD",
            })
    void cutsAsTheServerDoes(String sql, String kinds) {
        String found = Tokenizer.tokens(sql).stream()
                .map(Token::kind)
                .filter(kind -> kind != Token.Kind.SPACE)
                .map(Enum::name)
                .collect(Collectors.joining(" "));

        assertThat(found).isEqualTo(kinds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\r\n"})
    void endsALineCommentAtCrOrLf(String lineEnd) {
        assertThat(Tokenizer.significant("-- a" + lineEnd + "b")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(chars = {'\u2028', '\u2029', '\u0085', '\f', '\u000B'})
    void endsALineCommentAtNothingElse(char c) {
        assertThat(Tokenizer.significant("-- a" + c + "b")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(chars = {'\u00A0', '\u3000', '\u200B', '\u2028', '\uFEFF', '\u0085'})
    void noticesBlanksThatAreNone(char c) {
        assertThat(Tokenizer.tokens("a" + c + "b").stream().map(Token::kind))
                .containsExactly(Token.Kind.WORD, Token.Kind.LOOKALIKE, Token.Kind.WORD);
    }

    @Test
    void undoesQuotingAndDoubling() {
        assertThat(values("N'it''s' 'a''' [a]]b] \"c\"\"d\" [x")).containsExactly("it's", "a'", "a]b", "c\"d", "x");
        assertThat(Tokenizer.tokens("N'open''").get(0).closed()).isFalse();
        assertThat(values("N'open''")).containsExactly("open'");
    }

    @Test
    void coversAnyTextWhole() {
        Random random = new Random(20261121);
        String alphabet = "N'\"[]-/*@0x1.eE+ \n\r\tabc;{}#$,<>=!‘’\u00A0\u0000é名\uD83D\uDE00";
        for (int i = 0; i < 20_000; i++) {
            String sql = random.ints(random.nextInt(40), 0, alphabet.length())
                    .mapToObj(alphabet::charAt)
                    .map(String::valueOf)
                    .collect(Collectors.joining());

            List<Token> tokens = Tokenizer.tokens(sql);

            assertThat(tokens.stream().map(Token::text).collect(Collectors.joining()))
                    .isEqualTo(sql);
            int at = 0;
            for (Token token : tokens) {
                assertThat(token.start()).isEqualTo(at);
                assertThat(token.text()).isNotEmpty();
                assertThat(token.value()).isNotNull();
                at = token.end();
            }
        }
    }

    private static List<String> values(String sql) {
        return Tokenizer.significant(sql).stream().map(Token::value).toList();
    }
}
