package dev.runbook.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Question.Kind;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people are asked before what they might regret, with the real engine, drivers and journal. */
@Timeout(120)
class GatesTest {
    private static final String HEAD = """
        runbook: gates
        title: Gates
        variables:
          backup_sql: {type: sql-server, description: a server}
          shell: {type: powershell, description: a shell}
          pool_identity: {type: text, description: a pool, default: 'PersistentChatServer:atl-cs-001.litwareinc.com'}
        steps:
        """;
    private static final String FACTS = """
        facts:
          enabled jobs:
            server: backup_sql
            sql: SELECT name FROM msdb.dbo.sysjobs WHERE name LIKE N'LS%' AND enabled = 1
          copy job on:
            server: backup_sql
            sql: SELECT name FROM msdb.dbo.sysjobs WHERE name LIKE N'LSCopy%' AND enabled = 1
          restore job on:
            server: backup_sql
            sql: SELECT name FROM msdb.dbo.sysjobs WHERE name LIKE N'LSRestore%' AND enabled = 1
          the pool is marked:
            cmdlet: Get-CsPersistentChatState
            parameters: {Identity: '{{pool_identity}}'}
            expect: {PoolState: FailedOver}
        """;
    private static final String RECORD = """
          - step: 1
            title: Write down the jobs
            require: the pool is marked
            remember: {jobs: enabled jobs}
            confirm: {type: AGREED, message: 'Is it agreed?'}
          - step: 2
            title: Switch off the copy job
            server: backup_sql
            procedure: msdb.dbo.sp_update_job
            parameters: {job_name: LSCopy_sqla_mgc, enabled: 0}
            done-when: no copy job on
            rollback: {server: backup_sql, procedure: msdb.dbo.sp_update_job, parameters: {job_name: '{{jobs.name}}', enabled: 1}}
        """;
    private static final String NO_RETURN = """
          - step: 3
            title: Switch off the restore job
            confirm: {type: OFF, message: 'It stays off.'}
            server: backup_sql
            procedure: msdb.dbo.sp_update_job
            parameters: {job_name: LSRestore_sqla_mgc, enabled: 0}
            done-when: no restore job on
            rollback: {impossible: for this test}
        """;
    private static final String MARK = """
          - step: 4
            title: Mark the pool
            cmdlet: Set-CsPersistentChatState
            parameters: {Identity: '{{pool_identity}}', PoolState: FailedOver}
            done-when: the pool is marked
            within: 1s
            rollback: {cmdlet: Set-CsPersistentChatState, parameters: {Identity: '{{pool_identity}}', PoolState: Normal}}
        """;

    @TempDir
    Path folder;

    private final List<Question> asked = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();

    // ---- skipping

    @Test
    void aStepThatAsksAndRecordsIsSkippedOnlyWithItsQuestionAndItsRecords() throws IOException {
        try (Rig rig = rig("skip moved already", "SKIP", "AGREED")) {
            Ending end = rig.run(runbook(RECORD), rig.file("journal.jsonl"));

            assertThat(end).isEqualTo(Ending.DONE);
            assertThat(asked).extracting(Question::kind).containsExactly(Kind.FAILURE, Kind.SKIP, Kind.CONFIRM);
            assertThat(asked.get(1).message())
                    .contains("It records \"jobs\", which is used by the rollback of step 2.")
                    .contains("What it asks is asked all the same, next.");
            assertThat(asked.get(2).message()).contains("Is it agreed?");
            assertThat(state(rig).remembered().get("jobs")).hasSize(2);
            assertThat(state(rig).step("1").isSkippedByPerson()).isTrue();
        }
    }

    @Test
    void whoDeclinesTheGateStandsBeforeTheChoicesAgain() throws IOException {
        try (Rig rig = rig("skip moved already", "no", "skip moved already", "SKIP", "no", "pause")) {
            Ending end = rig.run(runbook(RECORD), rig.file("journal.jsonl"));

            assertThat(end).isEqualTo(Ending.PAUSED);
            assertThat(state(rig).step("1").status()).isEqualTo(StepStatus.FAILED);
        }
    }

    @Test
    void aStepIsNotSkippedWhereWhatOthersNeedCannotBeHad() throws IOException {
        try (Rig rig = rig("skip moved already", "pause")) {
            rig.estate.arm(fault("SELECT name FROM msdb.dbo.sysjobs WHERE name LIKE N'LS%*"));

            Ending end = rig.run(runbook(RECORD), rig.file("journal.jsonl"));

            assertThat(end).isEqualTo(Ending.PAUSED);
            assertThat(asked.get(1).message())
                    .startsWith("Step 1 cannot be skipped: it records \"jobs\" (enabled jobs), which is used by the"
                            + " rollback of step 2, and that cannot be had: ");
        }
    }

