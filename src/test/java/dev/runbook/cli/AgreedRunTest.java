package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.runs.RunArchive;
import dev.runbook.runs.RunFolder;
import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs without a terminal: what was agreed on beforehand, and what is refused before anything runs. */
class AgreedRunTest {
    private static final String RUNBOOK = """
        runbook: three
        title: Three steps
        variables:
          name: {type: text, description: a name, default: one}
          go: {type: boolean, description: whether, default: true}
        steps:
          - step: 1
            title: Ask first
            description: For a start.
            confirm: Is it {{name}}?
          - step: 2
            title: Wait
            description: For nothing.
            require: go
          - step: 3
            title: Ask again
            description: To be sure.
            confirm: {type: GO, message: 'Still?'}
        """;

    @TempDir
    Path folder;

    private CommandLineRunner runner;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("three.yaml"), RUNBOOK);
        runner = new CommandLineRunner(folder);
    }

    @Test
    void theJournalSaysToWhichPlanTheRunWasBound() {
        runner.run("plan", "three.yaml", "--out", "agreed.json");

        CommandLineRunner.Result result =
                runner.run("run", "three.yaml", "--plan", "agreed.json", "--approve", "1=yes", "--approve", "3=GO");

        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(result.out()).contains("bound to the plan").contains("agreed.json (jdoe@jump1");
        assertThat(run().journal())
                .content()
                .contains("\"plan\":{\"file\":\"" + folder.resolve("agreed.json") + "\",\"hash\":\"");
        assertThat(runner.run("verify-journal", run().id()).exit()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void saysAtTheStartWhereItWillPause() {
        CommandLineRunner.Result first = runner.run("run", "three.yaml");
        assertThat(first.err())
                .contains("no answer yet to what these steps ask: 1, 3.")
                .contains("--approve");

        CommandLineRunner.Result second = runner.run("resume", run().id(), "--approve", "1=yes");
        assertThat(second.err()).contains("ask: 3.");

        CommandLineRunner.Result last = runner.run("resume", run().id(), "--approve", "3=GO");
        assertThat(last.exit()).isEqualTo(ExitCode.DONE);
        assertThat(last.err()).doesNotContain("nobody can be asked");
    }

    @Test
    void refusesAnAnswerThatCannotBeRightBeforeAnythingRuns() {
        refused("3=yes", "answers step 3 with \"yes\"", "The answer is \"GO\", or \"no\" to decline");
        refused("2=yes", "step 2, which asks nothing", "1, 3");
        refused("4=yes", "names the step 4", "Its steps: 1, 2, 3");
        refused("1", "is not STEP=ANSWER", "");
    }

    @Test
    void refusesApprovalsForAnotherPlanAndOnesThatCannotBeRight() {
        assertThat(runner.run("plan", "three.yaml", "--approve-file", "yes.json", "--approve", "3=go")
                        .err())
                .contains("does not mean yes there");
        assertThat(folder.resolve("yes.json")).doesNotExist();

        runner.run("plan", "three.yaml", "--approve-file", "yes.json", "--approve", "1=yes", "--approve", "3=GO");
        CommandLineRunner.Result other =
                runner.run("run", "three.yaml", "--approvals", "yes.json", "--var", "name=two");
        assertThat(other.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(other.err()).contains("were given for another plan").contains("variable name has another value");
        assertThat(folder.resolve("runs")).doesNotExist();

        assertThat(runner.run("run", "three.yaml", "--approvals", "yes.json").exit())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void aRunThatIsBoundStaysBoundUntilSomebodyReleasesItAndSaysWhy() {
        runner.run("plan", "three.yaml", "--out", "agreed.json");
        runner.run("run", "three.yaml", "--plan", "agreed.json");

        CommandLineRunner.Result other = runner.run("resume", run().id(), "--var", "name=two", "--approve", "1=yes");
        assertThat(other.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(other.err())
                .contains("This run is bound to the plan")
                .contains("variable name has another value")
                .contains("--release-plan REASON");

        CommandLineRunner.Result released = runner.run(
                "resume", run().id(), "--var", "name=two", "--release-plan", "the boss says so", "--approve", "1=yes");
        assertThat(released.exit()).isEqualTo(ExitCode.NEEDS_ANSWER);
        assertThat(run().journal()).content().contains("\"released\":\"the boss says so\"");
        assertThat(runner.run("resume", run().id(), "--approve", "3=GO").exit()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aRunThatGoesOnAsPlannedNeedsNoRelease() {
        runner.run("plan", "three.yaml", "--out", "agreed.json");
        runner.run("run", "three.yaml", "--plan", "agreed.json");

        assertThat(runner.run("resume", run().id(), "--approve", "1=yes", "--approve", "3=GO")
                        .exit())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void anAnswerOfAFileIsUsedOnceInARun() {
        runner.run("plan", "three.yaml", "--approve-file", "yes.json", "--approve", "1=yes", "--approve", "3=GO");
        runner.run("run", "three.yaml", "--approvals", "yes.json");

        CommandLineRunner.Result again = runner.run("resume", run().id(), "--again", "3", "--approvals", "yes.json");
        assertThat(again.exit()).isEqualTo(ExitCode.NEEDS_ANSWER);
        assertThat(again.err()).contains("Not used: the answer to 3 (").contains("each is used once");
    }

    @Test
    void theCommandThatResumesHasTheAnswerThatWasMissing() {
        assertThat(runner.run("run", "three.yaml").out()).containsPattern("resume .* --approve '1=yes'");
    }

    @Test
    void noIsAnAnswerToo() {
        assertThat(runner.run("run", "three.yaml", "--approve", "1=no").exit()).isEqualTo(ExitCode.DECLINED);
    }

    private void refused(String approval, String what, String instead) {
        CommandLineRunner.Result result = runner.run("run", "three.yaml", "--approve", approval);

        assertThat(result.exit()).as(approval).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).as(approval).contains(what).contains(instead);
        assertThat(folder.resolve("runs")).as(approval).doesNotExist();
    }

    private RunFolder run() {
        return new RunArchive(folder.resolve("runs")).runs().get(0).folder();
    }
}
