package dev.runbook.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
    private static final Masking MASKING = Masking.of(
            List.of(new Value.Secret(" it's \"só\"+1] "), new Value.Secret("abcd"), new Value.Secret("abcdef")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                " it's \"só\"+1] ",
                "it's \"só\"+1]",
                "it''s \"só\"+1]",
                "it's \"só\"+1]]",
                "it's \\\"só\\\"+1]",
                "it's \\\"s\\u00f3\\\"+1]",
                "it%27s+%22s%C3%B3%22%2B1%5D",
                "it%27s%20%22s%C3%B3%22%2B1%5D",
                "aXQncyAic8OzIisxXQ==",
            })
    void hidesASecretInEveryDress(String dressed) {
        assertThat(MASKING.mask("<" + dressed + ">")).isEqualTo("<••••••>");
    }

    @Test
    void hidesTheLongerOfTwoSecrets() {
        assertThat(MASKING.mask("abcdef abcd abc")).isEqualTo("•••••• •••••• abc");
    }

    @Test
    void doesNotLookForShortSecrets() {
        assertThat(Masking.of(List.of(new Value.Secret("abc"))).mask("abc")).isEqualTo("abc");
        assertThat(Masking.NONE.mask("abcd")).isEqualTo("abcd");
    }

    @Test
    void changesNothingWhenRepeated() {
        String once = MASKING.mask("x abcd y");

        assertThat(MASKING.mask(once)).isEqualTo(once);
    }
}
