package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.runs.RunArchive;
import dev.runbook.runs.RunFolder;
import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A resume or rollback reaches servers and shells as the run did so far, or somebody has typed which may be other ones. */
class ChangedTargetsTest {
    private static final String RUNBOOK = """
        runbook: reached
        title: Reached
        variables:
          sql: {type: sql-server, description: a server}
          tools: {type: powershell, description: a shell}
          old: {type: sql-server, description: another server, optional: true}
        steps:
          - step: 1
            title: Go
            description: For a start.
            confirm: Go on?
        """;
    private static final String SITE = """
        sql: {server: sqlb.example.com, encrypt: strict, user: dba, password: {environment: NOT_SET}}
        tools: {modules: [SkypeForBusiness], program: pwsh}
        """;

    @TempDir
    Path folder;

    private CommandLineRunner runner;

    @BeforeEach
    void stopAtTheQuestion() throws IOException {
        Files.writeString(folder.resolve("reached.yaml"), RUNBOOK);
        Files.writeString(folder.resolve("password"), "secret-1\n");
        site(SITE);
        runner = new CommandLineRunner(folder);
        assertThat(runner.run("run", "reached.yaml", "--vars", "site.yaml").exit())
                .isEqualTo(ExitCode.NEEDS_ANSWER);
    }

    @Test
    void showsEachWayThatIsAnotherOneAndBeginsNothing() throws IOException {
        site("""
            sql: {server: sqlb.example.com, address: 'evil.example.com:1433', trust-server-certificate: true, user: sa, password: {file: password}}
            tools: {modules: [Other], program: /tmp/pwsh, remote: {computer: fe9}}
            """);
        String before = Files.readString(run().journal());

        CommandLineRunner.Result result = resume("--vars", "site.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.NEEDS_ANSWER);
        assertThat(result.err())
                .contains(
                        "sql is not reached as this run did so far:",
                        "encrypt: strict -> true",
                        "trust-server-certificate: false -> true",
                        "authentication: sql, dba -> sql, sa",
                        "address: none -> evil.example.com:1433",
                        "tools is not reached as this run did so far:",
                        "modules: SkypeForBusiness -> Other",
                        "program: pwsh -> /tmp/pwsh",
                        "remote: none -> fe9",
                        "--accept-target sql --accept-target tools");
        assertThat(run().journal()).hasContent(before);
    }

    @Test
    void takesThoseWhoseNamesAreTyped() throws IOException {
        site(SITE.replace("pwsh", "/opt/pwsh"));

        CommandLineRunner.Result result = resume("--vars", "site.yaml", "--accept-target", "tools");

        assertThat(result.exit()).as(result.err()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void whatWasTakenOnceIsKnownToTheNextResume() throws IOException {
        site(SITE.replace("pwsh", "/opt/pwsh"));
        runner.run("resume", run().id(), "--vars", "site.yaml", "--accept-target", "tools");

        assertThat(resume().exit()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aServerThatWasNotReachedSoFarIsAnotherOneToo() {
        CommandLineRunner.Result result = resume("--var", "old=sqla.example.com");

        assertThat(result.exit()).isEqualTo(ExitCode.NEEDS_ANSWER);
        assertThat(result.err()).contains("server: none -> sqla.example.com", "--accept-target old");
    }

    @Test
    void aRunbookMayNotMakeItAnotherOneEither() throws IOException {
        Files.writeString(folder.resolve("other.yaml"), RUNBOOK.replace("optional: true", "default: sqla"));

        assertThat(resume("--runbook", "other.yaml").err()).contains("server: none -> sqla");
    }

    @Test
    void aRollbackReachesWhatTheRunReached() throws IOException {
        Files.createDirectory(folder.resolve("to"));
        Files.createDirectory(folder.resolve("from"));
        Files.writeString(folder.resolve("from/a.trn"), "aaa");
        Files.writeString(
                folder.resolve("copied.yaml"),
                RUNBOOK.replace("runbook: reached", "runbook: copied")
                        .replace("steps:\n", """
                            steps:
                              - step: 0
                                title: Copy
                                description: To have something to take back.
                                copy-files: {from: FOLDER/from, to: FOLDER/to, include: '*.trn'}
                            """.replace("FOLDER", folder.toString())));
        runner.run("run", "copied.yaml", "--vars", "site.yaml", "--runs", "others");
        String run = "others/"
                + new RunArchive(folder.resolve("others"))
                        .runs()
                        .get(0)
                        .folder()
                        .id();
        site(SITE.replace("encrypt: strict", "encrypt: 'false'"));

        CommandLineRunner.Result refused = runner.run("rollback", run, "--go", "--vars", "site.yaml");
        CommandLineRunner.Result taken =
                runner.run("rollback", run, "--go", "--vars", "site.yaml", "--accept-target", "sql");

        assertThat(refused.exit()).isEqualTo(ExitCode.NEEDS_ANSWER);
        assertThat(refused.err()).contains("encrypt: strict -> false");
        assertThat(taken.exit()).as(taken.err()).isEqualTo(ExitCode.DONE);
        assertThat(folder.resolve("to/a.trn")).doesNotExist();
    }

    @Test
    void aNameThatIsTypedForNothingIsRefused() {
        assertThat(resume("--accept-target", "tools").err()).contains("tools: this variable is as it was.");
        assertThat(resume("--accept-target", "tool").err()).contains("tool: there is no such variable.");
    }

    private CommandLineRunner.Result resume(String... more) {
        return runner.run(Stream.concat(
                        Stream.concat(Stream.of("resume", run().id()), Stream.of(more)),
                        Stream.of("--approve", "1=yes"))
                .toArray(String[]::new));
    }

    private void site(String text) throws IOException {
        Files.writeString(folder.resolve("site.yaml"), text.replace("{environment: NOT_SET}", "{file: password}"));
    }

    private RunFolder run() {
        return new RunArchive(folder.resolve("runs")).runs().get(0).folder();
    }
}