    @Test
    void withoutATerminalASkipNeedsAnAnswerForExactlyThat() throws IOException {
        try (Rig rig = rig()) {
            Path journal = rig.file("journal.jsonl");
            Ending end = decided(rig, runbook(RECORD), "1", new Engine.PriorDecision(Decision.SKIP, "moved already"));

            assertThat(end).isEqualTo(Ending.NEEDS_ANSWER);
            assertThat(last(rig))
                    .isEqualTo(
                            "--decide \"1=skip:moved already\" is not enough. Nobody can be asked here. What is asked"
                                    + " needs an answer of its own: --approve \"1/skip=SKIP\".");
            assertThat(Files.exists(journal)).isTrue();
            assertThat(state(rig).step("1").status()).isEqualTo(StepStatus.FAILED);
        }
    }

    // ---- done by hand

    @Test
    void aStepThatFailedBeforeItSentAnythingCountsAsDoneOnlyWithItsQuestionAndItsRecords() throws IOException {
        try (Rig rig = rig("done moved already", "AGREED")) {
            Ending end = rig.run(runbook(RECORD), rig.file("journal.jsonl"));

            assertThat(end).isEqualTo(Ending.DONE);
            assertThat(asked).extracting(Question::kind).containsExactly(Kind.FAILURE, Kind.CONFIRM);
            assertThat(asked.get(1).message())
                    .isEqualTo("Step 1 is counted as done by hand. What it asks is asked all the same:\nIs it agreed?");
            assertThat(state(rig).remembered().get("jobs")).hasSize(2);
            assertThat(state(rig).step("1").isByHand()).isTrue();
        }
    }

    @Test
    void aStepDoesNotCountAsDoneWhereWhatOthersNeedCannotBeHad() throws IOException {
        try (Rig rig = rig("done moved already", "pause")) {
            rig.estate.arm(fault("SELECT name FROM msdb.dbo.sysjobs WHERE name LIKE N'LS%*"));

            Ending end = rig.run(runbook(RECORD), rig.file("journal.jsonl"));

            assertThat(end).isEqualTo(Ending.PAUSED);
            assertThat(asked.get(1).message())
                    .startsWith("Step 1 cannot be counted as done: it records \"jobs\" (enabled jobs), which is used by"
                            + " the rollback of step 2, and that cannot be had: ");
        }
    }

    @Test
    void withoutATerminalAStepThatAsksCountsAsDoneOnlyWithAnAnswerToThat() throws IOException {
        try (Rig rig = rig()) {
            Ending end = decided(
                    rig, runbook(RECORD), "1", new Engine.PriorDecision(Decision.DONE_BY_HAND, "moved already"));

            assertThat(end).isEqualTo(Ending.NEEDS_ANSWER);
            assertThat(last(rig)).contains("--approve \"1=AGREED\"");
        }
    }

    // ---- in doubt

    @Test
    void aStepInDoubtCountsAsDoneAgainstItsFactsOnlyByASecondWord() throws IOException {
        try (Rig rig = rig("done I saw it", "no", "done I saw it", "COUNT AS DONE")) {
            killShell(rig);

            Ending end = rig.run(runbook(MARK), rig.file("journal.jsonl"));

            assertThat(end).isEqualTo(Ending.DONE);
            assertThat(asked).extracting(Question::kind).containsExactly(Kind.DOUBT, Kind.DONE, Kind.DOUBT, Kind.DONE);
            assertThat(asked.get(1).message())
                    .startsWith("The check says that step 4 is not done: not so: the pool is marked.");
            assertThat(state(rig).step("4").isByHand()).isTrue();
        }
    }

    @Test
    void withoutATerminalADoubtDoesNotCountAsDoneAgainstItsFacts() throws IOException {
        try (Rig rig = rig()) {
            killShell(rig);
            Path runbook = runbook(MARK);
            assertThat(rig.run(runbook, rig.file("journal.jsonl"))).isEqualTo(Ending.IN_DOUBT);

            Ending end = decided(rig, runbook, "4", new Engine.PriorDecision(Decision.DONE_BY_HAND, "x"));

            assertThat(end).isEqualTo(Ending.NEEDS_ANSWER);
            assertThat(last(rig)).contains("--approve \"4/done=COUNT AS DONE\"");
            assertThat(state(rig).step("4").status()).isEqualTo(StepStatus.IN_DOUBT);
        }
    }

