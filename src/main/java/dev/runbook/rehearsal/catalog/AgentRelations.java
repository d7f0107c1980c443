package dev.runbook.rehearsal.catalog;

import dev.runbook.rehearsal.catalog.Relation.Kind;
import dev.runbook.rehearsal.model.Agent;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** The tables of msdb that belong to the SQL Server Agent. */
final class AgentRelations {
    private AgentRelations() {}

    /** All of them. */
    static List<Relation<?>> all() {
        return List.of(sysjobs(), schedules(), jobschedules(), activity(), sessions());
    }

    private static Relation<Agent.Job> sysjobs() {
        return Relation.of(
                        "sysjobs", (CatalogView view) -> view.server().agent().jobs())
                .column("job_id", Kind.GUID, Agent.Job::id)
                .constant("originating_server_id", Kind.INT, 0)
                .column("name", Kind.TEXT, Agent.Job::name)
                .column("enabled", Kind.TINYINT, job -> job.enabled() ? 1 : 0)
                .constant("description", Kind.TEXT, "")
                .constant("start_step_id", Kind.INT, 1)
                .constant("category_id", Kind.INT, 6)
                .build();
    }

    private static Relation<Scheduled> schedules() {
        return Relation.of("sysschedules", AgentRelations::scheduled)
                .column("schedule_id", Kind.INT, row -> row.schedule().id())
                .column("name", Kind.TEXT, row -> row.schedule().name())
                .column("enabled", Kind.INT, row -> row.schedule().enabled() ? 1 : 0)
                .column("freq_type", Kind.INT, row -> row.schedule().freqType())
                .column("freq_interval", Kind.INT, row -> row.schedule().freqInterval())
                .column("freq_subday_type", Kind.INT, row -> row.schedule().freqSubdayType())
                .column("freq_subday_interval", Kind.INT, row -> row.schedule().freqSubdayInterval())
                .build();
    }

    private static Relation<Scheduled> jobschedules() {
        return Relation.of("sysjobschedules", AgentRelations::scheduled)
                .column("schedule_id", Kind.INT, row -> row.schedule().id())
                .column("job_id", Kind.GUID, row -> row.job().id())
                .constant("next_run_date", Kind.INT, 0)
                .constant("next_run_time", Kind.INT, 0)
                .build();
    }

    private static Relation<Active> activity() {
        return Relation.of("sysjobactivity", AgentRelations::active)
                .column("session_id", Kind.INT, Active::session)
                .column("job_id", Kind.GUID, row -> row.job().id())
                .column("run_requested_date", Kind.DATETIME, Active::started)
                .column("start_execution_date", Kind.DATETIME, Active::started)
                .column("last_executed_step_id", Kind.INT, row -> row.started().map(when -> 1))
                .column("stop_execution_date", Kind.DATETIME, Active::stopped)
                .build();
    }

    private static Relation<Integer> sessions() {
        return Relation.of(
                        "syssessions",
                        (CatalogView view) -> List.of(view.server().agent().session()))
                .column("session_id", Kind.INT, session -> session)
                .constant("agent_start_date", Kind.DATETIME, LocalDateTime.of(2026, 1, 1, 0, 0))
                .build();
    }

    private record Scheduled(Agent.Job job, Agent.Schedule schedule) {}

    private record Active(Agent.Job job, int session) {
        private Optional<LocalDateTime> started() {
            return job.activity().map(Agent.Activity::started);
        }

        private Optional<LocalDateTime> stopped() {
            return job.activity().flatMap(Agent.Activity::stopped);
        }
    }

    private static List<Scheduled> scheduled(CatalogView view) {
        return view.server().agent().jobs().stream()
                .flatMap(job -> job.schedules().stream().map(schedule -> new Scheduled(job, schedule)))
                .toList();
    }

    private static List<Active> active(CatalogView view) {
        Agent agent = view.server().agent();
        return agent.jobs().stream()
                .map(job -> new Active(job, agent.session()))
                .toList();
    }
}
