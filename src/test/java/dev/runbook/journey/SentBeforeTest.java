package dev.runbook.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.engine.Engine;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import dev.runbook.language.Text;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.Scene.FaultSpec.Kind;
import dev.runbook.report.Outline;
import dev.runbook.report.RunPage;
import dev.runbook.site.ResolvedValue;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import dev.runbook.state.StepStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was sent before, and what that means for everything after it: for a resume, for doubt, for a rollback. */
class SentBeforeTest {
    static final String SCENE = """
        scene: two-servers
        title: A backup server that waits for log backups, and its primary
        folders:
          log-share: {seen-as: '\\\\fs1\\logs'}
          copy-folder: {seen-as: 'D:\\logs', on: sqlb}
        servers:
          sqla:
            name: 'sqla.litwareinc.com\\RTC'
            databases:
              mgc: {state: online}
          sqlb:
            name: 'sqlb.litwareinc.com\\RTC'
            databases:
              mgc: {state: shipped}
        log-shipping:
          - {database: mgc, primary: sqla, secondary: sqlb, share: log-share, copy-folder: copy-folder,
             copy-job: LSCopy_mgc, restore-job: LSRestore_mgc, tables: {tblChat: 4000}, log-backups: 9, last: 20m ago,
             copied: 6, applied: 4}
        pool:
          fqdn: chat.litwareinc.com
          state: Normal
          active: [pc11.litwareinc.com]
          inactive: [pc21.litwareinc.com]
          databases: {primary: sqla, backup: sqlb}
        computers:
          pc11.litwareinc.com: {running: false}
          pc21.litwareinc.com: {services: {RTCCHAT: Stopped}}
        procedures:
          dbo.half: |
            BEGIN TRANSACTION
            EXEC msdb.dbo.sp_update_job @job_name = @job, @enabled = 0
            RAISERROR('the other half failed', 16, 1)
            RETURN 1
        variables:
          backup_sql: {server: sqlb}
          primary_sql: {server: sqla}
        """;

    private static final String HEAD = """
        runbook: small
        title: Small
        variables:
          backup_sql: {type: sql-server, description: the backup server}
          primary_sql: {type: sql-server, description: the primary}
          mirror_sql: {type: sql-server, optional: true, description: a mirror}
        facts:
          enabled jobs:
            server: backup_sql
            sql: SELECT name FROM msdb.dbo.sysjobs WHERE name LIKE N'LS%_mgc' AND enabled = 1
            order-by: [name]
          the copy job runs:
            server: backup_sql
            sql: SELECT enabled FROM msdb.dbo.sysjobs WHERE name = N'LSCopy_mgc'
            expect: {enabled: 1}
          the copy job is off:
            server: backup_sql
            sql: SELECT enabled FROM msdb.dbo.sysjobs WHERE name = N'LSCopy_mgc'
            expect: {enabled: 0}
          mgc is online:
            server: backup_sql
            sql: SELECT state_desc, is_in_standby FROM sys.databases WHERE name = N'mgc'
            expect: {state_desc: ONLINE, is_in_standby: false}
          mgc is offline there:
            server: primary_sql
            sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
            expect: {state_desc: OFFLINE}
          mgc is mirrored:
            server: mirror_sql
            sql: SELECT 1 AS mirrored FROM sys.database_mirroring WHERE mirroring_role_desc = N'MIRROR'
        steps:
        """;

    /** Switches the copy job off; it is seen to be done only once all jobs are. */
    private static final String COPY_JOB_OFF = """
          - step: 1
            title: Switch off the copy job
            server: backup_sql
            sql: EXEC msdb.dbo.sp_update_job @job_name = N'LSCopy_mgc', @enabled = 0
            done-when: no enabled jobs
            within: 2s
            rollback:
              server: backup_sql
              sql: EXEC msdb.dbo.sp_update_job @job_name = N'LSCopy_mgc', @enabled = 1
              retry: 2
        """;

