package dev.runbook.rehearsal.model;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The SQL Server Agent of a server, with its jobs. While it runs it has sessions of its own on the server.
 *
 * @param running whether the service runs
 * @param account it runs as
 * @param session the number of its newest start ({@code syssessions})
 * @param jobs in the order in which they were made
 */
public record Agent(boolean running, String account, int session, List<Job> jobs) {
    /** Copies the jobs. */
    public Agent {
        jobs = List.copyOf(jobs);
    }

    /** What a job does. */
    public enum Kind {
        /** Backs up the log of a log shipping primary. */
        LOG_BACKUP,
        /** Copies log backups to the secondary. */
        LOG_COPY,
        /** Restores log backups on the secondary. */
        LOG_RESTORE,
        /** Raises the alerts of log shipping. */
        LOG_ALERT,
        /** Anything else; does nothing here. */
        OTHER
    }

    /**
     * A job. Made by the procedures of log shipping it is neither enabled nor scheduled.
     *
     * @param id never changes
     * @param name unique on its server
     * @param enabled whether its schedules count
     * @param kind what it does
     * @param schedules when it runs
     * @param activity its newest run in this session of the agent
     */
    public record Job(
            UUID id, String name, boolean enabled, Kind kind, List<Schedule> schedules, Optional<Activity> activity) {
        /** Copies the schedules. */
        public Job {
            schedules = List.copyOf(schedules);
        }

        /** A job as it is born: neither enabled nor scheduled. */
        public static Job born(UUID id, String name, Kind kind) {
            return new Job(id, name, false, kind, List.of(), Optional.empty());
        }

        /** Switched on or off. */
        public Job enabled(boolean on) {
            return new Job(id, name, on, kind, schedules, activity);
        }

        /** With one schedule more. */
        public Job plus(Schedule schedule) {
            List<Schedule> more = new ArrayList<>(schedules);
            more.add(schedule);
            return new Job(id, name, enabled, kind, more, activity);
        }

        /** With another newest run. */
        public Job with(Activity run) {
            return new Job(id, name, enabled, kind, schedules, Optional.of(run));
        }

        /** Whether it is running now. */
        public boolean running() {
            return activity.filter(run -> run.stopped().isEmpty()).isPresent();
        }

        /** Whether it runs by itself. */
        public boolean due() {
            return enabled && schedules.stream().anyMatch(Schedule::enabled);
        }
    }

    /**
     * When a job runs, in the numbers of {@code sysschedules}.
     *
     * @param id on its server
     * @param name not unique
     * @param enabled whether it counts
     * @param freqType 4 is daily
     * @param freqInterval every so many days
     * @param freqSubdayType 1 once, 2 seconds, 4 minutes, 8 hours
     * @param freqSubdayInterval every so many of them
     */
    public record Schedule(
            int id,
            String name,
            boolean enabled,
            int freqType,
            int freqInterval,
            int freqSubdayType,
            int freqSubdayInterval) {}

    /**
     * A run of a job, server time.
     *
     * @param started when it began
     * @param stopped when it ended; empty while it runs
     * @param message what it said last
     */
    public record Activity(LocalDateTime started, Optional<LocalDateTime> stopped, String message) {}

    /** The job of that name, without regard to case. */
    public Optional<Job> job(String name) {
        return jobs.stream().filter(job -> job.name().equalsIgnoreCase(name)).findFirst();
    }

    /** The job with that id. */
    public Optional<Job> job(UUID id) {
        return jobs.stream().filter(job -> job.id().equals(id)).findFirst();
    }

    /** With one job more. */
    public Agent plus(Job job) {
        List<Job> more = new ArrayList<>(jobs);
        more.add(job);
        return new Agent(running, account, session, more);
    }

    /** Without a job. */
    public Agent without(UUID id) {
        return new Agent(
                running,
                account,
                session,
                jobs.stream().filter(job -> !job.id().equals(id)).toList());
    }

    /** With one job changed. */
    public Agent change(UUID id, UnaryOperator<Job> change) {
        return new Agent(
                running,
                account,
                session,
                jobs.stream()
                        .map(job -> job.id().equals(id) ? change.apply(job) : job)
                        .toList());
    }
}
