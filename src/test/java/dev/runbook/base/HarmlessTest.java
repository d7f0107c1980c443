package dev.runbook.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HarmlessTest {
    @ParameterizedTest
    @CsvSource({
        "x\u001b[2K, x<U+001B>[2K",
        "a\u009b1mb, a<U+009B>1mb",
        "a\u0000b, a<U+0000>b",
        "a\u007fb, a<U+007F>b",
        "x\u202egnp.exe, x<U+202E>gnp.exe",
        "x\u2066y\u2069z, x<U+2066>y<U+2069>z",
        "x\ufeffy, x<U+FEFF>y",
        "x\udb40\udc41y, x<U+E0041>y",
        "x\ud800y, x<U+D800>y",
    })
    void writesByItsNumberWhatWouldActOnTheScreen(String text, String harmless) {
        assertThat(Harmless.line(text)).isEqualTo(harmless);
        assertThat(Harmless.lines(text)).isEqualTo(harmless);
        assertThat(Harmless.line(harmless)).isEqualTo(harmless);
    }

    @Test
    void makesOneLineOfSeveralWhereOneIsMeant() {
        assertThat(Harmless.line("all is well\r\nDONE.\rx\ty\u2028z")).isEqualTo("all is well DONE. x y z");
        assertThat(Harmless.lines("SELECT 1\r\n\tAS a\rb")).isEqualTo("SELECT 1\n\tAS a<U+000D>b");
    }

    @Test
    void leavesEveryLanguageAsItIs() {
        String text = "備份資料庫 נתונים بيانات Größe 😀 é";

        assertThat(Harmless.line(text)).isSameAs(text);
    }
}
