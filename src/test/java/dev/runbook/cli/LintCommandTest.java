package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LintCommandTest {
    private static final String CLEAN = """
        runbook: clean
        title: Nothing to find
        steps:
          - step: 1
            title: Ask
            confirm: Go on?
        """;
    private static final String WRONG = CLEAN.replace("Go on?", "Go on with {{pool}}?");

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("clean.yaml"), CLEAN);
        Files.writeString(folder.resolve("wrong.yaml"), WRONG);
    }

    private CommandLineRunner.Result lint(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "lint";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new CommandLineRunner(folder).run(all);
    }

    @Test
    void nothingFoundIsAnEmptyOutputAndACount() {
        CommandLineRunner.Result result = lint("clean.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualTo("1 file: 0 errors, 0 warnings, 0 hints.\n");
    }

    @Test
    void findingsGoToTheOutputAndTheCountDoesNot() {
        CommandLineRunner.Result result = lint("wrong.yaml", "clean.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(result.out()).startsWith("wrong.yaml:6:").contains("[unknown-name]");
        assertThat(result.err()).isEqualTo("2 files: 1 error, 0 warnings, 0 hints.\n");
    }

    @Test
    void writesSeveralFormatsAtOnce() throws IOException {
        CommandLineRunner.Result result = lint(
                "--format", "text", "--format", "sarif=out/lint.sarif", "--format", "junit=lint.xml", "wrong.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(result.out()).contains("[unknown-name]");
        assertThat(folder.resolve("out/lint.sarif")).content().contains("\"ruleId\" : \"unknown-name\"");
        assertThat(folder.resolve("lint.xml")).content().contains("<failure type=\"error\"");
        try (var files = Files.list(folder.resolve("out"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void withFilesAloneTheOutputStaysEmpty() {
        assertThat(lint("--format", "json=lint.json", "wrong.yaml").out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "sarif", "gitlab", "junit", "checkstyle"})
    void aReportWithoutFindingsIsAReport(String format) {
        CommandLineRunner.Result result = lint("--format", format, "clean.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(result.out()).isNotBlank();
    }

    @Test
    void aSuppressedWarningIsLeftOutAndAnUnusedCommentIsAWarning() throws IOException {
        Files.writeString(folder.resolve("unused.yaml"), "# runbook-lint: disable=unknown-name -- because\n" + CLEAN);

        CommandLineRunner.Result lax = lint("unused.yaml");
        CommandLineRunner.Result strict = lint("--fail-on", "warning", "unused.yaml");

        assertThat(lax.out()).contains("1:25: warning:").contains("[unused-suppression]");
        assertThat(lax.exit()).isEqualTo(ExitCode.DONE);
        assertThat(strict.exit()).isEqualTo(ExitCode.FINDINGS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "jsonl", "sarif", "gitlab", "junit", "checkstyle"})
    void everyFormatNamesWhatACommentHasSwitchedOff(String format) throws IOException {
        Path golden = Path.of("src/test/resources/golden/diagnostics");
        Files.copy(golden.resolve("an-error-switched-off-for-a-file/runbook.yaml"), folder.resolve("off.yaml"));

        CommandLineRunner.Result result = lint("--format", format, "off.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(result.out()).contains("the default is what is meant");
        assertThat(result.err()).contains("0 errors").contains("2 suppressed by comments.");
        assertThat(lint("--no-suppressions", "--format", format, "off.yaml").exit())
                .isEqualTo(ExitCode.FINDINGS);
    }

    @Test
    void aFloodOfFindingsIsCutAndCounted() throws IOException {
        StringBuilder flood = new StringBuilder("runbook: x\nsteps:\n");
        for (int step = 1; step <= 400; step++) {
            flood.append("  - {step: ")
                    .append(step)
                    .append(", title: t, confirm: '{{")
                    .append("x".repeat(150))
                    .append("}}'}\n");
        }
        Files.writeString(folder.resolve("flood.yaml"), flood);

        CommandLineRunner.Result result = lint("--format", "sarif", "flood.yaml");

        assertThat(result.out())
                .containsPattern("And \\d+ more findings in this file")
                .hasSizeLessThan(500_000);
    }

    @Test
    void showsNoLineOfAFileToWhichALinkLeads() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/config"), "AUTHORIZATION: basic token\n");
        Files.createSymbolicLink(folder.resolve("led.yaml"), Path.of(".git/config"));
        Files.createSymbolicLink(folder.resolve("away.yaml"), Path.of("/etc/passwd"));
        Files.createDirectories(folder.resolve("runbooks"));
        Files.createSymbolicLink(folder.resolve("runbooks/below.yaml"), Path.of("../.git/config"));
        Files.createSymbolicLink(folder.resolve("fine.yaml"), Path.of("clean.yaml"));

        CommandLineRunner.Result result = lint("led.yaml", "away.yaml", "runbooks");

        assertThat(result.out())
                .contains("led.yaml:1:1: This is no plain file", "away.yaml:1:1:", "runbooks/below.yaml:1:1:")
                .doesNotContain("token", "root:");
        assertThat(lint("fine.yaml").exit()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void replacesALinkInThePlaceOfItsOutput() throws IOException {
        Path victim = Files.writeString(folder.resolve("bashrc"), "mine");
        Files.createSymbolicLink(folder.resolve("lint.sarif"), victim);

        lint("--format", "sarif=lint.sarif", "clean.yaml");

        assertThat(victim).hasContent("mine");
        assertThat(folder.resolve("lint.sarif")).isRegularFile().content().contains("2.1.0");
        assertThat(Files.isSymbolicLink(folder.resolve("lint.sarif"))).isFalse();
    }

    @Test
    void takesNoOtherFileForABaseline() {
        CommandLineRunner.Result result = lint("--baseline", "clean.yaml", "clean.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("clean.yaml is no baseline: its first line does not begin with");
    }

    @Test
    void namesOfFilesAreNoCommandsOfABuildServer() throws IOException {
        String name = "::error::x\n::add-mask::y ##[add-mask]z.yaml";
        Files.writeString(folder.resolve(name), "runbook: x\n");

        CommandLineRunner.Result result = lint("--", name);

        assertThat((result.out() + result.err()).lines().map(String::strip))
                .noneMatch(line -> line.startsWith("::") || line.contains("##["));
    }

    @Test
    void anErrorThatIsSwitchedOffStopsNeitherLintNorARunAndAnotherOneStopsBoth() throws IOException {
        Path golden = Path.of("src/test/resources/golden/diagnostics");
        Files.copy(golden.resolve("an-error-switched-off-for-a-file/runbook.yaml"), folder.resolve("off.yaml"));
        Files.copy(golden.resolve("an-error-switched-off-for-a-line/runbook.yaml"), folder.resolve("half.yaml"));
        CommandLineRunner.Result planned =
                new CommandLineRunner(folder).run("plan", "off.yaml", "--var", "backup_sql=sqlb");
        CommandLineRunner.Result refused =
                new CommandLineRunner(folder).run("run", "half.yaml", "--var", "backup_sql=sqlb");

        assertThat(lint("off.yaml").exit()).isEqualTo(ExitCode.DONE);
        assertThat(lint("off.yaml").out())
                .isEqualTo("off.yaml:10: suppressed [implicit-recovery]: the default is what is meant\n\n"
                        + "off.yaml:18: suppressed [implicit-recovery]: the default is what is meant\n");
        assertThat(planned.exit()).isEqualTo(ExitCode.DONE);
        assertThat(planned.out()).contains("RESTORE DATABASE [mgccomp]");
        assertThat(lint("half.yaml").exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(refused.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("[implicit-recovery]", "half.yaml has mistakes. Nothing was begun.");
    }

    @Test
    void aBaselineDoesNotKnowWhatACommentSwitchesOff() throws IOException {
        Path off = Path.of("src/test/resources/golden/diagnostics/an-error-switched-off-for-a-file/runbook.yaml");
        Files.copy(off, folder.resolve("off.yaml"));
        CommandLineRunner.Result written = lint("--baseline", "known.txt", "--write-baseline", "off.yaml");
        List<String> lines = Files.readAllLines(off).stream()
                .filter(line -> !line.contains("runbook-lint:"))
                .toList();
        Files.write(folder.resolve("off.yaml"), lines);
        CommandLineRunner.Result on = lint("--baseline", "known.txt", "off.yaml");
        lint("--baseline", "known.txt", "--write-baseline", "off.yaml");
        CommandLineRunner.Result known = lint("--baseline", "known.txt", "off.yaml");
        CommandLineRunner.Result run =
                new CommandLineRunner(folder).run("plan", "off.yaml", "--var", "backup_sql=sqlb");

        assertThat(written.err()).contains("Wrote 0 findings to known.txt.");
        assertThat(on.exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(known.exit()).isEqualTo(ExitCode.DONE);
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aFactThatCouldChangeSomethingCannotBeSwitchedOff() throws IOException {
        Files.writeString(folder.resolve("fact.yaml"), """
            # runbook-lint: disable=changing-fact -- it only looks
            runbook: fact
            title: Ask
            variables:
              sql: {type: sql-server, description: a server, example: sqlb}
            facts:
              who: {server: sql, sql: EXEC sp_who2}
            steps:
              - step: 1
                title: Ask
                require: who
            """);

        assertThat(lint("fact.yaml").out()).contains("[changing-fact]");
        assertThat(new CommandLineRunner(folder)
                        .run("check", "fact.yaml", "--var", "sql=sqlb")
                        .exit())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void saysWhichLinesWereLeftOut() throws IOException {
        Files.writeString(folder.resolve("broken.yaml"), CLEAN + "  - step: 2\n    title: 'never closed\n");

        assertThat(lint("broken.yaml").err())
                .contains("Not checked in broken.yaml: lines 7 to 8, which cannot be read as YAML.");
    }

    @Test
    void aRunRefusesWhatIsNoYamlInOneEntry() throws IOException {
        Path broken = Path.of("src/test/resources/golden/diagnostics/a-syntax-error-among-other-mistakes/runbook.yaml");
        Files.copy(broken, folder.resolve("broken.yaml"));
        Files.writeString(folder.resolve("one.yaml"), CLEAN + "sources: 'never closed\n");

        for (String file : List.of("broken.yaml", "one.yaml")) {
            CommandLineRunner.Result run = new CommandLineRunner(folder).run("run", file);
            assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("[yaml]", "has mistakes. Nothing was begun.");
        }
    }

    @Test
    void aBaselineLeavesOutWhatIsKnown() throws IOException {
        CommandLineRunner.Result written = lint("--baseline", "known.txt", "--write-baseline", "wrong.yaml");
        CommandLineRunner.Result again = lint("--baseline", "known.txt", "wrong.yaml");
        Files.writeString(folder.resolve("wrong.yaml"), "# moved\n" + WRONG + "    advice: Ask {{nobody}}.\n");
        CommandLineRunner.Result later = lint("--baseline", "known.txt", "wrong.yaml");
        Files.writeString(folder.resolve("wrong.yaml"), CLEAN);
        CommandLineRunner.Result mended = lint("--baseline", "known.txt", "wrong.yaml");

        assertThat(written.exit()).isEqualTo(ExitCode.DONE);
        assertThat(again.exit()).isEqualTo(ExitCode.DONE);
        assertThat(again.out()).isEmpty();
        assertThat(again.err()).contains("Known findings left out: 1.");
        assertThat(later.exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(later.out()).contains("nobody").doesNotContain("Go on with");
        assertThat(mended.err()).contains("No longer found: 1 of the baseline.");
    }

    @Test
    void saysWhatItCouldNotCheck() {
        assertThat(lint("failover").err())
                .contains("Not checked in failover.yaml: ")
                .contains("parameters of procedures (\"msdb.dbo.sp_update_job\"");
    }

    @Test
    void whatIsNotThereEndsItBeforeAnythingIsLookedAt() {
        CommandLineRunner.Result result = lint("wrong.yaml", "nope.yaml", "none/**/*.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("nope.yaml").contains("No file matches none/**/*.yaml.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clean.yaml --format sarff",
                "clean.yaml --format sarif=",
                "clean.yaml --format text --format json",
                "clean.yaml --fail-on eror",
                "clean.yaml --write-baseline",
                "clean.yaml --baseline nope.txt",
                "--format text",
            })
    void aWrongCommandLineIsOneMessage(String arguments) {
        CommandLineRunner.Result result = lint(arguments.split(" "));

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void severitiesAreSuggested() {
        assertThat(lint("--fail-on", "eror", "clean.yaml").err()).contains("Did you mean \"error\"?");
    }

    @Test
    void findingsAreInTheSameOrderWhateverTheOrderOfTheFiles() {
        List<String> one =
                lint("wrong.yaml", "clean.yaml", "failover").out().lines().toList();
        List<String> other =
                lint("failover", "clean.yaml", "wrong.yaml").out().lines().toList();

        assertThat(one).isEqualTo(other);
    }

    @Test
    void corrects() throws IOException {
        Files.writeString(folder.resolve("x.yaml"), CLEAN.replace("title: Ask", "title: {{run.id}}\r"));

        CommandLineRunner.Result result = lint("--fix", "x.yaml", "clean.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("Corrected x.yaml: a tag without quotes.\n2 files: ");
        assertThat(folder.resolve("x.yaml")).content().isEqualTo(CLEAN.replace("title: Ask", "title: '{{run.id}}'\r"));
        assertThat(folder.resolve("clean.yaml")).content().isEqualTo(CLEAN);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void doesNotCorrectAStream() {
        assertThat(lint("--fix", "-").exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void explainsARule() {
        CommandLineRunner.Result result = lint("--explain", "missing-rollback");

        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(result.out())
                .startsWith("missing-rollback (error, cannot be switched off)")
                .contains("Wrong:", "Right:");
        assertThat(lint("--explain", "duplicate-key").out())
                .startsWith("duplicate-key (error, cannot be switched off)");
    }

    @Test
    void doesNotExplainARuleThatThereIsNot() {
        CommandLineRunner.Result result = lint("--explain", "missing-rolback");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("Did you mean \"missing-rollback\"?");
    }

    @Test
    void describesItsRulesInSarif() {
        String sarif = lint("--format", "sarif", "--rules-page", "https://dba.example.com/rules", "wrong.yaml")
                .out();

        assertThat(sarif)
                .contains("\"helpUri\" : \"https://dba.example.com/rules#unknown-name\"")
                .contains("\"id\" : \"duplicate-key\"")
                .contains("Instead:");
    }

    @Test
    void cmdletsOfTheUserAreKnownToo() throws IOException {
        Files.writeString(folder.resolve("send.yaml"), """
            runbook: send
            title: Tell everybody
            variables:
              shell: {type: powershell, default: Lync}
            steps:
              - step: 1
                title: Send
                cmdlet: Send-OpsMessage
                parameters: {Text: we begin}
                retry: 2
                rollback: {not-needed: it is only a message}
            """);
        Files.writeString(folder.resolve("own.yaml"), "Send-OpsMessage: {parameters: {Text: text}}\n");
        Files.writeString(folder.resolve("bad.yaml"), "Send-OpsMessage: {parameters: {Text: texts}}\n");

        assertThat(lint("send.yaml").out()).contains("[unknown-cmdlet]");
        assertThat(lint("send.yaml", "--cmdlets", "own.yaml").out()).isEmpty();
        CommandLineRunner.Result refused = lint("send.yaml", "--cmdlets", "bad.yaml");
        assertThat(refused.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("bad.yaml:1:38: A type is one of").contains("Did you mean \"text\"?");
    }
}
