package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plans and approvals of a format that was released are kept for ever, with the runbook that they were made for: every later
 * program binds a run to them, and takes their answers. They are never changed.
 */
class KeptAgreementsTest {
    private static final Path KEPT = Path.of("src/test/resources/agreements");

    @TempDir
    Path folder;

    static List<Path> formats() throws IOException {
        try (Stream<Path> folders = Files.list(KEPT)) {
            return folders.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aRunIsBoundToAKeptPlanAndTakesKeptAnswers(Path kept) throws IOException {
        for (String name : List.of("three.yaml", "plan.json", "approvals.json")) {
            Files.copy(kept.resolve(name), folder.resolve(name));
        }
        CommandLineRunner runner = new CommandLineRunner(folder);

        CommandLineRunner.Result run =
                runner.run("run", "three.yaml", "--plan", "plan.json", "--approvals", "approvals.json");
        assertThat(run.err()).doesNotContain("Nothing was begun");
        assertThat(run.exit()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("bound to the plan").contains("by jdoe, as root@vm in approvals.json");

        CommandLineRunner.Result other =
                runner.run("run", "three.yaml", "--plan", "plan.json", "--var", "name=two", "--new");
        assertThat(other.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(other.err()).contains("variable name has another value");
    }
}
