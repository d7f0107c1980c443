package dev.runbook.tsql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookalikeTest {
    @ParameterizedTest
    @CsvSource({
        "2013,-",
        "2014,-",
        "2212,-",
        "2019,''''",
        "201C,'\"'",
        "FF1A,:",
        "FF08,(",
        "FF21,A",
        "00A0,' '",
        "3000,' '",
        "200B,''"
    })
    void knowsWhatWasMeant(String code, String instead) {
        assertThat(Tokenizer.Lookalike.of((char) Integer.parseInt(code, 16)))
                .map(Tokenizer.Lookalike::instead)
                .contains(instead);
    }

    @ParameterizedTest
    @CsvSource({"a", "-", "ä", "漢", "é", "§"})
    void leavesOtherCharactersAlone(char c) {
        assertThat(Tokenizer.Lookalike.of(c)).isEmpty();
    }

    @Test
    void coversEverythingThatTheTokeniserTakesForOne() {
        for (int c = 1; c < 0xD800; c++) {
            if (Tokenizer.Characters.isLookalike((char) c)) {
                assertThat(Tokenizer.Lookalike.of((char) c)).as("U+%04X", c).isPresent();
            }
        }
    }

    @Test
    void hasANameThatCanBeLookedUp() {
        assertThat(Tokenizer.Lookalike.of('–').orElseThrow().description()).isEqualTo("an EN DASH (U+2013)");
        assertThat(Tokenizer.Lookalike.of('\u200B').orElseThrow().advice()).isEqualTo("Delete it.");
    }
}
