package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.CommandLineRunner.Result;
import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitCommandTest {
    @TempDir
    Path folder;

    private CommandLineRunner runner;

    @BeforeEach
    void begin() {
        runner = new CommandLineRunner(folder);
    }

    @Test
    void takesNoDeviceOfWindowsForAFile() {
        for (String device : List.of("nul", "CON.yaml", "lpt1")) {
            CommandLineRunner.Result result =
                    new CommandLineRunner(folder).with("OS", "Windows_NT").run("init", device);
            assertThat(result.exit()).as(device).isEqualTo(ExitCode.USAGE);
            assertThat(result.err()).contains("is the name of a device");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void writesARunbookAndTheSchemaThatItsFirstLineNames() throws IOException {
        Result result = runner.run("init", "pause-jobs");

        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(result.out()).contains("pause-jobs.yaml", "runbook.schema.json", "runbook rehearse pause-jobs.yaml");
        assertThat(Files.readAllLines(folder.resolve("pause-jobs.yaml")))
                .startsWith("# yaml-language-server: $schema=runbook.schema.json")
                .contains("runbook: pause-jobs")
                .noneMatch(line -> line.contains("NAME"))
                .anyMatch(line -> line.contains("runbook lint pause-jobs.yaml"));
        assertThat(folder.resolve("runbook.schema.json")).hasSameBinaryContentAs(Path.of("schema/runbook.schema.json"));
    }

    @Test
    void theSchemaOfTextsCanBePrintedToo() throws IOException {
        assertThat(runner.run("schema", "--texts").out())
                .isEqualTo(Files.readString(Path.of("schema/runbook-texts.schema.json")));
        assertThat(runner.run("schema").out()).isEqualTo(Files.readString(Path.of("schema/runbook.schema.json")));
    }

    @Test
    void whatItWritesHasNoFindings() {
        runner.run("init", "pause-jobs");

        Result result = runner.run("lint", "--fail-on", "hint", "pause-jobs.yaml");

        assertThat(result.out()).isEmpty();
        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void whatItWritesCanBePlanned() {
        runner.run("init", "pause-jobs");

        Result result = runner.run("plan", "pause-jobs.yaml", "--var", "backup_sql=sqlb\\RTC");

        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(result.out()).contains("EXEC msdb.dbo.sp_update_job").contains("Every step can be taken back.");
    }

    @Test
    void whatItWritesCanBeRehearsed() {
        runner.run("init", "pause-jobs");

        Result result = runner.run("rehearse", "pause-jobs.yaml", "--runs", "runs");

        assertThat(result.out()).contains("answered \"yes\" by the rehearsal").contains("3 done");
        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"failover", "fail-over", "failovr", "persistent-chat-failback", "failback.yaml"})
    void nothingIsWrittenThatCouldBeTakenForARunbookInsideTheProgram(String name) {
        Result result = runner.run("init", name);

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("would be taken for the fail", "--from fail");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aRunbookInsideTheProgramCanBeCopiedToBeEditedWithItsTexts() throws IOException {
        Result result = runner.run("init", "--from", "failover", "litware-failover");

        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(folder.resolve("litware-failover.yaml")).hasSameBinaryContentAs(Path.of("runbooks/failover.yaml"));
        assertThat(folder.resolve("litware-failover.zh-TW.yaml"))
                .hasSameBinaryContentAs(Path.of("runbooks/failover.zh-TW.yaml"));
        assertThat(runner.run("init", "--from", "failovr", "mine").err()).contains("failover, failback".split(", "));
    }

    @Test
    void aRunbookThatBearsTheNameOfOneInsideTheProgramSaysHowItDiffers() throws IOException {
        runner.run("init", "--from", "failover", "litware-failover");
        assertThat(runner.run("explain", "litware-failover").err()).contains("It is the failover inside this program.");

        Path copy = folder.resolve("litware-failover.yaml");
        List<String> lines = new ArrayList<>(Files.readAllLines(copy));
        lines.add(3, "# ours");
        Files.write(copy, lines);
        assertThat(runner.run("explain", "litware-failover").err())
                .contains(
                        "It is not the failover inside this program: 1 of its lines",
                        "the first is line 4",
                        "builtin:failover");
        assertThat(runner.run("explain", "builtin:failover").err())
                .contains("Using failover.yaml inside this program (SHA-256 ")
                .doesNotContain("It is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause-jobs", "pause-jobs.yaml"})
    void neverOverwritesARunbook(String name) throws IOException {
        Path file = Files.writeString(folder.resolve("pause-jobs.yaml"), "mine");

        Result result = runner.run("init", name);

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("pause-jobs.yaml is there already");
        assertThat(file).hasContent("mine");
        assertThat(folder.resolve("runbook.schema.json")).doesNotExist();
    }

    @Test
    void theSchemaThatIsPrintedIsTheSame() throws IOException {
        assertThat(runner.run("schema").out()).isEqualTo(Files.readString(Path.of("schema/runbook.schema.json")));
    }

    @Test
    void leavesAnotherSchemaAsItIsAndSaysSo() throws IOException {
        Path schema = Files.writeString(folder.resolve("runbook.schema.json"), "{}");

        Result result = runner.run("init", "pause-jobs");

        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(result.out()).contains("Left runbook.schema.json").contains("runbook schema");
        assertThat(schema).hasContent("{}");
    }

    @Test
    void writesASecondRunbookBesideTheFirst() {
        runner.run("init", "first");

        Result result = runner.run("init", "second");

        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(result.out()).contains("Wrote second.yaml").doesNotContain("schema");
    }

    @Test
    void writesIntoAFolderThatIsThere() throws IOException {
        Files.createDirectory(folder.resolve("runbooks"));

        assertThat(runner.run("init", "runbooks/pause-jobs").exit()).isEqualTo(ExitCode.DONE);
        assertThat(folder.resolve("runbooks/pause-jobs.yaml")).content().contains("runbook: pause-jobs\n");
        assertThat(folder.resolve("runbooks/runbook.schema.json")).exists();
    }

    @Test
    void makesNoFolder() {
        Result result = runner.run("init", "nowhere/pause-jobs");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("There is no folder for").contains("Make it first.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pause Jobs", "pause_jobs", "-pause", "", "pause--jobs", ".yaml"})
    void refusesANameThatNoRunbookCanHave(String name) {
        Result result = runner.run("init", "--", name);

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("cannot be the id of a runbook").contains("such as pause-jobs");
        assertThat(folder).isEmptyDirectory();
    }
}
