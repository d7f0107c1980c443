package dev.runbook.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextsFileTest {
    @Test
    void theLanguageStandsBeforeTheExtension() {
        assertThat(TextsFile.name("runbooks/failover.yaml", "zh-TW")).isEqualTo("runbooks/failover.zh-TW.yaml");
        assertThat(TextsFile.runbook("failover.zh-TW.yaml")).contains("failover.yaml");
        assertThat(TextsFile.tag("failover.zh-TW.yaml")).contains("zh-TW");
    }

    @Test
    void whatIsNoLanguageBelongsToTheName() {
        assertThat(TextsFile.runbook("failover.backup.yaml")).isEmpty();
        assertThat(TextsFile.runbook("failover.2.yaml")).isEmpty();
        assertThat(TextsFile.runbook("failover.yaml")).isEmpty();
    }

    @Test
    void aLanguageIsServedByTheClosestTag() {
        assertThat(TextsFile.tags(Locale.forLanguageTag("zh-TW"))).contains("zh-TW", "zh");
        assertThat(TextsFile.tags(Locale.forLanguageTag("de-AT"))).containsExactly("de-AT", "de");
    }

    @Test
    void aRunbookIsNeverTakenForTexts() {
        assertThat(TextsFile.isTexts(java.util.List.of("runbook: a", "title: texts-of: b")))
                .isFalse();
        assertThat(TextsFile.isTexts(java.util.List.of("# of a", "texts-of: a")))
                .isTrue();
    }
}
