package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A management shell that is not there, or goes away where a step only asks it. */
class ShellTroubleTest {
    private static final String OPTIONAL = """
        runbook: r
        title: An optional shell
        variables:
          shell: {type: powershell, optional: true, description: management shell}
        facts:
          pools: {cmdlet: Get-CsPersistentChatState}
        steps:
          - step: 1
            title: Set it
            cmdlet: Set-CsPersistentChatState
            parameters: {Identity: 'PersistentChatServer:chat.litwareinc.com', PoolState: FailedOver}
            retry: 2
            rollback: {not-needed: it stays}
          - step: 2
            title: Wait for it
            done-when: pools
          - step: 3
            title: Go on
            confirm: Go on?
        """;

    private static final String SCENE = """
        scene: mine
        title: A shell that dies
        servers:
          sqlb: {name: 'sqlb.litwareinc.com\\RTC', databases: {mgc: {state: online}}}
        pool:
          fqdn: chat.litwareinc.com
          state: Normal
          active: [pc11.litwareinc.com]
          databases: {primary: sqlb, backup: sqlb}
        computers: {pc11.litwareinc.com: {running: true}}
        variables: {shell: {shell: SkypeForBusiness}}
        faults: [{at: Get-CsPool, do: kill-shell, times: %d}]
        """;

    private static final String ASKING = """
        runbook: r
        title: Ask the shell
        variables:
          shell: {type: powershell, description: management shell}
        facts:
          pools: {cmdlet: Get-CsPool, parameters: {Identity: chat.litwareinc.com}, where: {Site: 'Site:1'}}
        steps:
          - step: 1
            title: Once for each pool
            for-each: pools
            cmdlet: Invoke-CsManagementStoreReplication
            retry: 2
            rollback: {not-needed: it only copies settings}
        """;

    @TempDir
    Path folder;

    @Test
    void aShellThatWasLeftOutLeavesOutWhatDependsOnItThoughNoStepNamesIt() throws IOException {
        Files.writeString(folder.resolve("r.yaml"), OPTIONAL);

        CommandLineRunner.Result plan = run("plan", "r.yaml");
        assertThat(plan.exit()).as(plan.err()).isEqualTo(ExitCode.DONE);
        assertThat(plan.out()).contains("left out", "shell is not part of this site");

        CommandLineRunner.Result run = run("run", "r.yaml", "--runs", "runs", "--approve", "3=yes");
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("shell is not part of this site", "2 skipped");
    }

    @Test
    void aShellThatDiesWhileTheRowsOfAStepAreAskedForIsAskedAgain() throws IOException {
        CommandLineRunner.Result once = rehearse(1);
        assertThat(once.exit()).as(once.out() + once.err()).isEqualTo(ExitCode.DONE);
        assertThat(once.out()).contains("DONE.");
    }

    @Test
    void aShellThatDiesAtEveryQuestionFailsTheStepAndNothingWasSent() throws IOException {
        CommandLineRunner.Result always = rehearse(99);
        assertThat(always.exit()).as(always.out() + always.err()).isNotEqualTo(ExitCode.OUR_BUG);
        assertThat(always.out())
                .contains("FAILED", "The management shell ended while Get-CsPool ran", "nothing was sent");
    }

    private CommandLineRunner.Result rehearse(int times) throws IOException {
        Files.writeString(folder.resolve("scene.yaml"), SCENE.formatted(times));
        Files.writeString(folder.resolve("r.yaml"), ASKING);
        return run("rehearse", "r.yaml", "--scene", folder.resolve("scene.yaml").toString());
    }

    private CommandLineRunner.Result run(String... arguments) {
        return new CommandLineRunner(folder).run(arguments);
    }
}
