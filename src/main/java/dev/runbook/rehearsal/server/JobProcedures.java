package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.server.Procedure.Arguments;
import java.util.List;
import java.util.Optional;

/** The procedures of SQL Server Agent. Each names its job by {@code @job_name} or by {@code @job_id}. */
final class JobProcedures {
    private JobProcedures() {}

    static List<Procedure> all() {
        return List.of(
                Procedure.ofMsdb(
                        "sp_update_job",
                        JobProcedures::update,
                        "job_id uniqueidentifier?, job_name nvarchar?, enabled int?"),
                Procedure.ofMsdb("sp_add_jobschedule", JobProcedures::addSchedule, """
                    job_id uniqueidentifier?, job_name nvarchar?, name nvarchar, enabled int?,
                    freq_type int?, freq_interval int?, freq_subday_type int?,
                    freq_subday_interval int?, freq_relative_interval int?,
                    freq_recurrence_factor int?, active_start_date int?, active_end_date int?,
                    active_start_time int?, active_end_time int?\
                    """),
                Procedure.ofMsdb("sp_start_job", JobProcedures::start, "job_name nvarchar?, job_id uniqueidentifier?"),
                Procedure.ofMsdb("sp_stop_job", JobProcedures::stop, "job_name nvarchar?, job_id uniqueidentifier?"),
                Procedure.ofMsdb(
                        "sp_delete_job", JobProcedures::delete, "job_id uniqueidentifier?, job_name nvarchar?"));
    }

    private static Outcome update(EstateState state, Arguments arguments, Execution execution) {
        return withJob(state, arguments, execution, (server, job) -> {
            boolean on = arguments.number("enabled").map(number -> number != 0).orElse(job.enabled());
            return Outcome.done(state.with(server.with(server.agent().change(job.id(), old -> old.enabled(on)))));
        });
    }

    private static Outcome addSchedule(EstateState state, Arguments arguments, Execution execution) {
        return withJob(state, arguments, execution, (server, job) -> {
            Agent.Schedule schedule = new Agent.Schedule(
                    nextSchedule(server.agent()),
                    arguments.name("name"),
                    arguments.number("enabled", 1) != 0,
                    arguments.number("freq_type", 1),
                    arguments.number("freq_interval", 0),
                    arguments.number("freq_subday_type", 0),
                    arguments.number("freq_subday_interval", 0));
            return Outcome.done(state.with(server.with(server.agent().change(job.id(), old -> old.plus(schedule)))));
        });
    }

    private static Outcome start(EstateState state, Arguments arguments, Execution execution) {
        return withJob(state, arguments, execution, (server, job) -> {
            if (!server.agent().running()) {
                return Outcome.failed(ServerError.AGENT_STOPPED.of());
            }
            if (job.running()) {
                return Outcome.failed(ServerError.JOB_RUNNING.of(job.name()));
            }
            Agent.Activity begun =
                    new Agent.Activity(execution.now(), Optional.empty(), "started by " + execution.login());
            return Outcome.done(state.with(server.with(server.agent().change(job.id(), old -> old.with(begun)))));
        });
    }

    private static Outcome stop(EstateState state, Arguments arguments, Execution execution) {
        return withJob(state, arguments, execution, (server, job) -> {
            if (!job.running()) {
                return Outcome.failed(ServerError.JOB_IDLE.of(job.name()));
            }
            Agent.Activity ended =
                    new Agent.Activity(job.activity().orElseThrow().started(), Optional.of(execution.now()), "stopped");
            return Outcome.done(state.with(server.with(server.agent().change(job.id(), old -> old.with(ended)))));
        });
    }

    private static Outcome delete(EstateState state, Arguments arguments, Execution execution) {
        return withJob(
                state,
                arguments,
                execution,
                (server, job) ->
                        Outcome.done(state.with(server.with(server.agent().without(job.id())))));
    }

    @FunctionalInterface
    private interface Work {
        Outcome on(Server server, Agent.Job job);
    }

    private static Outcome withJob(EstateState state, Arguments arguments, Execution execution, Work work) {
        Server server = state.server(execution.server());
        Optional<Agent.Job> job = arguments
                .id("job_id")
                .flatMap(server.agent()::job)
                .or(() -> arguments.text("job_name").flatMap(server.agent()::job));
        if (job.isPresent()) {
            return work.on(server, job.get());
        }
        if (arguments.text("job_name").isPresent()) {
            return Outcome.failed(ServerError.NAME_MISSING.of("@job_name", arguments.name("job_name")));
        }
        return Outcome.failed(arguments
                .id("job_id")
                .map(id -> ServerError.NAME_MISSING.of("@job_id", id))
                .orElseGet(() -> ServerError.NAME_OR_ID.of("@job_name", "@job_id")));
    }

    private static int nextSchedule(Agent agent) {
        return 1
                + agent.jobs().stream()
                        .flatMap(job -> job.schedules().stream())
                        .mapToInt(Agent.Schedule::id)
                        .max()
                        .orElse(0);
    }
}
