package dev.runbook.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.engine.Engine;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.state.RunState;
import dev.runbook.state.StepStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step that was sent without an answer asks before it is sent again. */
class AskedAgainTest {
    private static final String RUNBOOK = """
        runbook: one
        title: One
        variables:
          backup_sql: {type: sql-server, description: a server}
          shell: {type: powershell, description: a shell}
          pool_identity: {type: text, description: a pool, default: 'PersistentChatServer:atl-cs-001.litwareinc.com'}
        steps:
          - step: 1
            title: Mark the pool
            confirm: {type: MARK, message: 'Sure?'}
            cmdlet: Set-CsPersistentChatState
            parameters: {Identity: '{{pool_identity}}', PoolState: FailedOver}
            done-when: the pool is marked
            within: 1s
            rollback: {impossible: for this test}
        facts:
          the pool is marked:
            cmdlet: Get-CsPersistentChatState
            parameters: {Identity: '{{pool_identity}}'}
            expect: {PoolState: FailedOver}
        """;

    @TempDir
    Path folder;

    private final List<Question> asked = new ArrayList<>();

    @Test
    void whoDoesNotWantItSentAgainLeavesItInDoubt() throws IOException {
        try (Rig rig = lost()) {
            rig.person = question -> answer(question, "no");

            Ending end = rig.run(
                    runbook(),
                    rig.file("journal.jsonl"),
                    Engine.OnFailure.STOP,
                    Map.of("1", new Engine.PriorDecision(Decision.RETRY, "")),
                    entry -> {});

            assertThat(end).isEqualTo(Ending.DECLINED);
            assertThat(asked)
                    .last()
                    .extracting(Question::message)
                    .asString()
                    .startsWith("This was sent before, at 2026-11-21T03:12:09Z. Whether it happened is not known");
            assertThat(state(rig).step("1").status()).isEqualTo(StepStatus.IN_DOUBT);
        }
    }

    @Test
    void whoWantsItSentAgainAnswersTheSameQuestion() throws IOException {
        try (Rig rig = lost()) {
            rig.person = question -> answer(question, question.expected());

            Ending end = rig.run(
                    runbook(),
                    rig.file("journal.jsonl"),
                    Engine.OnFailure.STOP,
                    Map.of("1", new Engine.PriorDecision(Decision.RETRY, "")),
                    entry -> {});

            assertThat(end).isEqualTo(Ending.DONE);
            assertThat(rig.entries("journal.jsonl").stream().map(Entry::event).filter(RunEvent.Sent.class::isInstance))
                    .hasSize(2);
        }
    }

    /** A run whose only step was sent, and the shell died before it did anything. */
    private Rig lost() throws IOException {
        Rig rig = new Rig(folder, "dc1-lost");
        rig.estate.arm(new Scene.FaultSpec(
                "Set-CsPersistentChatState*",
                Optional.empty(),
                Scene.FaultSpec.Kind.KILL_SHELL,
                1,
                Scene.FaultSpec.Complaint.USUAL));
        assertThat(rig.run(runbook(), rig.file("journal.jsonl"))).isEqualTo(Ending.IN_DOUBT);
        rig.estate.disarm();
        return rig;
    }

    private Path runbook() throws IOException {
        return Files.writeString(folder.resolve("one.yaml"), RUNBOOK);
    }

    private Reply answer(Question question, String text) {
        asked.add(question);
        return new Reply.Answered(text, "", "jdoe");
    }

    private static RunState state(Rig rig) {
        return RunState.of(rig.entries("journal.jsonl"));
    }
}
