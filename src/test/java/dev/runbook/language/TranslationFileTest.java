package dev.runbook.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class TranslationFileTest {
    @Test
    void theLanguageStandsBeforeTheExtension() {
        assertThat(TranslationFile.name("runbooks/failover.yaml", "zh-TW")).isEqualTo("runbooks/failover.zh-TW.yaml");
        assertThat(TranslationFile.runbook("failover.zh-TW.yaml")).contains("failover.yaml");
        assertThat(TranslationFile.tag("failover.zh-TW.yaml")).contains("zh-TW");
    }

    @Test
    void whatIsNoLanguageBelongsToTheName() {
        assertThat(TranslationFile.runbook("failover.backup.yaml")).isEmpty();
        assertThat(TranslationFile.runbook("failover.2.yaml")).isEmpty();
        assertThat(TranslationFile.runbook("failover.yaml")).isEmpty();
    }

    @Test
    void aLanguageIsServedByTheClosestTag() {
        assertThat(TranslationFile.tags(Locale.forLanguageTag("zh-TW"))).contains("zh-TW", "zh");
        assertThat(TranslationFile.tags(Locale.forLanguageTag("de-AT"))).containsExactly("de-AT", "de");
    }

    @Test
    void aRunbookIsNeverTakenForTexts() {
        assertThat(TranslationFile.isTexts(java.util.List.of("runbook: a", "title: texts-of: b")))
                .isFalse();
        assertThat(TranslationFile.isTexts(java.util.List.of("# of a", "texts-of: a")))
                .isTrue();
    }
}
