package dev.runbook.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a\nb",
                "a\r\nb\r\n",
                "a\rb\r",
                "\n\n",
                "\r\r\n\n",
                "\r\n\r",
                "a\n\rb",
                "é\u2028\u0085x\n"
            })
    void cutsAtEveryLineEndAndNowhereElse(String text) {
        assertThat(Source.of("x", text).lines()).isEqualTo(List.of(text.split("\r\n|\r|\n", -1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF", "\uFEFFa\n"})
    void aByteOrderMarkIsNoPartOfTheText(String text) {
        assertThat(Source.of("x", text).lines())
                .isEqualTo(Source.of("x", text.substring(1)).lines());
    }
}
