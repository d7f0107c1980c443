package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.runbook.event.Actor;
import dev.runbook.runs.RunFolder;
import dev.runbook.runs.RunLock;
import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumeCommandTest {
    private static final String RUNBOOK = """
        runbook: two-questions
        title: Two questions
        variables:
          name: {type: text, description: a name, default: one}
          extra: {type: text, description: something more, optional: true}
          password: {type: secret, description: a secret, default: hush-hush-1}
        steps:
          - step: 1
            title: Ask first
            description: For a start.
            confirm: Is it {{name}}?
          - step: 2
            title: Ask again
            description: To be sure.
            confirm: Still? {{extra}}
        """;

    @TempDir
    Path folder;

    private CommandLineRunner runner;

    @BeforeEach
    void stopBeforeTheSecondStep() throws IOException {
        Files.writeString(folder.resolve("two.yaml"), RUNBOOK);
        Files.writeString(folder.resolve("secret.yaml"), "password: hunter-22\n");
        runner = new CommandLineRunner(folder);
        CommandLineRunner.Result first =
                runner.run("run", "two.yaml", "--approve", "1=yes", "--var", "extra=x", "--vars", "secret.yaml");
        assertThat(first.exit()).isEqualTo(ExitCode.NEEDS_ANSWER);
    }

    @Test
    void goesOnFromTheFolderAlone() throws IOException {
        Files.delete(folder.resolve("two.yaml"));

        CommandLineRunner.Result result = resume("--approve", "2=yes", "--vars", "secret.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(result.out()).contains("1 of 2 steps are behind us").doesNotContain("Is it one?");
    }

    @Test
    void keepsNoSecretWithTheRun() throws IOException {
        for (Path file : files(run().path())) {
            assertThat(Files.readString(file)).as(file.toString()).doesNotContain("hunter-22");
        }
        assertThat(run().site()).content().contains("password: {prompt: true}").contains("extra: \"x\"");
    }

    @Test
    void aSecretThatWasNotKeptIsAskedForAgain() {
        CommandLineRunner.Result result = resume("--approve", "2=yes");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("password").contains("a resume needs the site file again");
    }

    @Test
    void refusesAJournalThatWasChanged() throws IOException {
        String journal = Files.readString(run().journal());
        Files.writeString(run().journal(), journal.replaceFirst("Is it one", "Is it two"));

        CommandLineRunner.Result result = resume();

        assertThat(result.exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(result.err()).contains("was changed after it was written").contains("nothing was begun");
        assertThat(runner.run("verify-journal", run().id()).exit()).isEqualTo(ExitCode.FINDINGS);
    }

    @Test
    void aTornLastLineCountsAsNeverWritten() throws IOException {
        Files.writeString(run().journal(), "{\"number\":99,\"ti", StandardOpenOption.APPEND);
        assertThat(runner.run("verify-journal", run().id()).out()).contains("a line that a crash cut off");

        assertThat(resume("--approve", "2=yes", "--vars", "secret.yaml").exit()).isEqualTo(ExitCode.DONE);
        assertThat(runner.run("verify-journal", run().id()).out())
                .contains("is whole")
                .doesNotContain("crash");
    }

    @Test
    void refusesACopyOfTheRunbookThatWasChanged() throws IOException {
        Files.writeString(run().runbook(), RUNBOOK + "# a word\n");

        CommandLineRunner.Result result = resume();

        assertThat(result.exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(result.err())
                .contains("holds files that are not as the journal says: runbook.yaml.")
                .contains("--runbook FILE");
    }

    @Test
    void actsByNoValuesThatSomebodyElseHasWritten() throws IOException {
        Files.writeString(run().site(), "name: evil\n");

        CommandLineRunner.Result result = resume("--approve", "2=yes", "--vars", "secret.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(result.err()).contains("not as the journal says: site.yaml.");
        CommandLineRunner.Result verified = runner.run("verify-journal", "runs/" + run().id());
        assertThat(verified.exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(verified.out()).contains("is whole", "Not as the journal says: site.yaml.");
    }

    @Test
    void asksNoQuestionInWordsThatSomebodyElseHasAdded() throws IOException {
        Files.writeString(run().path().resolve("runbook.en.yaml"), "texts-of: two-questions\nlanguage: en\n");

        CommandLineRunner.Result result = resume("--approve", "2=yes", "--vars", "secret.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(result.err()).contains("not as the journal says: runbook.en.yaml.");
    }

    @Test
    void takesNoFolderThatOthersMayHaveChanged() throws IOException {
        assumeThat(Files.getFileAttributeView(run().path(), PosixFileAttributeView.class))
                .isNotNull();
        Files.setPosixFilePermissions(run().site(), PosixFilePermissions.fromString("rw-rw-rw-"));

        CommandLineRunner.Result result = resume("--approve", "2=yes", "--vars", "secret.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("can be changed by other accounts", "chmod go-w");
    }

    @Test
    void takesTheFolderOfAnotherAccountOnlyWhereThatIsSaid() throws IOException {
        UserPrincipal other = nobody();
        Files.setOwner(run().path(), other);

        CommandLineRunner.Result refused = resume("--approve", "2=yes", "--vars", "secret.yaml");
        CommandLineRunner.Result taken =
                resume("--approve", "2=yes", "--vars", "secret.yaml", "--trust-owner", other.getName());

        assertThat(refused.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("belongs to nobody", "--trust-owner nobody");
        assertThat(taken.exit()).as(taken.err()).isEqualTo(ExitCode.DONE);
    }

    /** Only the administrator of a computer can give a file away. */
    private UserPrincipal nobody() throws IOException {
        try {
            UserPrincipal nobody =
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Path tried = Files.createFile(folder.resolve("given-away"));
            Files.setOwner(tried, nobody);
            return nobody;
        } catch (IOException e) {
            assumeTrue(false, e.toString());
            throw e;
        }
    }

    @Test
    void tellsOfARunbookThatWasEditedMeanwhile() throws IOException {
        Files.writeString(folder.resolve("two.yaml"), RUNBOOK + "# a word\n");

        assertThat(resume("--approve", "2=yes", "--vars", "secret.yaml").err())
                .contains("differs from it by now; to use that: --runbook two.yaml");
    }

    @Test
    void takesAnEditedRunbookAndShowsWhatChanged() throws IOException {
        Files.writeString(folder.resolve("two.yaml"), RUNBOOK.replace("Still?", "Really?"));

        CommandLineRunner.Result result =
                resume("--runbook", "two.yaml", "--approve", "2=yes", "--vars", "secret.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(result.err()).contains("step 2 was changed:", "-     confirm: Still?", "+     confirm: Really?");
        assertThat(result.out()).contains("Really? x");
        assertThat(run().runbook()).content().contains("Really?");
    }

    @Test
    void goesOnBehindAnEditedRunbookOfAnotherName() throws IOException {
        Files.writeString(folder.resolve("better.yml"), RUNBOOK.replace("Still?", "Really?"));
        resume("--runbook", "better.yml", "--vars", "secret.yaml");
        Files.writeString(folder.resolve("better.yml"), RUNBOOK.replace("Still?", "Truly?"));

        CommandLineRunner.Result result = resume("--approve", "2=yes", "--vars", "secret.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(result.out()).contains("Really? x");
        assertThat(result.err()).contains("to use that: --runbook better.yml");
    }

    @Test
    void refusesAnEditOfAStepThatIsFinished() throws IOException {
        Files.writeString(folder.resolve("two.yaml"), RUNBOOK.replace("Ask first", "Ask nothing"));

        CommandLineRunner.Result result = resume("--runbook", "two.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("step 1 was changed").contains("--accept-changed");
    }

    @Test
    void acceptsAnEditOfAFinishedStepWhereThatIsWanted() throws IOException {
        Files.writeString(folder.resolve("two.yaml"), RUNBOOK.replace("Ask first", "Ask nothing"));

        CommandLineRunner.Result result =
                resume("--runbook", "two.yaml", "--accept-changed", "--approve", "2=yes", "--vars", "secret.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(result.out()).doesNotContain("Is it one?");
    }

    @Test
    void refusesANewValueForWhatAFinishedStepUsed() {
        CommandLineRunner.Result result = resume("--var", "name=two", "--vars", "secret.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("name was one when step 1 used it, and is two now.");
    }

    @Test
    void givesAnUnfinishedStepANewValueOrNone() {
        assertThat(resume("--without", "extra", "--vars", "secret.yaml", "--approve", "2=yes")
                        .out())
                .contains("Still? (unknown)");
    }

    @ParameterizedTest
    @CsvSource({
        "--from,9,names the step 9",
        "--again,2,step 2 is not finished. The run goes on with step 2 by itself.",
        "--again,9,names the step 9",
        "--without,nope,two-questions has no variable nope",
        "--without,name,this variable is not optional"
    })
    void refusesWhatItWouldIgnore(String option, String value, String message) {
        CommandLineRunner.Result result = resume(option, value, "--vars", "secret.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains(message);
        assertThat(runner.run("verify-journal", run().id()).out()).contains("is whole");
    }

    @Test
    void leavesARunAloneOnWhichSomebodyWorks() {
        try (RunLock lock = RunLock.of(run(), new Actor("asmith", "jump2", 7, "0.1.0"), CommandLineRunner.NOW)
                .orElseThrow()) {
            CommandLineRunner.Result result = resume("--vars", "secret.yaml");

            assertThat(lock).isNotNull();
            assertThat(result.exit()).isEqualTo(ExitCode.BUSY);
            assertThat(result.err())
                    .contains("is being worked on by asmith@jump2, process 7, since 2026-11-21T03:12:09Z")
                    .contains("--take-over");
            assertThat(runner.run("list").out()).contains("under way");
            assertThat(runner.run("run", "two.yaml").err()).contains("is under way now");
        }
    }

    @Test
    void takesARunBackInPlaceOfAProcessThatIsGone() throws IOException {
        try (RunLock left = RunLock.of(run(), new Actor("asmith", "jump2", 7, "0.1.0"), CommandLineRunner.NOW)
                .orElseThrow()) {
            CommandLineRunner.Result refused = runner.run("rollback", run().id(), "--go", "--vars", "secret.yaml");
            assertThat(left).isNotNull();
            assertThat(refused.exit()).isEqualTo(ExitCode.BUSY);
            assertThat(refused.err())
                    .contains("is being worked on by asmith@jump2, process 7")
                    .contains("rollback " + run().path() + " --go --take-over");

            CommandLineRunner.Result taken =
                    runner.run("rollback", run().id(), "--go", "--take-over", "--vars", "secret.yaml");
            assertThat(taken.err()).contains("Taken over from asmith@jump2");
            assertThat(taken.exit()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void aFolderThatCannotBeUsedIsOneMessage() {
        CommandLineRunner.Result result = runner.run("run", "two.yaml", "--runs", "two.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("two.yaml").doesNotContain("Exception");
    }

    private CommandLineRunner.Result resume(String... more) {
        return runner.run(
                Stream.concat(Stream.of("resume", run().id()), Stream.of(more)).toArray(String[]::new));
    }

    private RunFolder run() {
        return new RunFolder(files(folder.resolve("runs")).get(0));
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
