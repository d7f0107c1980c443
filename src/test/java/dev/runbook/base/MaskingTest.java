package dev.runbook.base;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p&amp;ss&#39;w&quot;d",
                "p&amp;ss'w\"d",
                "p&amp;ss&apos;w&#34;d",
                "p&ss'w\"\"d",
                "p&ss''w\"d",
                "p&ss'w`\"d",
                "p&ss\\'w\"d",
                "p%26ss%27w%22d",
                "7026737327772264",
                "70-26-73-73-27-77-22-64",
                "70002600730073002700770022006400",
            })
    void hidesWhatServersShellsAndPagesMakeOfASecret(String dressed) {
        Masking masking = Masking.of(List.of(new Value.Secret("p&ss'w\"d")));

        assertThat(masking.mask("0x" + dressed + ">")).isEqualTo("0x••••••>");
    }

    @Test
    void hidesTheBeginningOfASecretThatIsLeftWhereATextWasCut() {
        Masking masking = Masking.of(List.of(new Value.Secret("hunter-22")));

        for (int length = 2; length <= 9; length++) {
            String cut = "the password is " + "hunter-22".substring(0, length) + "…";
            assertThat(masking.mask(cut + "\nand more")).isEqualTo("the password is ••••••…\nand more");
        }
        assertThat(masking.mask("nothing is cut here: hunter")).isEqualTo("nothing is cut here: hunter");
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