    private static final String JOBS_OFF = """
          - step: 1
            title: Switch off the jobs
            remember: {jobs: enabled jobs}
            for-each: enabled jobs
            server: backup_sql
            sql: EXEC msdb.dbo.sp_update_job @job_name = N'{{each.name}}', @enabled = 0
            done-when: no enabled jobs
            within: 2s
            rollback:
              server: backup_sql
              sql: "{{#jobs}} EXEC msdb.dbo.sp_update_job @job_name = N'{{name}}', @enabled = 1; {{/jobs}}"
              retry: 2
        """;

    private static final String RECOVER = """
          - step: 2
            title: Bring mgc online
            confirm: {message: No way back after this., type: RECOVER}
            server: backup_sql
            sql: RESTORE DATABASE [mgc] WITH RECOVERY
            done-when: mgc is online
            within: 2s
            rollback: {impossible: only a full restore would bring the old state back}
        """;

    private static final String FAILING_CHECK = """
          - step: 9
            title: A check that fails
            require: the copy job runs
        """;

    @TempDir
    Path folder;

    private Rig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new Rig(
                folder, Files.writeString(folder.resolve("scene.yaml"), SCENE).toString());
    }

    @AfterEach
    void close() {
        rig.close();
    }

    // ---- what a resume makes of it

    @Test
    void aStepThatWasSentAndIsFoundDoneOnResumeIsDoneAndIsTakenBack() throws IOException {
        Path runbook = runbook(COPY_JOB_OFF + FAILING_CHECK);
        assertThat(run(runbook)).isEqualTo(Ending.FAILED_CHANGED);
        rig.type(runbook, "backup_sql", "EXEC msdb.dbo.sp_update_job @job_name = N'LSRestore_mgc', @enabled = 0");

        assertThat(run(runbook)).isEqualTo(Ending.FAILED_CHANGED);
        assertThat(step("1").status()).isEqualTo(StepStatus.DONE);
        assertThat(rig.back(runbook, journal())).isEqualTo(Ending.ROLLED_BACK);
        assertThat(enabled(runbook, "LSCopy_mgc")).isTrue();
    }

    @Test
    void whatAStepRemembersStaysAsItWasBeforeItsFirstEffect() throws IOException {
        Path runbook = runbook(JOBS_OFF);
        arm("EXEC msdb.dbo.sp_update_job @job_name = N'LSRestore*", Kind.ERROR_BEFORE, 1, 14262);
        assertThat(run(runbook)).isEqualTo(Ending.FAILED_CHANGED);

        assertThat(run(runbook)).isEqualTo(Ending.DONE);
        assertThat(rig.back(runbook, journal())).isEqualTo(Ending.ROLLED_BACK);
        assertThat(enabled(runbook, "LSCopy_mgc")).isTrue();
        assertThat(enabled(runbook, "LSRestore_mgc")).isTrue();
    }

    @Test
    void whatIsRememberedIsAskedAgainOnceTheStepIsTakenBack() throws IOException {
        Path runbook = runbook(RECOVER.replace("step: 2", "step: 0") + JOBS_OFF + FAILING_CHECK);
        rig.person = yes();
        assertThat(run(runbook)).isEqualTo(Ending.FAILED_CHANGED);
        assertThat(rig.back(runbook, journal())).isEqualTo(Ending.ROLLBACK_INCOMPLETE);
        rig.type(runbook, "backup_sql", "EXEC msdb.dbo.sp_update_job @job_name = N'LSRestore_mgc', @enabled = 0");

        run(runbook);

        assertThat(state().remembered().get("jobs")).hasSize(1);
    }

    @Test
    void whatCameBackWellIsNotSentAgainWithoutAPersonHoweverItWasLeft() throws IOException {
        Path runbook = runbook(COPY_JOB_OFF.replace("within: 2s", "within: 5m"));
        after(Duration.ofSeconds(10), () -> rig.control.cancel());
        assertThat(run(runbook)).isEqualTo(Ending.INTERRUPTED);
        assertThat(step("1").status()).isEqualTo(StepStatus.STARTED);

        Instant before = rig.time.instant();
        assertThat(run(runbook)).isEqualTo(Ending.FAILED_CHANGED);
        assertThat(Duration.between(before, rig.time.instant())).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
        assertThat(run(runbook)).isEqualTo(Ending.FAILED_CHANGED);
        assertThat(sent("1")).isEqualTo(1);

        assertThat(run(runbook, Engine.OnFailure.STOP, decision("1", Decision.RETRY)))
                .isEqualTo(Ending.FAILED_CHANGED);
        assertThat(sent("1")).isEqualTo(2);
    }

    @Test
    void anItemThatCameBackWellIsNotSentAgainWithTheOthers() throws IOException {
        Path runbook = runbook(JOBS_OFF.replace("for-each: enabled jobs", "for-each: the jobs")
                .replace("remember: {jobs: enabled jobs}", "remember: {jobs: the jobs}"));
        Files.writeString(
                runbook,
                Files.readString(runbook)
                        .replace(
                                "facts:\n",
                                "facts:\n"
                                        + "  the jobs:\n"
                                        + "    server: backup_sql\n"
                                        + "    sql: SELECT name FROM msdb.dbo.sysjobs WHERE name LIKE N'LS%_mgc'\n"
                                        + "    order-by: [name]\n"));
        arm("EXEC msdb.dbo.sp_update_job @job_name = N'LSRestore*", Kind.ERROR_BEFORE, 1, 14262);
        run(runbook);

        assertThat(run(runbook)).isEqualTo(Ending.FAILED_CHANGED);
        assertThat(sent("1")).as("the first, and the one that was refused").isEqualTo(2);
        assertThat(run(runbook, Engine.OnFailure.STOP, decision("1", Decision.RETRY)))
                .isEqualTo(Ending.DONE);
    }

    @Test
    void aConditionThatTheStepItselfMadeUntrueDoesNotSkipIt() throws IOException {
        Path runbook = runbook(JOBS_OFF.replace("for-each", "when: the copy job runs\n    for-each"));
        arm("EXEC msdb.dbo.sp_update_job @job_name = N'LSRestore*", Kind.ERROR_BEFORE, 1, 14262);
        assertThat(run(runbook)).isEqualTo(Ending.FAILED_CHANGED);

        assertThat(run(runbook)).isEqualTo(Ending.DONE);
        assertThat(step("1").status()).isEqualTo(StepStatus.DONE);
        assertThat(enabled(runbook, "LSRestore_mgc")).isFalse();
    }

    // ---- doubt

    @Test
    void anAttemptThatWasLostLeavesTheStepInDoubtWhateverLaterOnesSay() throws IOException {
        Path runbook = runbook("""
              - step: 1
                title: Switch off the copy job
                server: backup_sql
                sql: EXEC msdb.dbo.sp_update_job @job_name = N'LSCopy_mgc', @enabled = 0
                retry: 3
                rollback: {not-needed: it is a test}
            """);
        arm("EXEC msdb.dbo.sp_update_job*", Kind.ANSWER_LOST, 1, 1222);
        arm("EXEC msdb.dbo.sp_update_job*", Kind.ERROR_BEFORE, 9, 14262);

        assertThat(run(runbook)).isEqualTo(Ending.IN_DOUBT);
        assertThat(step("1").status()).isEqualTo(StepStatus.IN_DOUBT);
        assertThat(run(runbook, Engine.OnFailure.STOP, decision("1", Decision.SKIP)))
                .isEqualTo(Ending.IN_DOUBT);
    }

    @Test
    void whatCannotBeAskedIsNotTakenForNotDone() throws IOException {
        Path runbook = runbook("""
              - step: 1
                title: Switch off the copy job
                server: backup_sql
                sql: EXEC msdb.dbo.sp_update_job @job_name = N'LSCopy_mgc', @enabled = 0
                done-when: mgc is offline there
                within: 3s
                retry: 2
                rollback: {not-needed: it is a test}
            """);
        arm("EXEC msdb.dbo.sp_update_job*", Kind.ANSWER_LOST, 1, 1222);
        Ending end = run(runbook, Engine.OnFailure.STOP, Map.of(), entry -> {
            if (entry.event() instanceof RunEvent.Sent) {
                arm("SELECT state_desc FROM*", Kind.ERROR_BEFORE, 99, 1222);
            }
        });

        assertThat(end).isEqualTo(Ending.IN_DOUBT);
        assertThat(sent("1")).isEqualTo(1);
    }

    @Test
    void aQuestionForRowsThatIsLostIsAskedAgainAndIsNoAttempt() throws IOException {
        Path runbook = runbook(JOBS_OFF.replace("    remember: {jobs: enabled jobs}\n", "")
                .replaceAll("(?s)    rollback:.*", "    rollback: {not-needed: it is a test}\n"));
        AtomicInteger asked = new AtomicInteger();
        Ending end = run(runbook, Engine.OnFailure.STOP, Map.of(), entry -> {
            if (entry.event() instanceof RunEvent.FactAsked && asked.getAndIncrement() == 0) {
                arm("SELECT name FROM msdb*", Kind.DROP, 1, 1222);
            }
        });

        assertThat(end).isEqualTo(Ending.DONE);
        assertThat(events()).noneMatch(RunEvent.AttemptFailed.class::isInstance);
    }

    @Test
    void aQuestionForRowsThatCannotBeAskedAtAllEndsAsAFailureThatChangedNothing() throws IOException {
        Path runbook = runbook(JOBS_OFF.replace("    remember: {jobs: enabled jobs}\n", "")
                .replaceAll("(?s)    rollback:.*", "    rollback: {not-needed: it is a test}\n"));
        Ending end = run(runbook, Engine.OnFailure.STOP, Map.of(), entry -> {
            if (entry.event() instanceof RunEvent.FactAsked) {
                arm("SELECT name FROM msdb*", Kind.DROP, 99, 1222);
            }
        });

        assertThat(end).isEqualTo(Ending.FAILED_UNCHANGED);
        assertThat(step("1").status()).isEqualTo(StepStatus.FAILED);
    }

    @Test
    void waitingGoesByTimeThatPassesAndNotByTheClock() throws IOException {
        Path runbook = runbook(COPY_JOB_OFF.replace("within: 2s", "within: 10m\n    retry: 2"));
        after(Duration.ofSeconds(3), () -> rig.time.set(rig.time.instant().plus(Duration.ofHours(1))));
        after(
                Duration.ofMinutes(5),
                () -> type(runbook, "EXEC msdb.dbo.sp_update_job @job_name = N'LSRestore_mgc'," + " @enabled = 0"));

        assertThat(run(runbook)).isEqualTo(Ending.DONE);
        assertThat(sent("1")).isEqualTo(1);
    }

    @Test
    void aClockThatIsSetBackDoesNotMakeTheWaitingLonger() throws IOException {
        Path runbook = runbook(COPY_JOB_OFF.replace("within: 2s", "within: 1m"));
        after(Duration.ofSeconds(3), () -> rig.time.set(rig.time.instant().minus(Duration.ofHours(1))));
        long before = rig.time.nanos();

        assertThat(run(runbook)).isEqualTo(Ending.FAILED_CHANGED);
        assertThat(Duration.ofNanos(rig.time.nanos() - before)).isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void aRightThatIsMissingEndsTheWaiting() throws IOException {
        Path runbook = runbook("""
              - step: 1
                title: Wait
                done-when: mgc is online
                within: 10m
            """);
        arm("SELECT state_desc, is_in_standby*", Kind.ERROR_BEFORE, 99, 229);
        long before = rig.time.nanos();

        assertThat(run(runbook)).isEqualTo(Ending.FAILED_UNCHANGED);
        assertThat(Duration.ofNanos(rig.time.nanos() - before)).isLessThan(Duration.ofSeconds(30));
    }

    // ---- errors

    @Test
    void anErrorAfterSomethingSucceededIsNoRefusalAndNothingGoesBackPastIt() throws IOException {
        Path runbook = runbook(JOBS_OFF
                + RECOVER.replace(
                                "sql: RESTORE DATABASE [mgc] WITH RECOVERY",
                                "sql: |\n"
                                        + "      RESTORE DATABASE [mgc] WITH RECOVERY\n"
                                        + "      EXEC msdb.dbo.sp_update_job @job_name = N'no_such_job', @enabled = 0")
                        .replace("done-when: mgc is online", "done-when: [mgc is online, the copy job runs]"));
        rig.person = yes();

        assertThat(run(runbook, Engine.OnFailure.ROLLBACK, Map.of())).isEqualTo(Ending.FAILED_CHANGED);
        assertThat(step("1").status()).isEqualTo(StepStatus.DONE);
        assertThat(step("2").mayHaveHappened()).isTrue();
    }

    @Test
    void errorsDoNoHarmOnlyIfAllOfThemDoNone() throws IOException {
        Path runbook = runbook("""
              - step: 1
                title: Switch off two jobs
                server: backup_sql
                sql: |
                  EXEC msdb.dbo.sp_update_job @job_name = N'no_such_job', @enabled = 0
                  RESTORE DATABASE [no_such_database] WITH RECOVERY
                harmless-errors: {14262: there is no such job}
                retry: 2
                rollback: {not-needed: it is a test}
            """);

        assertThat(run(runbook)).isIn(Ending.FAILED_CHANGED, Ending.FAILED_UNCHANGED);
    }

    // ---- stopping

    @Test
    void noAttemptFollowsOnceAStopWasAskedFor() throws IOException {
        Path runbook = runbook(COPY_JOB_OFF.replace("within: 2s", "within: 2s\n    retry: 3"));
        arm("EXEC msdb.dbo.sp_update_job*", Kind.ERROR_BEFORE, 9, 1222);
        after(Duration.ofSeconds(1), () -> rig.control.interrupt());

        assertThat(run(runbook)).isEqualTo(Ending.INTERRUPTED);
        assertThat(sent("1")).isEqualTo(1);
        rig.estate.disarm();
        type(runbook, "EXEC msdb.dbo.sp_update_job @job_name = N'LSRestore_mgc', @enabled = 0");
        assertThat(run(runbook)).isEqualTo(Ending.DONE);
    }

    @Test
    void aRequestToStopAtTheQuestionIsNoDecision() throws IOException {
        Path runbook = runbook(JOBS_OFF + FAILING_CHECK);
        rig.person = question -> {
            rig.control.interrupt();
            return Reply.Nobody.END_OF_INPUT;
        };

        assertThat(run(runbook, Engine.OnFailure.ROLLBACK, Map.of())).isEqualTo(Ending.INTERRUPTED);
        assertThat(events()).noneMatch(RunEvent.RollbackStarted.class::isInstance);
        assertThat(enabled(runbook, "LSCopy_mgc")).isFalse();
    }

    // ---- going back

    @Test
    void aPointOfNoReturnThatWasDoneByHandIsABarrier() throws IOException {
        Path runbook = runbook(
                JOBS_OFF + RECOVER.replace("within: 2s", "within: 2s\n    require: the copy job runs") + FAILING_CHECK);
        rig.person = yes();
        assertThat(run(runbook)).isEqualTo(Ending.FAILED_CHANGED);
        type(runbook, "RESTORE DATABASE [mgc] WITH RECOVERY");

        assertThat(run(runbook, Engine.OnFailure.ROLLBACK, decision("2", Decision.DONE_BY_HAND)))
                .isEqualTo(Ending.FAILED_CHANGED);
        assertThat(rig.back(runbook, journal())).isEqualTo(Ending.ROLLBACK_INCOMPLETE);
        assertThat(enabled(runbook, "LSCopy_mgc"))
                .as("nothing went back past it")
                .isFalse();
    }

    @Test
    void aPointOfNoReturnThatIsFoundDoneIsABarrier() throws IOException {
        Path runbook = runbook(JOBS_OFF + RECOVER + FAILING_CHECK);
        rig.person = yes();
        type(runbook, "RESTORE DATABASE [mgc] WITH RECOVERY");

        assertThat(run(runbook, Engine.OnFailure.ROLLBACK, Map.of())).isEqualTo(Ending.FAILED_CHANGED);
        assertThat(step("2").status()).isEqualTo(StepStatus.ALREADY_DONE);
        assertThat(enabled(runbook, "LSCopy_mgc")).isFalse();
    }

    @Test
    void aPointOfNoReturnThatWasRefusedIsNoBarrierWhileItsQuestionIsOpenAgain() throws IOException {
        Path runbook = runbook(JOBS_OFF + RECOVER);
        rig.person = yes();
        arm("RESTORE DATABASE*", Kind.ERROR_BEFORE, 1, 3101);
        assertThat(run(runbook)).isEqualTo(Ending.FAILED_CHANGED);
        rig.person = question -> Reply.Nobody.NO_TERMINAL;
        assertThat(run(runbook)).isEqualTo(Ending.NEEDS_ANSWER);

        assertThat(rig.back(runbook, journal())).isEqualTo(Ending.ROLLED_BACK);
        assertThat(enabled(runbook, "LSCopy_mgc")).isTrue();
    }

    @Test
    void whatIsLeftAsItIsIsNotCalledTakenBack() throws IOException {
        Path runbook = runbook(JOBS_OFF
                + COPY_JOB_OFF
                        .replace("step: 1", "step: 2")
                        .replace("no enabled jobs", "the copy job is off")
                        .replace("done-when", "when: no the copy job runs\n    done-when")
                        .replaceAll("(?s)    rollback:.*", "    rollback: {not-needed: the job stays off}\n")
                        .replace("    done-when: the copy job is off\n    within: 2s\n", "    retry: 2\n")
                + FAILING_CHECK);
        assertThat(run(runbook)).isEqualTo(Ending.FAILED_CHANGED);

        assertThat(rig.back(runbook, journal())).isEqualTo(Ending.ROLLED_BACK);
        assertThat(step("2").status()).isEqualTo(StepStatus.LEFT);
        assertThat(step("2").note()).contains("the job stays off");
        assertThat(step("1").status()).isEqualTo(StepStatus.UNDONE);
        assertThat(state().hasChanges()).isTrue();
        assertThat(last(RunEvent.RunStopped.class).message())
                .isEqualTo("All that this run started is taken back, but for what is left as it is: 2 (the job stays"
                        + " off).");
    }

    @Test
    void whatWasLookedAtAfterAStepIsLookedAtAgainOnceThatStepIsTakenBack() throws IOException {
        Path runbook = runbook(RECOVER.replace("step: 2", "step: 0") + JOBS_OFF + """
              - step: 5
                title: Everybody agrees
                confirm: Do they?
              - step: 6
                title: The job is off
                done-when: the copy job is off
            """);
        List<String> asked = new ArrayList<>();
        rig.person = question -> {
            asked.add(question.subject());
            return yes().ask(question);
        };
        assertThat(run(runbook)).isEqualTo(Ending.DONE);
        assertThat(rig.back(runbook, journal())).isEqualTo(Ending.ROLLBACK_INCOMPLETE);
        assertThat(step("5").status()).isEqualTo(StepStatus.AHEAD);
        assertThat(step("6").status()).isEqualTo(StepStatus.AHEAD);

        assertThat(run(runbook)).isEqualTo(Ending.DONE);
        assertThat(asked).as("the third is whether to go back at all").containsExactly("0", "5", "0", "5");
        assertThat(enabled(runbook, "LSCopy_mgc")).isFalse();
    }

    @Test
    void aRollbackWaitsForWhatIsStillAtWork() throws IOException {
        Path runbook = runbook("""
              - step: 1
                title: Switch off the copy job
                server: backup_sql
                sql: EXEC msdb.dbo.sp_update_job @job_name = N'LSCopy_mgc', @enabled = 0
                done-when: no enabled jobs
                within: 2s
                rollback: {not-needed: it may stay off}
            """);
        arm("EXEC msdb.dbo.sp_update_job*", Kind.ANSWER_LOST, 1, 1222);
        assertThat(run(runbook)).isEqualTo(Ending.IN_DOUBT);
        rig.estate.disarm();
        long free = rig.time.nanos() + Duration.ofMinutes(10).toNanos();
        rig.oldSessions =
                seen -> rig.time.nanos() < free ? Answer.of(List.of(Row.of("session_id", Value.of("57")))) : seen;

        assertThat(rig.back(runbook, journal())).isEqualTo(Ending.ROLLED_BACK);

        assertThat(rig.time.nanos()).isGreaterThanOrEqualTo(free);
        assertThat(step("1").status()).isEqualTo(StepStatus.LEFT);
    }

    // ---- people

    @Test
    void whatAPersonSkippedOrDidByHandIsCalledThatAndTheRunEndsWell() throws IOException {
        Path runbook = runbook(COPY_JOB_OFF
                        .replace("no enabled jobs", "the copy job is off")
                        .replaceFirst("server: backup_sql", "require: no enabled jobs\n    server: backup_sql")
                + FAILING_CHECK);
        type(runbook, "EXEC msdb.dbo.sp_update_job @job_name = N'LSCopy_mgc', @enabled = 1");
        assertThat(run(runbook)).isEqualTo(Ending.FAILED_UNCHANGED);
        type(runbook, "EXEC msdb.dbo.sp_update_job @job_name = N'LSCopy_mgc', @enabled = 0");

        Ending end = run(
                runbook,
                Engine.OnFailure.STOP,
                Map.of(
                        "1", new Engine.PriorDecision(Decision.DONE_BY_HAND, "typed it"),
                        "9", new Engine.PriorDecision(Decision.SKIP, "not needed tonight")));

        assertThat(end).isEqualTo(Ending.DONE);
        assertThat(step("1").isByHand()).isTrue();
        assertThat(step("9").isSkippedByPerson()).isTrue();
        assertThat(last(RunEvent.RunStopped.class).message())
                .isEqualTo("Every step is done. Step 1 was done by hand by --decide: typed it. Step 9 was skipped by"
                        + " --decide: not needed tonight.");
    }

    @Test
    void aStepThatWaitsForAnAbsentServerStillAsksItsQuestionAndKeepsWhatItKeeps() throws IOException {
        Path runbook = runbook("""
              - step: 1
                title: Ask, look, keep and wait
                require: enabled jobs
                remember: {jobs: enabled jobs}
                confirm: Do all administrators agree?
                done-when: mgc is mirrored
                within: 2m
              - step: 2
                title: Uses what was kept
                confirm: "Continue with {{#jobs}}{{name}} {{/jobs}}?"
            """);
        List<String> asked = new ArrayList<>();
        rig.person = question -> {
            asked.add(question.message());
            return yes().ask(question);
        };

        assertThat(run(runbook)).isEqualTo(Ending.DONE);
        assertThat(asked).containsExactly("Do all administrators agree?", "Continue with LSCopy_mgc LSRestore_mgc ?");
        assertThat(step("1").status()).isEqualTo(StepStatus.DONE);
    }

    // ---- what a step leaves in its session

    @Test
    void aProcedureThatLeavesItsTransactionOpenFailsItsStepAndNothingOfItStays() throws IOException {
        Path runbook = runbook("""
              - step: 1
                title: Half of the work
                server: backup_sql
                procedure: dbo.Half
                parameters: {job: LSCopy_mgc}
                done-when: the copy job is off
                within: 2s
                rollback: {not-needed: the test does not go back}
            """);

        assertThat(run(runbook)).isEqualTo(Ending.FAILED_CHANGED);
        assertThat(last(RunEvent.CameBack.class).trouble().orElseThrow().details())
                .anySatisfy(said -> assertThat(said).startsWith("It left a transaction open. That was rolled back"));
        assertThat(enabled(runbook, "LSCopy_mgc")).isTrue();
    }

    @Test
    void whatWritesIntoAFrozenDatabaseIsRefusedAsByARealServer() throws IOException {
        Path runbook = runbook("""
              - step: 1
                title: Change a message
                server: primary_sql
                sql: UPDATE mgc.dbo.tblChat SET body = N'x'
                retry: 2
                rollback: {not-needed: the test does not go back}
            """);
        rig.type(runbook, "primary_sql", "ALTER DATABASE mgc SET READ_ONLY WITH ROLLBACK IMMEDIATE");

        assertThat(run(runbook)).isEqualTo(Ending.FAILED_CHANGED);
        assertThat(last(RunEvent.CameBack.class).trouble().orElseThrow().code()).isEqualTo("3906");
    }

    // ---- what a server says

    @Test
    void whatAServerSaysWhileAnActionGoesWellIsInTheJournalAndInTheReport() throws IOException {
        Path runbook = runbook(saying("Two of three copies are warm."));

        assertThat(run(runbook)).isEqualTo(Ending.DONE);
        assertThat(last(RunEvent.CameBack.class).said())
                .containsExactly("Two of three copies are warm.", "The third is cold.");
        assertThat(RunPage.of(Outline.of(rig.plan(runbook).runbook(), Text::raw), rig.read("journal.jsonl")))
                .contains("came back well\nIt said: Two of three copies are warm.\nIt said: The third is cold.");
    }

    @Test
    void whatAServerSaysIsMaskedBeforeItIsCut() throws IOException {
        Path runbook = runbook(saying(""));
        String password = ((ResolvedValue.Server)
                        rig.plan(runbook).site().find("backup_sql").orElseThrow())
                .secrets()
                .get(0)
                .reveal();
        runbook(saying("x".repeat(1000 - password.length() / 2) + password));

        assertThat(run(runbook)).isEqualTo(Ending.DONE);
        assertThat(last(RunEvent.CameBack.class).said().get(0))
                .startsWith("xxx")
                .doesNotContain(password.substring(0, password.length() / 2));
    }

    private static String saying(String text) {
        return COPY_JOB_OFF
                .replace("sql: EXEC", "sql: PRINT N'" + text + "' RAISERROR(N'The third is cold.', 10, 1) EXEC")
                .replace("done-when: no enabled jobs", "done-when: the copy job is off");
    }

    // ---- the rig

    private Path runbook(String steps) throws IOException {
        return Files.writeString(folder.resolve("small.yaml"), HEAD + steps);
    }

    private Ending run(Path runbook) throws IOException {
        return run(runbook, Engine.OnFailure.STOP, Map.of());
    }

    private Ending run(Path runbook, Engine.OnFailure onFailure, Map<String, Engine.PriorDecision> decisions)
            throws IOException {
        return run(runbook, onFailure, decisions, entry -> {});
    }

    private Ending run(
            Path runbook,
            Engine.OnFailure onFailure,
            Map<String, Engine.PriorDecision> decisions,
            Consumer<Entry> listener)
            throws IOException {
        return rig.run(runbook, journal(), onFailure, decisions, listener);
    }

    private Path journal() {
        return rig.file("journal.jsonl");
    }

    private static Map<String, Engine.PriorDecision> decision(String step, Decision decision) {
        return Map.of(step, new Engine.PriorDecision(decision, "the test says so"));
    }

    private static Operator yes() {
        return question ->
                question.kind() == Question.Kind.CONFIRM || question.kind().isWord()
                        ? new Reply.Answered(question.expected(), "", "jdoe")
                        : Reply.Nobody.NO_TERMINAL;
    }

    private void arm(String at, Kind kind, int times, int error) {
        rig.estate.arm(new Scene.FaultSpec(
                at, Optional.empty(), kind, times, new Scene.FaultSpec.Complaint(error, "A fault of the test.")));
    }

    /** Does something once so much time has passed. */
    private void after(Duration time, Runnable what) {
        long at = rig.time.nanos() + time.toNanos();
        AtomicInteger done = new AtomicInteger();
        rig.time.listen(() -> {
            if (rig.time.nanos() >= at && done.getAndIncrement() == 0) {
                what.run();
            }
        });
    }

    private void type(Path runbook, String sql) {
        try {
            rig.type(runbook, "backup_sql", sql);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private boolean enabled(Path runbook, String job) {
        try {
            return !rig.ask(
                            runbook,
                            "backup_sql",
                            "SELECT name FROM msdb.dbo.sysjobs WHERE enabled = 1 AND name = N'" + job + "'")
                    .isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private RunState state() {
        return RunState.of(rig.entries("journal.jsonl"));
    }

    private StepState step(String id) {
        return state().step(id);
    }

    private List<RunEvent> events() {
        return rig.entries("journal.jsonl").stream().map(Entry::event).toList();
    }

    private long sent(String step) {
        return events().stream()
                .filter(event -> event instanceof RunEvent.Sent sent
                        && sent.work().step().equals(step)
                        && !sent.work().isUndo())
                .count();
    }

    private <T extends RunEvent> T last(Class<T> kind) {
        return events().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
