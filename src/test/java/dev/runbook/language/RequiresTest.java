package dev.runbook.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Checked;
import dev.runbook.base.ProgramVersion;
import dev.runbook.base.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequiresTest {
    private static final String STEPS = "steps:\n  - {step: 1, title: Look, confirm: 'Seen?'}\n";

    @Test
    void theVersionIsTheOneOfTheBuild() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<version>" + ProgramVersion.TEXT + "</version>");
    }

    @ParameterizedTest
    @ValueSource(strings = {">=0", ">=0.1", ">=0.1.0", ">=0.0.99"})
    void aRunbookForThisVersionOrAnEarlierOneIsRead(String wanted) {
        assertThat(read("runbook: a\nrequires: '" + wanted + "'\n" + STEPS).diagnostics())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {">=99", ">=0.99", ">=0.1.99", ">=0.10"})
    void aRunbookForALaterVersionIsRefusedByThatAloneAndNotByWhatOnlyThatVersionKnows(String wanted) {
        Checked<Runbook> read = read("runbook: a\nrequires: '" + wanted + "'\nnovelty: {of: [tomorrow]}\n" + STEPS);

        assertThat(read.value()).isEmpty();
        assertThat(read.diagnostics()).singleElement().satisfies(finding -> {
            assertThat(finding.message())
                    .contains("needs version " + wanted.substring(2))
                    .contains("this is " + ProgramVersion.TEXT);
            assertThat(finding.span().start().line()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"'0.2'", "'>0.2'", "'>=v2'", "'>= 0.2'", "'>=99999'", "0.2", "[]"})
    void anotherWayToSayItIsAMistakeThatShowsTheRightOne(String written) {
        assertThat(read("runbook: a\nrequires: " + written + "\n" + STEPS).diagnostics())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("'>=0.2', in quotes"));
    }

    private static Checked<Runbook> read(String text) {
        return new RunbookReader().read(Source.of("a.yaml", text));
    }
}
