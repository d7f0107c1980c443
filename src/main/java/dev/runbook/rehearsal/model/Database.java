package dev.runbook.rehearsal.model;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * A database of one server.
 *
 * @param name as it was created
 * @param id its {@code database_id} on its server
 * @param created server time
 * @param status whether it can be used
 * @param options what ALTER DATABASE sets
 * @param lineage where its contents come from
 * @param log where it stands in its log
 * @param mirroring its side of a mirroring session
 * @param files data and log files
 * @param contents what is in it
 */
public record Database(
        String name,
        int id,
        LocalDateTime created,
        Status status,
        Options options,
        Lineage lineage,
        LogPosition log,
        Optional<Mirroring> mirroring,
        List<DatabaseFile> files,
        Contents contents) {
    /** Copies the files. */
    public Database {
        files = List.copyOf(files);
    }

    /** The states of {@code sys.databases}, with their numbers as ordinals. */
    public enum State {
        /** 0: can be used. */
        ONLINE,
        /** 1: waits for backups, or is a mirror. */
        RESTORING,
        /** 2: comes up. */
        RECOVERING,
        /** 3: cannot come up. */
        RECOVERY_PENDING,
        /** 4: damaged. */
        SUSPECT,
        /** 5: opened by force. */
        EMERGENCY,
        /** 6: taken away. */
        OFFLINE
    }

    /** How much is kept in the log; the number of {@code recovery_model} is the ordinal and 1. */
    public enum RecoveryModel {
        /** Everything. */
        FULL,
        /** Almost everything. */
        BULK_LOGGED,
        /** Until the checkpoint. */
        SIMPLE
    }

    /** Who may come in; the ordinals are the numbers of {@code user_access}. */
    public enum UserAccess {
        /** Everybody. */
        MULTI_USER,
        /** One session. */
        SINGLE_USER,
        /** Administrators. */
        RESTRICTED_USER
    }

    /**
     * Whether the database can be used.
     *
     * @param state as {@code sys.databases} shows it
     * @param standby readable between two log backups: ONLINE and read-only, and yet restorable
     * @param interrupted a restore that was cut off and must be repeated
     */
    public record Status(State state, boolean standby, Optional<Interrupted> interrupted) {
        /** Usable. */
        public static final Status ONLINE = new Status(State.ONLINE, false, Optional.empty());

        /** Waiting for backups. */
        public static final Status RESTORING = new Status(State.RESTORING, false, Optional.empty());

        /** Readable, and still waiting for backups. */
        public static final Status STANDBY = new Status(State.ONLINE, true, Optional.empty());

        /** Taken away by somebody. */
        public static final Status OFFLINE = new Status(State.OFFLINE, false, Optional.empty());

        /** Left by a restore that was cut off. */
        public Status cutOff(Interrupted restore) {
            return new Status(restore.recovery() ? State.RECOVERING : State.RESTORING, false, Optional.of(restore));
        }
    }

    /**
     * A restore that was cut off. Only the same statement may go on (4319); a recovery, likewise (4347).
     *
     * @param kind D for a database, L for a log, R for the recovery alone
     * @param device the path as it was written; empty for R
     * @param position of the set in that file; 0 for R
     */
    public record Interrupted(char kind, String device, int position) {
        /** A recovery that was cut off. */
        public static final Interrupted RECOVERY = new Interrupted('R', "", 0);

        /** Whether it is the move to online that was cut off. */
        public boolean recovery() {
            return kind == 'R';
        }
    }

    /**
     * What ALTER DATABASE sets.
     *
     * @param recovery the recovery model
     * @param access who may come in
     * @param readOnly set by READ_ONLY
     */
    public record Options(RecoveryModel recovery, UserAccess access, boolean readOnly) {
        /** FULL, MULTI_USER, READ_WRITE. */
        public static final Options USUAL = new Options(RecoveryModel.FULL, UserAccess.MULTI_USER, false);
    }

    /** Whether it can be read. */
    public boolean online() {
        return status.state() == State.ONLINE;
    }

    /** Whether it can be written: online, not standby, not read-only. */
    public boolean writable() {
        return online() && !status.standby() && !options.readOnly();
    }

    /** Whether it waits for log backups: RESTORING or STANDBY, and no mirror. */
    public boolean restorable() {
        return mirroring.isEmpty() && (status.state() == State.RESTORING || status.standby());
    }

    /** Whether it is the following side of a mirroring session. */
    public boolean mirror() {
        return mirroring.filter(side -> side.role() == Mirroring.Role.MIRROR).isPresent();
    }

    /** With another status. */
    public Database with(Status next) {
        return new Database(name, id, created, next, options, lineage, log, mirroring, files, contents);
    }

    /** With other options. */
    public Database with(Options next) {
        return new Database(name, id, created, status, next, lineage, log, mirroring, files, contents);
    }

    /** With another lineage. */
    public Database with(Lineage next) {
        return new Database(name, id, created, status, options, next, log, mirroring, files, contents);
    }

    /** At another place of its log. */
    public Database with(LogPosition next) {
        return new Database(name, id, created, status, options, lineage, next, mirroring, files, contents);
    }

    /** With or without a side of a mirroring session. */
    public Database with(Optional<Mirroring> next) {
        return new Database(name, id, created, status, options, lineage, log, next, files, contents);
    }

    /** With its files elsewhere. */
    public Database with(List<DatabaseFile> next) {
        return new Database(name, id, created, status, options, lineage, log, mirroring, next, contents);
    }

    /** With other contents. */
    public Database with(Contents next) {
        return new Database(name, id, created, status, options, lineage, log, mirroring, files, next);
    }

    /** With one message more, and the log that it takes. */
    public Database written(String message) {
        return with(contents.plus(message)).with(log.to(log.last().plus(100)));
    }
}
