package dev.runbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Row;
import dev.runbook.base.Source;
import dev.runbook.base.Value;
import dev.runbook.event.Actor;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Work;
import dev.runbook.language.Runbook;
import dev.runbook.language.RunbookReader;
import dev.runbook.plan.Plan;
import dev.runbook.site.Site;
import dev.runbook.site.SiteBinder;
import dev.runbook.site.SuppliedValue;
import dev.runbook.state.RunFold;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RollbackPlanTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:12:09Z");

    private static final String RUNBOOK = """
            runbook: two-ways-back
            title: Two ways back
            variables:
              server: {type: sql-server, description: a server}
            steps:
              - step: 1
                title: Switch off the job on {{server.host}}
                remember: {job: the job}
                server: server
                sql: EXEC msdb.dbo.sp_update_job @job_name = N'{{job.name}}', @enabled = 0
                done-when: no the job
                rollback:
                  title: Switch it on again
                  server: server
                  procedure: msdb.dbo.sp_update_job
                  parameters: {job_name: '{{job.name}}', enabled: 1}
                  retry: 2
              - step: 2
                title: Shrink
                server: server
                sql: |
                  DBCC SHRINKDATABASE (mgc)
                retry: 2
                rollback: {by-hand: 'Let {{server}} grow again.'}
              - step: 3
                title: Drop it
                confirm: {type: DROP, message: 'Sure?'}
                server: server
                sql: DROP DATABASE mgc
                retry: 2
                rollback: {impossible: it is gone}
            facts:
              the job:
                server: server
                sql: SELECT name FROM msdb.dbo.sysjobs WHERE enabled = 1
            """;

    private final Plan plan = plan();
    private final RunFold fold = new RunFold(NOW, start());

    @Test
    void saysThatThereIsNothingToTakeBack() {
        assertThat(lines()).containsExactly("There is nothing to take back.");
    }

    @Test
    void showsWhatEachWayBackSendsWithWhatWasRemembered() {
        take(new RunEvent.StepBegun("1"));
        take(new RunEvent.Remembered("1", "job", List.of(Row.of("name", Value.of("LSCopy_mgc")))));
        done("1");
        take(new RunEvent.StepBegun("2"));
        done("2");

        assertThat(lines())
                .containsExactly(
                        "To be taken back, last first:",
                        "  2  Shrink",
                        "       by hand: Let sqlb grow again.",
                        "  1  Switch off the job on sqlb",
                        "       Switch it on again",
                        "       on sqlb:",
                        "         EXEC msdb.dbo.sp_update_job @job_name = N'LSCopy_mgc', @enabled = N'1'");
    }

    @Test
    void goesNoFurtherThanAPointOfNoReturn() {
        take(new RunEvent.StepBegun("3"));
        done("3");

        assertThat(lines())
                .containsExactly(
                        "There is nothing to take back since step 3, Drop it. That step cannot be taken back.");
    }

    @Test
    void aStepThatWasBegunInVainStandsWhereItDidSomethingInTheEnd() {
        take(new RunEvent.StepBegun("3"));
        take(new RunEvent.StepBegun("1"));
        done("1");
        take(new RunEvent.StepBegun("3"));
        done("3");

        assertThat(lines())
                .containsExactly(
                        "There is nothing to take back since step 3, Drop it. That step cannot be taken back.");
    }

    private List<String> lines() {
        return RollbackPlan.Outline.of(plan, fold.state()).lines();
    }

    private void done(String step) {
        take(new RunEvent.AttemptStarted(Work.of(step), 1, 1));
        take(new RunEvent.StepDone(step));
    }

    private void take(RunEvent event) {
        assertThat(fold.allows(event)).as(event.toString()).isTrue();
        fold.take(NOW, event);
    }

    private static Plan plan() {
        Runbook runbook = new RunbookReader()
                .read(Source.of("runbook.yaml", RUNBOOK))
                .value()
                .orElseThrow();
        Site site = SiteBinder.withoutSecrets()
                .bind(runbook, List.of(Map.of("server", SuppliedValue.of("a test", "sqlb"))), "run", "20261121031209")
                .value()
                .orElseThrow();
        return new Plan(runbook, site, "digest");
    }

    private static RunEvent.RunStarted start() {
        return new RunEvent.RunStarted(
                1,
                "run",
                "20261121031209",
                "two-ways-back",
                "runbook.yaml",
                "digest",
                Map.of(),
                new Actor("jdoe", "dr-jump1", 1, "test"));
    }
}