    // ---- the point of no return

    @Test
    void aPointOfNoReturnShowsWhatItSendsAndWhatWasLeftOut() throws IOException {
        try (Rig rig = rig("skip moved already", "SKIP", "AGREED", "OFF")) {
            Ending end = rig.run(runbook(RECORD + NO_RETURN), rig.file("journal.jsonl"));

            assertThat(end).isEqualTo(Ending.DONE);
            Question gate = asked.get(asked.size() - 1);
            assertThat(gate.heading())
                    .contains(
                            new Question.Heading("step 3 of 3: 3", "Switch off the restore job", "POINT OF NO RETURN"));
            assertThat(gate.expected()).isEqualTo("OFF");
            assertThat(gate.message()).isEqualTo("""
                will send to sqlb.litwareinc.com\\RTC:
                    EXEC msdb.dbo.sp_update_job @job_name = N'LSRestore_sqla_mgc', @enabled = N'0'
                It stays off.
                Skipped by a person so far:
                  1  Write down the jobs, by jdoe: moved already
                """);
        }
    }

    @Test
    void whatWasSkippedByItsConditionIsAskedAgainBeforeAPointOfNoReturn() throws IOException {
        String runbook = """
              - step: 1
                title: Wait for the mark
                when: the pool is marked
                confirm: {type: SEEN, message: Marked.}
              - step: 2
                title: Look
                confirm: Look.
            """ + NO_RETURN;
        try (Rig rig = rig("yes", "run", "SEEN", "yes", "OFF")) {
            rig.estate.arm(new Scene.FaultSpec(
                    "nothing",
                    Optional.empty(),
                    Scene.FaultSpec.Kind.ERROR_BEFORE,
                    1,
                    Scene.FaultSpec.Complaint.USUAL));
            Ending end = marked(rig, runbook(runbook), "2");

            assertThat(end).isEqualTo(Ending.DONE);
            assertThat(asked)
                    .extracting(Question::kind)
                    .containsExactly(Kind.CONFIRM, Kind.CONDITION, Kind.CONFIRM, Kind.CONFIRM, Kind.CONFIRM);
            assertThat(asked.get(1).message())
                    .isEqualTo("Step 1, Wait for the mark, was skipped (not so: the pool is marked). Now its condition"
                            + " holds: the pool is marked. Step 3 comes next, and cannot be taken back.");
            assertThat(state(rig).step("1").status()).isEqualTo(StepStatus.DONE);
        }
    }

    @Test
    void whoGoesOnWithoutAStepThatIsNeededByNowTypesItAndSaysWhy() throws IOException {
        String runbook = """
              - step: 1
                title: Wait for the mark
                when: the pool is marked
                confirm: {type: SEEN, message: Marked.}
              - step: 2
                title: Look
                confirm: Look.
            """ + NO_RETURN;
        try (Rig rig = rig("yes", "skip the old one stays off", "SKIP", "OFF")) {
            Ending end = marked(rig, runbook(runbook), "2");

            assertThat(end).isEqualTo(Ending.DONE);
            assertThat(asked.get(3).message())
                    .contains("Skipped by a person so far:\n  1  Wait for the mark, by jdoe: the old one stays off");
        }
    }

    @Test
    void whatWasSkippedByItsConditionIsAskedAgainOnResume() throws IOException {
        String runbook = """
              - step: 1
                title: Wait for the mark
                when: the pool is marked
                confirm: {type: SEEN, message: Marked.}
              - step: 2
                title: Look
                confirm: Look.
            """;
        try (Rig rig = rig("no")) {
            Path file = runbook(runbook);
            assertThat(rig.run(file, rig.file("journal.jsonl"))).isEqualTo(Ending.DECLINED);
            mark(rig);
            rig.person = question -> Reply.Nobody.NO_TERMINAL;

            assertThat(rig.run(file, rig.file("journal.jsonl"))).isEqualTo(Ending.NEEDS_ANSWER);
            assertThat(last(rig))
                    .contains("Step 1, Wait for the mark, was skipped (not so: the pool is marked). Now its condition"
                            + " holds")
                    .contains("--decide 1=retry runs the step")
                    .contains("--decide \"1=skip:REASON\" with --approve \"1/skip=SKIP\" goes on without it.");
            assertThat(state(rig).step("2").status()).isNotEqualTo(StepStatus.DONE);

            assertThat(decided(rig, file, "1", new Engine.PriorDecision(Decision.RETRY, "")))
                    .isEqualTo(Ending.NEEDS_ANSWER);
            assertThat(last(rig)).startsWith("Step 1 needs an answer");
        }
    }

