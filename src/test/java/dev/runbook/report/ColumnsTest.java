package dev.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void aLineThatFitsStaysAsItIs() {
        assertThat(Columns.wrapped("12/23  done   3  Apply", 22)).containsExactly("12/23  done   3  Apply");
    }

    @Test
    void whatIsBrokenGoesOnUnderTheTextOfTheLine() {
        assertThat(Columns.wrapped("  what    The server does not answer at all", 24))
                .containsExactly("  what    The server", "          does not", "          answer at all");
    }

    @Test
    void aWordThatIsTooLongStaysWhole() {
        assertThat(Columns.wrapped("found /very/long/path/that/fits/nowhere here", 12))
                .containsExactly("found", "/very/long/path/that/fits/nowhere", "here");
    }

    @Test
    void coloursTakeNoRoom() {
        String line = Paint.COLOURED.bad("12345");

        assertThat(Columns.of(line)).isEqualTo(5);
        assertThat(Columns.wrapped(line, 5)).containsExactly(line);
    }

    @Test
    void aChineseSignTakesTwoColumns() {
        assertThat(Columns.of("備援 DB")).isEqualTo(7);
        assertThat(Columns.cut("備援資料庫", 5)).isEqualTo("備援");
    }

    @Test
    void chineseTextIsBrokenBetweenSignsButNotBeforePunctuation() {
        assertThat(Columns.wrapped("備援資料庫，上線 mgc", 10)).containsExactly("備援資料", "庫，上線", "mgc");
    }
}
