package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.runs.RunArchive;
import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions whose answer has to come at its time, or from somebody else. */
class TwoPersonsTest {
    private static final String RUNBOOK = """
        runbook: two
        title: Two questions
        variables:
          name: {type: text, description: a name, default: one}
        steps:
          - step: 1
            title: Try it
            confirm: {message: 'Does {{name}} arrive?', in-advance: false}
          - step: 2
            title: Let somebody else look
            confirm: {message: 'Is that right?', type: RIGHT, second-person: true}
        """;

    @TempDir
    Path folder;

    private CommandLineRunner runner;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("two.yaml"), RUNBOOK);
        runner = new CommandLineRunner(folder);
    }

    @Test
    void anAnswerInAdvanceIsRefusedBeforeAnythingRuns() {
        CommandLineRunner.Result run = runner.run("run", "two.yaml", "--approve", "1=yes");
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("answers 1, which can be answered only once it is asked");
        assertThat(folder.resolve("runs")).doesNotExist();

        assertThat(runner.run("plan", "two.yaml", "--approve-file", "yes.json", "--approve", "1=yes")
                        .err())
                .contains("answers 1, which can be answered only once it is asked");
        assertThat(folder.resolve("yes.json")).doesNotExist();
    }

    @Test
    void theResumeAfterTheQuestionAnswersIt() {
        assertThat(runner.run("run", "two.yaml").exit()).isEqualTo(ExitCode.NEEDS_ANSWER);

        CommandLineRunner.Result resumed = runner.run("resume", run(), "--approve", "1=yes");

        assertThat(resumed.out()).contains("answered \"yes\" by --approve");
        assertThat(resumed.exit()).as("step 2 asks").isEqualTo(ExitCode.NEEDS_ANSWER);
    }

    @Test
    void anAnswerToAQuestionThatIsAnotherOneByNowIsNotUsed() {
        runner.run("run", "two.yaml");

        CommandLineRunner.Result resumed = runner.run("resume", run(), "--var", "name=two", "--approve", "1=yes");

        assertThat(resumed.exit()).isEqualTo(ExitCode.NEEDS_ANSWER);
        assertThat(resumed.out()).contains("Not used", "This can be answered only once it is asked.");
    }

    @Test
    void whoBeganTheRunIsNotTheSecondPersonWhateverNameIsGiven() {
        untilTheSecond();

        CommandLineRunner.Result resumed = runner.run("resume", run(), "--by", "alice", "--approve", "2=RIGHT");

        assertThat(resumed.exit()).isEqualTo(ExitCode.NEEDS_ANSWER);
        assertThat(resumed.out())
                .contains("Another account than the one that began the run has to answer")
                .contains("this is the answer of jdoe")
                .containsPattern("resume .*--approve '?2=RIGHT");
    }

    @Test
    void anotherAccountThatResumesIs() {
        untilTheSecond();

        CommandLineRunner.Result resumed = runner.as("asmith").run("resume", run(), "--approve", "2=RIGHT");

        assertThat(resumed.exit()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void theOwnerOfAFileOfApprovalsIsWhoeverTheSystemSaysItIs() throws IOException {
        runner.run("plan", "two.yaml", "--approve-file", "yes.json", "--approve", "2=RIGHT");
        String owner = Files.getOwner(folder.resolve("yes.json")).getName();
        untilTheSecond();
        assertThat(runner.run("resume", run(), "--approvals", "yes.json").exit())
                .as("the file belongs to " + owner)
                .isEqualTo(ExitCode.DONE);

        CommandLineRunner same = runner.as(owner);
        same.run("run", "two.yaml", "--runs", "others");
        String run = new RunArchive(folder.resolve("others"))
                .runs()
                .get(0)
                .folder()
                .path()
                .toString();
        same.run("resume", run, "--approve", "1=yes");
        CommandLineRunner.Result refused = same.run("resume", run, "--approvals", "yes.json");
        assertThat(refused.exit()).isEqualTo(ExitCode.NEEDS_ANSWER);
        assertThat(refused.out()).contains("this is the answer of " + owner);
    }

    @Test
    void planAndExplainSayWhatIsAskedOfAnAnswer() {
        for (String command : new String[] {"plan", "explain"}) {
            assertThat(runner.run(command, "two.yaml").out())
                    .contains("It can be answered only once it is asked.")
                    .contains("Another account than the one that began the run has to answer.");
        }
    }

    @Test
    void aRehearsalAnswersForAllOfThem() {
        assertThat(runner.run("rehearse", "two.yaml", "--scene", "dc1-lost").exit())
                .isEqualTo(ExitCode.DONE);
    }

    private void untilTheSecond() {
        runner.run("run", "two.yaml");
        runner.run("resume", run(), "--approve", "1=yes");
    }

    private String run() {
        return new RunArchive(folder.resolve("runs")).runs().get(0).folder().id();
    }
}
