package dev.runbook.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "abc def, 4, 7, abc def, \"    \", ^~~",
                "\"\tabc\", 1, 2, \"\tabc\", \"\t\", ^",
                "移轉 mgc, 3, 6, 移轉 mgc, \"     \", ^~~",
                "移轉, 1, 2, 移轉, \"  \", ^~",
                "abc, 9, 12, abc, \"   \", ^",
                "\"e\u0301x\", 2, 3, \"e\u0301x\", \" \", ^",
                "\"a\u001Bb\", 1, 2, a\uFFFDb, \" \", ^",
                "\"a\u202Eb\", 2, 3, a\uFFFDb, \"  \", ^",
            })
    void caretsStandUnderWhatIsMarked(String line, int from, int to, String shown, String blanks, String carets) {
        assertThat(Excerpt.of(line, from, to)).isEqualTo(new Excerpt(shown, blanks, carets));
    }

    @Test
    void ofALongLineThePartAroundIsShown() {
        Excerpt excerpt = Excerpt.of("a".repeat(500) + "wrong" + "b".repeat(500), 500, 505);

        assertThat(excerpt.line()).startsWith("...aaa").endsWith("bbb...").hasSizeLessThan(250);
        assertThat(excerpt.line()
                        .substring(excerpt.blanks().length(), excerpt.blanks().length() + 5))
                .isEqualTo("wrong");
        assertThat(excerpt.carets()).isEqualTo("^~~~~");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void takesAnyLineAndAnyPartOfIt(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            StringBuilder line = new StringBuilder();
            random.ints(random.nextInt(400), 0, 0x1F700).forEach(line::appendCodePoint);
            int from = random.nextInt(line.length() + 10);
            int to = from + random.nextInt(300);

            Excerpt excerpt = Excerpt.of(line.toString(), from, to);

            assertThat(excerpt.carets()).matches("\\^~*");
            assertThat(excerpt.blanks()).matches("[ \t]*");
            assertThat(excerpt.line().codePoints()).noneMatch(point -> Character.isISOControl(point) && point != '\t');
        }
    }
}
