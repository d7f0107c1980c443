package dev.runbook.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten thousand values in every place where a tag may stand. */
class SqlEscapingTest {
    private static final int VALUES = 10_000;

    /** A place for a tag. */
    enum Place {
        NATIONAL_STRING("EXEC sp_who N'a{{x}}b' -- end", Token.Kind.NATIONAL_STRING),
        STRING("EXEC sp_who 'a{{x}}b' -- end", Token.Kind.STRING),
        BRACKETS("USE [a{{x}}b] -- end", Token.Kind.BRACKETED),
        OUTSIDE("KILL {{x}} -- end", Token.Kind.NUMBER);

        private final String sql;
        private final Token.Kind kind;

        Place(String sql, Token.Kind kind) {
            this.sql = sql;
            this.kind = kind;
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void keepsTheTokensAndTheValue(Place place) {
        Random random = new Random(20261121);
        List<Token.Kind> kinds = kinds(place.sql.replace("{{x}}", "1"));
        int filled = 0;
        for (int i = 0; i < VALUES; i++) {
            String value = value(random, place);
            if (Fill.sql(FillTest.text(place.sql), scope(value)) instanceof Filled.Complete<Fill.FilledSql> complete) {
                filled++;
                List<Token> tokens = Tokenizer.tokens(complete.value().text());
                List<Token.Kind> found = tokens.stream()
                        .filter(token -> !token.isOperator("-"))
                        .map(Token::kind)
                        .toList();
                assertThat(found).as(value).isEqualTo(kinds);
                assertThat(content(tokens, place)).isEqualTo(place == Place.OUTSIDE ? value : "a" + value + "b");
            }
        }
        assertThat(filled).isGreaterThan(VALUES / 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP DATABASE mgc --",
                "''; DROP DATABASE mgc --",
                "\\'; KILL 1 --",
                "]; DROP DATABASE mgc --",
                "*/ KILL 1 /*",
                "{{x}}",
                "{{{x}}}",
                "' + @@VERSION + '",
                "N'",
                "'",
                "]",
                "ʼ; KILL 1 --",
                "＇",
            })
    void slipsNothingIn(String value) {
        String sql = "RESTORE LOG [{{x}}] FROM DISK = N'{{x}}' WITH FILE = 1";

        Fill.FilledSql filled = ((Filled.Complete<Fill.FilledSql>) Fill.sql(FillTest.text(sql), scope(value))).value();

        assertThat(kinds(filled.text())).isEqualTo(kinds(sql));
        assertThat(Fill.sql(FillTest.text("KILL {{x}}"), scope(value))).isInstanceOf(Filled.Problems.class);
    }

    @Test
    void keepsTheTokensOfEveryRepetition() {
        Random random = new Random(20261121);
        String sql = "WITH {{#x}}MOVE N'{{a}}' TO [{{b}}], {{/x}}REPLACE";
        for (int i = 0; i < 1_000; i++) {
            int count = random.nextInt(4);
            List<Row> rows = IntStream.range(0, count)
                    .mapToObj(n -> Row.of("a", Value.of(value(random, Place.BRACKETS)))
                            .with(Row.of("b", Value.of("b" + value(random, Place.BRACKETS)))))
                    .toList();
            Scope scope = Scope.EMPTY.with("x", new Scope.Binding.Rows(rows));

            if (Fill.sql(FillTest.text(sql), scope) instanceof Filled.Complete<Fill.FilledSql> complete) {
                assertThat(kinds(complete.value().text()))
                        .isEqualTo(kinds("WITH " + "MOVE N'a' TO [b], ".repeat(count) + "REPLACE"));
            }
        }
    }

    private static Scope scope(String value) {
        return Scope.EMPTY.with("x", new Scope.Binding.One(Value.of(value)));
    }

    private static String content(List<Token> tokens, Place place) {
        String sign = place == Place.OUTSIDE && tokens.stream().anyMatch(token -> token.isOperator("-")) ? "-" : "";
        return sign
                + tokens.stream()
                        .filter(token -> token.kind() == place.kind)
                        .map(Token::value)
                        .collect(Collectors.joining());
    }

    private static List<Token.Kind> kinds(String sql) {
        return Tokenizer.tokens(sql).stream().map(Token::kind).toList();
    }

    /** Mostly made of what could end a token; outside quotes mostly of digits, or hardly one would pass. */
    private static String value(Random random, Place place) {
        String alphabet = place == Place.OUTSIDE ? "0123456789-" : "'']][[\"--/**/;{{}}#N@ aZ09\\\t";
        String rare = "\n\r\u0000é名‘’ʼ＇\u00A0;'] x";
        int rarity = random.nextInt(4) == 0 ? 4 : 1000;
        return random.ints(random.nextInt(12), 0, Integer.MAX_VALUE)
                .mapToObj(n -> n % rarity == 1
                        ? rare.charAt(n / rarity % rare.length())
                        : alphabet.charAt(n % alphabet.length()))
                .map(String::valueOf)
                .collect(Collectors.joining());
    }
}
