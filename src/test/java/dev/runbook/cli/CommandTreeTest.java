package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Actor;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class CommandTreeTest {
    @TempDir
    Path folder;

    @Test
    void withoutACommandItShowsWhatItCanDo() {
        CommandLineRunner.Result result = runner().run();

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("runbook rehearse failover").contains("lint");
    }

    @Test
    void helpNamesEveryExitCodeAndTheOrderToGoIn() {
        CommandLineRunner.Result result = runner().run("--help");

        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(result.out())
                .contains("130")
                .contains("interrupted with Ctrl-C")
                .contains("runbook rehearse failover");
        for (ExitCode code : ExitCode.values()) {
            assertThat(result.out()).containsPattern("(?m)^ +" + code.number() + " +\\S");
        }
    }

    static Stream<CommandSpec> visibleCommands() {
        CliContext nowhere = new CliContext(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(PrintStream.nullOutputStream()),
                new PrintStream(PrintStream.nullOutputStream()),
                Map.of(),
                Path.of(""),
                false,
                () -> 0,
                CliContext.Language.ENGLISH,
                question -> Optional.empty(),
                Clock.systemUTC(),
                new Actor("jdoe", "jump1", 42, "0.1.0"));
        return CommandTree.of(nowhere).line().getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(spec -> !spec.usageMessage().hidden());
    }

    @ParameterizedTest
    @MethodSource("visibleCommands")
    void theHelpOfACommandExplainsEveryOptionAndGivesAnExample(CommandSpec spec) {
        CommandLineRunner.Result result = runner().run(spec.name(), "--help");

        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("Example").contains("  runbook " + spec.name());
        spec.options().forEach(option -> {
            assertThat(result.out()).contains(option.longestName());
            assertThat(option.description()).as(option.longestName()).isNotEmpty();
        });
        spec.positionalParameters()
                .forEach(parameter -> assertThat(parameter.description()).isNotEmpty());
    }

    @Test
    void anUnknownOptionIsOneMessageWithASuggestion() {
        CommandLineRunner.Result result = runner().run("lint", "--fail-onn", "x.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("--fail-onn").contains("--fail-on").contains("Try: runbook lint --help");
        assertThat(result.err().lines()).hasSizeLessThan(5);
    }

    @Test
    void anUnknownCommandIsOneMessageWithASuggestion() {
        CommandLineRunner.Result result = runner().run("lnt");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("lnt").contains("runbook lint");
    }

    @Test
    void aMissingFileNameIsOneMessage() {
        CommandLineRunner.Result result = runner().run("plan");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("FILE").contains("runbook plan --help");
    }

    @Test
    void anUnknownRunbookIsOneMessageWithASuggestion() {
        CommandLineRunner.Result result = runner().run("plan", "failovr");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .contains("There is no runbook failovr.")
                .contains("Did you mean \"failover\"?")
                .contains("failback, failover");
    }

    @Test
    void aFolderWithoutRunsListsNone() {
        assertThat(runner().run("list").out())
                .startsWith("There are no runs in ")
                .contains("--runs");
    }

    @Test
    void anUnknownRunIsOneMessage() {
        CommandLineRunner.Result result = runner().run("verify-journal", "nonsense");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("There is no run nonsense.");
    }

    private CommandLineRunner runner() {
        return new CommandLineRunner(folder);
    }
}