    // ---- the rollback

    @Test
    void goingBackPastAPointOfNoReturnTakesAWordAndShowsWhatResults() throws IOException {
        try (Rig rig = rig("OFF")) {
            Path file = runbook(NO_RETURN + MARK + FAILS);
            answers.add("back");
            answers.add("no");
            answers.add("back");
            answers.add("ROLL BACK");

            Ending end = rig.run(file, rig.file("journal.jsonl"));

            assertThat(end).isEqualTo(Ending.ROLLBACK_INCOMPLETE);
            Question gate = asked.get(2);
            assertThat(gate.kind()).isEqualTo(Kind.ROLLBACK);
            assertThat(gate.message())
                    .contains("and no further: 3  Switch off the restore job cannot be taken back.")
                    .contains("What results: steps 4 are taken back, while these stay done: 3 Switch off the restore"
                            + " job.");
        }
    }

    @Test
    void aRollbackThatCannotBeFilledInIsRefused() throws IOException {
        String never = RECORD.replace("    remember: {jobs: enabled jobs}\n", "") + """
              - step: 9
                title: Never comes
                remember: {jobs: enabled jobs}
            """;
        String steps =
                never.replace("    require: the pool is marked\n", "").replace("  - step: 9", FAILS + "  - step: 9");
        try (Rig rig = rig("AGREED", "back", "pause")) {
            Ending end = rig.run(runbook(steps), rig.file("journal.jsonl"));

            assertThat(end).isEqualTo(Ending.PAUSED);
            assertThat(asked.get(2).message())
                    .startsWith("Step 9 never recorded \"jobs\", so the rollback of step 2 cannot be filled in.");
        }
    }

    private static final String FAILS = """
          - step: 5
            title: Fail
            require: no restore job on
            done-when: [restore job on, the pool is marked, copy job on]
            within: 1s
        """;

    // ----

    private Path runbook(String steps) throws IOException {
        return Files.writeString(folder.resolve("gates.yaml"), HEAD + steps + FACTS);
    }

    private Rig rig(String... typed) throws IOException {
        answers.addAll(List.of(typed));
        Rig rig = new Rig(folder, "dc1-lost");
        rig.person = typed.length == 0 ? question -> Reply.Nobody.NO_TERMINAL : this::answer;
        return rig;
    }

    private Reply answer(Question question) {
        asked.add(question);
        String[] words = answers.remove().split(" ", question.kind().isWord() ? 1 : 2);
        return new Reply.Answered(words[0], words.length > 1 ? words[1] : "", "jdoe");
    }

    /** The pool is marked once the question of a step is answered. */
    private Ending marked(Rig rig, Path runbook, String step) throws IOException {
        rig.person = question -> {
            if (question.subject().equals(step)
                    && asked.stream().noneMatch(other -> other.subject().equals(step))) {
                mark(rig);
            }
            return answer(question);
        };
        return rig.run(runbook, rig.file("journal.jsonl"));
    }

    /** Somebody else marks the pool, in a run of its own. */
    private void mark(Rig rig) {
        try {
            Path other = Files.writeString(folder.resolve("mark.yaml"), HEAD + MARK + FACTS);
            assertThat(rig.run(other, rig.file("mark-" + System.nanoTime() + ".jsonl")))
                    .isEqualTo(Ending.DONE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Ending decided(Rig rig, Path runbook, String step, Engine.PriorDecision decision) throws IOException {
        return rig.run(runbook, rig.file("journal.jsonl"), Engine.OnFailure.STOP, Map.of(step, decision), entry -> {});
    }

    private static void killShell(Rig rig) {
        rig.estate.arm(new Scene.FaultSpec(
                "Set-CsPersistentChatState*",
                Optional.empty(),
                Scene.FaultSpec.Kind.KILL_SHELL,
                1,
                Scene.FaultSpec.Complaint.USUAL));
    }

    private static Scene.FaultSpec fault(String statement) {
        return new Scene.FaultSpec(
                statement,
                Optional.empty(),
                Scene.FaultSpec.Kind.ERROR_BEFORE,
                Integer.MAX_VALUE,
                Scene.FaultSpec.Complaint.USUAL);
    }

    private static RunState state(Rig rig) {
        return RunState.of(rig.entries("journal.jsonl"));
    }

    /** How the run ended, in words. */
    private static String last(Rig rig) {
        List<Entry> entries = rig.entries("journal.jsonl");
        return ((RunEvent.RunStopped) entries.get(entries.size() - 1).event()).message();
    }
}
