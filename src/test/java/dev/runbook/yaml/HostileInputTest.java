package dev.runbook.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, reading ends soon, with a tree or with findings and never with an exception. */
class HostileInputTest {
    private static final String[] PIECES = {
        "a",
        ": ",
        "- ",
        "\n",
        "\n  ",
        "\n    ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "'",
        "\"",
        "|",
        ">",
        "|2-",
        "#",
        " #",
        "&a ",
        "*a",
        "!!str ",
        "<<",
        "? ",
        "\t",
        "{{x}}",
        "\\",
        "\\u00e4",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "\u2028",
        "\u0000",
        "𝄞",
        "~",
        "@",
        "`"
    };

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "{", "'", "\"", "&a [*a, ", "a: |\n"})
    void whatIsRepeatedManyTimesEndsSoon(String piece) {
        assertEnds(piece.repeat(20_001));
    }

    @Test
    void aliasesThatGrowAreRefusedWhereTheyStand() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(9)).append("x]\n");
        }
        assertThat(rules(bomb.toString())).containsOnly("alias");
    }

    @Test
    void aListThatContainsItselfIsRefused() {
        assertThat(rules("a: &a [*a]\n")).containsOnly("alias");
    }

    @Test
    void fiftyLevelsAreReadAndFiftyOneAreNot() {
        assertThat(rules("[".repeat(50) + "x" + "]".repeat(50))).isEmpty();
        assertThat(rules("[".repeat(51) + "x" + "]".repeat(51))).containsExactly("nesting");
    }

    @Test
    void tooLargeAFileIsNotLookedInto() {
        assertThat(rules("a: " + "x".repeat(SourceReader.MAX_BYTES))).containsExactly("file");
    }

    @Test
    void aFileOfControlCharactersIsNotListedCharacterByCharacter() {
        assertThat(rules("\u0000".repeat(5_000))).hasSizeLessThan(15).contains("control-character");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyTextIsReadOrRefused(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 1_500; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(25); i >= 0; i--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            Checked<Node> read = YamlReader.read(Source.of("random.yaml", text.toString()));
            assertThat(read.value().isPresent()).as(text.toString()).isNotEqualTo(read.hasErrors());
        }
    }

    private static void assertEnds(String text) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThat(rules(text)).isNotEmpty());
    }

    private static List<String> rules(String text) {
        return YamlReader.read(Source.of("hostile.yaml", text)).diagnostics().stream()
                .map(Diagnostic::rule)
                .toList();
    }
}
