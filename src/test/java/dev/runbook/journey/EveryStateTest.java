package dev.runbook.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Actor;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.JournalFile;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import dev.runbook.state.StepState.Mark;
import dev.runbook.state.StepStatus;
import dev.runbook.state.StepWalk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From every state that a step can be in, a resume and a rollback come to an end. */
class EveryStateTest {
    private static final String RUNBOOK = """
            runbook: small
            title: Small
            variables:
              backup_sql: {type: sql-server, description: the backup server}
            steps:
              - step: 1
                title: Mark it
                server: backup_sql
                sql: EXEC msdb.dbo.sp_update_job @job_name = N'LSCopy_mgc', @enabled = 0
                done-when: the copy job is off
                within: 2s
                rollback: ROLLBACK
            facts:
              the copy job is off:
                server: backup_sql
                sql: SELECT enabled FROM msdb.dbo.sysjobs WHERE name = N'LSCopy_mgc'
                expect: {enabled: 0}
            """;

    @TempDir
    Path folder;

    private int number;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{server: backup_sql, sql: \"EXEC msdb.dbo.sp_update_job @job_name = N'LSCopy_mgc', @enabled = 1\", retry: 2}",
                "{not-needed: the job may stay off}",
                "{by-hand: switch it on}"
            })
    void aResumeAndARollbackComeToAnEnd(String rollback) throws IOException {
        Path runbook = Files.writeString(folder.resolve("small.yaml"), RUNBOOK.replace("ROLLBACK", rollback));
        Path scene = Files.writeString(folder.resolve("scene.yaml"), SentBeforeTest.SCENE);
        try (Rig rig = new Rig(folder, scene.toString())) {
            for (Map.Entry<StepState, List<RunEvent>> reached : representatives(rollback)) {
                StepState state = reached.getKey();
                Path resumed = journal(rig, reached.getValue());
                Path back = journal(rig, reached.getValue());

                Ending end = rig.run(runbook, resumed);
                assertThat(end).as("resumed from " + state).isNotNull();
                if (end == Ending.DONE) {
                    assertThat(RunState.of(rig.entries(resumed.getFileName().toString()))
                                    .step("1")
                                    .status()
                                    .isFinished())
                            .as("resumed from " + state)
                            .isTrue();
                }
                assertThat(rig.back(runbook, back))
                        .as("taken back from " + state + ": "
                                + rig.entries(back.getFileName().toString()))
                        .isIn(
                                rollback.startsWith("{by-hand") && state.started()
                                        ? List.of(Ending.ROLLBACK_INCOMPLETE)
                                        : List.of(Ending.ROLLED_BACK));
                StepState after =
                        RunState.of(rig.entries(back.getFileName().toString())).step("1");
                assertThat(after.started() && after.status() != StepStatus.UNDO_FAILED)
                        .as("taken back from " + state)
                        .isFalse();
                if (after.started()) {
                    assertThat(rig.run(runbook, back)).as("resumed after that").isEqualTo(Ending.ROLLBACK_INCOMPLETE);
                }
            }
        }
    }

    /** Of states that differ in nothing that the next move depends on, one. */
    private static Collection<Map.Entry<StepState, List<RunEvent>>> representatives(String rollback) {
        Map<String, Map.Entry<StepState, List<RunEvent>>> all = new LinkedHashMap<>();
        StepWalk.histories().entrySet().forEach(reached -> {
            StepState state = reached.getKey();
            String key = state.status() + " " + state.effect().sent();
            if (rollback.startsWith("{server")) {
                key += Stream.of(Mark.WENT_WELL, Mark.ALLOWED)
                        .filter(state.effect()::has)
                        .toList();
            }
            all.putIfAbsent(key, reached);
        });
        return all.values();
    }

    private Path journal(Rig rig, List<RunEvent> history) throws IOException {
        Path path = rig.file("journal-" + number++ + ".jsonl");
        try (JournalFile file = JournalFile.create(path, rig.time, entry -> {})) {
            file.append(new RunEvent.RunStarted(
                    1,
                    "2026-11-21T03-12-09Z-rig",
                    "20261121031209",
                    "small",
                    "small.yaml",
                    "digest",
                    Map.of(),
                    new Actor("jdoe", "dr-jump1", 1, "test")));
            history.forEach(file::append);
        }
        return path;
    }
}
