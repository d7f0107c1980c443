package dev.runbook.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Masking;
import dev.runbook.base.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotesTest {
    private static final Masking SECRET = Masking.of(List.of(new Value.Secret("Rehearsal-1")));

    @Test
    void aNoteIsOneLineWithoutBlanksAroundIt() {
        assertThat(kept("  called the storage team ")).isEqualTo("called the storage team");
        assertThat(kept(" \t ")).isEmpty();
    }

    @Test
    void noControlCharacterStays() {
        assertThat(kept("a\tb\u001b[2Jc\u202ed\rmore")).isEqualTo("a b [2Jc d more");
    }

    @Test
    void noSecretStays() {
        assertThat(kept("sa has Rehearsal-1 there")).isEqualTo("sa has " + new Value.Secret("").text() + " there");
        String filler = "x".repeat(995);
        assertThat(kept(filler + "Rehearsal-1")).doesNotContain("Rehea");
    }

    @Test
    void aVeryLongOneIsCutOffAndSaysSo() {
        assertThat(kept("x".repeat(1000))).isEqualTo("x".repeat(1000));
        assertThat(kept("x".repeat(4095))).isEqualTo("x".repeat(1000) + " ... (cut off: it had 4095 characters)");
    }

    private static String kept(String typed) {
        return Person.Notes.text(typed, SECRET::mask);
    }
}
