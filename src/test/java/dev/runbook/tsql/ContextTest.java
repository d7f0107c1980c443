package dev.runbook.tsql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextTest {
    /** The place is marked by a paragraph sign. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "KILL ¶ | OUTSIDE",
                "N'a¶' | NATIONAL_STRING",
                "N'it''s ¶' | NATIONAL_STRING",
                "'¶' | STRING",
                "N ' ¶ | STRING",
                "[¶] | BRACKETS",
                "[a]]¶ | BRACKETS",
                "\"¶\" | QUOTES",
                "'-- ' ¶ | OUTSIDE",
                "-- ' ¶ | COMMENT",
                "/* /* */ ¶ */ | COMMENT",
                "/* */ ¶ | OUTSIDE",
            })
    void knowsWhereSomethingStands(String sql, Context context) {
        assertThat(Context.at(sql, sql.indexOf('¶'))).isEqualTo(context);
    }

    @Test
    void countsTheMarksThemselvesAsOutside() {
        assertThat(Context.at("N'a'", 0)).isEqualTo(Context.OUTSIDE);
        assertThat(Context.at("N'a'", 1)).isEqualTo(Context.OUTSIDE);
        assertThat(Context.at("N'a'", 2)).isEqualTo(Context.NATIONAL_STRING);
        assertThat(Context.at("N'a'", 3)).isEqualTo(Context.OUTSIDE);
        assertThat(Context.at("N'a'", 9)).isEqualTo(Context.OUTSIDE);
    }
}
