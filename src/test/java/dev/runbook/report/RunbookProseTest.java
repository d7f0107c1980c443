package dev.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Source;
import dev.runbook.golden.GoldenFolder;
import dev.runbook.language.Runbook;
import dev.runbook.lint.Linter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunbookProseTest {
    @ParameterizedTest
    @ValueSource(strings = {"failover", "failback"})
    void tellsTheShippedRunbooks(String name) throws IOException {
        GoldenFolder.verify(Path.of("src/test/resources/golden/explained", name + ".txt"), told(name, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"failover", "failback"})
    void namesEveryStepInOrderAndEveryFact(String name) throws IOException {
        Runbook runbook = runbook(name);
        String told = told(name, 100);
        assertThat(told.lines().filter(line -> line.startsWith("Step ")).map(line -> line.split("[. ]+ ?")[1]))
                .hasSameSizeAs(runbook.steps());
        assertThat(runbook.steps()).allMatch(step -> told.contains("Step " + step.id() + ". "));
        assertThat(runbook.facts().keySet()).allMatch(fact -> told.contains("- " + fact));
    }

    @ParameterizedTest
    @ValueSource(strings = {"failover", "failback"})
    void readsNoBracesAloudButThoseOfTheSql(String name) throws IOException {
        assertThat(told(name, 100).lines().filter(line -> line.contains("{{")))
                .allMatch(line -> line.startsWith("       "));
    }

    @Test
    void fitsIntoANarrowTerminal() throws IOException {
        assertThat(told("failover", 60).lines().filter(line -> !line.startsWith("       ") && !line.contains("http")))
                .allMatch(line -> line.length() <= 60);
    }

    private static String told(String name, int width) throws IOException {
        List<String> lines = RunbookProse.of(runbook(name), width, Paint.PLAIN);
        return String.join("\n", lines) + "\n";
    }

    private static Runbook runbook(String name) throws IOException {
        Path file = Path.of("runbooks", name + ".yaml");
        return new Linter()
                .read(Source.of(file.toString(), Files.readString(file)))
                .value()
                .orElseThrow();
    }
}
