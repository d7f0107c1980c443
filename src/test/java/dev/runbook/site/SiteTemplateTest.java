package dev.runbook.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Checked;
import dev.runbook.base.Source;
import dev.runbook.language.Runbook;
import dev.runbook.language.RunbookReader;
import dev.runbook.yaml.SourceReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTemplateTest {
    @ParameterizedTest
    @ValueSource(strings = {"failover", "failback"})
    void becomesASiteFileWhenEveryEmptyLineGetsItsExample(String name) {
        Runbook runbook = new RunbookReader()
                .read(SourceReader.read(Path.of("runbooks", name + ".yaml"))
                        .value()
                        .orElseThrow())
                .value()
                .orElseThrow();
        String template = SiteTemplate.of(List.of(runbook));
        runbook.variables().forEach((variable, declared) -> assertThat(template).contains(variable + ":"));

        String completed = template.replaceAll("# for example: (.*)\n(\\w+):\n", "$2: $1\n");
        Checked<Map<String, SuppliedValue>> site = SuppliedValue.read(Source.of("site.yaml", completed));
        assertThat(site.diagnostics()).isEmpty();
        assertThat(new SiteBinder(new NoSecrets())
                        .bind(runbook, List.of(site.value().orElseThrow()), "id", "20261121031209")
                        .diagnostics())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"failover", "failback"})
    void holdsWhenEverythingThatIsCommentedOutIsGivenToo(String name) {
        Runbook runbook = new RunbookReader()
                .read(SourceReader.read(Path.of("runbooks", name + ".yaml"))
                        .value()
                        .orElseThrow())
                .value()
                .orElseThrow();
        String completed = SiteTemplate.of(List.of(runbook))
                .replaceAll("# for example: (.*)\n(\\w+):\n", "$2: $1\n")
                .replaceAll("(?m)^# ([a-z_0-9]+: .*\\S)$", "$1");
        Map<String, SuppliedValue> values =
                SuppliedValue.read(Source.of("site.yaml", completed)).value().orElseThrow();
        assertThat(values.keySet())
                .containsExactlyInAnyOrderElementsOf(runbook.variables().keySet());
        assertThat(new SiteBinder(new NoSecrets())
                        .bind(runbook, List.of(values), "id", "20261121031209")
                        .diagnostics())
                .isEmpty();
    }

    @Test
    void servesTwoRunbooksWithEachVariableOnceAndSaysWhichStepsMissWhatIsLeftOut() {
        List<Runbook> both = Stream.of("failover", "failback")
                .map(name -> new RunbookReader()
                        .read(SourceReader.read(Path.of("runbooks", name + ".yaml"))
                                .value()
                                .orElseThrow())
                        .value()
                        .orElseThrow())
                .toList();
        String template = SiteTemplate.of(both);

        assertThat(template)
                .containsOnlyOnce("\nbackup_sql:\n")
                .contains("# left out, these steps of persistent-chat-failover miss it:")
                .contains("#   6-wait  Wait until the mirror holds the same");
        assertThat(SiteTemplate.of(both.subList(0, 1)))
                .contains("#   0.4  If the old primary still answers, take the end of its log and freeze it");
        String completed = template.replaceAll("# for example: (.*)\n(\\w+):\n", "$2: $1\n");
        Map<String, SuppliedValue> site =
                SuppliedValue.read(Source.of("site.yaml", completed)).value().orElseThrow();
        assertThat(both)
                .allSatisfy(runbook -> assertThat(new SiteBinder(new NoSecrets())
                                .bind(runbook, List.of(site), "id", "20261121031209")
                                .diagnostics())
                        .isEmpty());
    }

    private static final class NoSecrets implements SiteBinder.SecretReader {
        @Override
        public Optional<String> prompt(String question) {
            return Optional.empty();
        }

        @Override
        public Optional<String> file(String path) {
            return Optional.empty();
        }

        @Override
        public Optional<String> environment(String name) {
            return Optional.empty();
        }
    }
}
