package dev.runbook.rehearsal.model;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

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
     * A restore that was cut off. Only the same statement may continue it (4319); a recovery, likewise (4347).
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

    /**
     * What is in a database: enough to see whether two copies hold the same.
     *
     * @param tables the user tables with their row counts
     * @param messages the chat messages, oldest first; each is also a row of the first table
     */
    public record Contents(List<Table> tables, List<String> messages) {
        /** Nothing at all. */
        public static final Contents EMPTY = new Contents(List.of(), List.of());

        /** Copies the lists. */
        public Contents {
            tables = List.copyOf(tables);
            messages = List.copyOf(messages);
        }

        /**
         * A user table.
         *
         * @param name without schema
         * @param rows how many it holds
         */
        public record Table(String name, long rows) {}

        /** With one message more. */
        public Contents plus(String message) {
            List<Table> grown = new ArrayList<>(tables);
            if (!grown.isEmpty()) {
                Table first = grown.get(0);
                grown.set(0, new Table(first.name(), first.rows() + 1));
            }
            List<String> more = new ArrayList<>(messages);
            more.add(message);
            return new Contents(grown, more);
        }
    }

    /**
     * A file of a database, a row of {@code sys.master_files}.
     *
     * @param id from 1; 2 is the log by custom
     * @param kind data or log
     * @param logical its name in SQL
     * @param physical its path on the server
     * @param pages of 8 KB each
     */
    public record DatabaseFile(int id, Kind kind, String logical, String physical, int pages) {
        /** What a file holds. */
        public enum Kind {
            /** Data. */
            ROWS,
            /** The transaction log. */
            LOG
        }

        /** The same file at another path. */
        public DatabaseFile at(String path) {
            return new DatabaseFile(id, kind, logical, path, pages);
        }
    }

    /**
     * Where a database stands in its log.
     *
     * @param last the end of the log
     * @param backedUp where the next log backup begins; empty before the first full backup, or after a switch to SIMPLE
     * @param checkpoint the newest checkpoint
     * @param fullBackup the checkpoint of the newest full backup (DatabaseBackupLSN); 0 when there is none
     * @param redo where roll-forward must continue; only while the database is RESTORING or STANDBY
     */
    public record LogPosition(Lsn last, Optional<Lsn> backedUp, Lsn checkpoint, Lsn fullBackup, Optional<Redo> redo) {
        /**
         * Where roll-forward continues ({@code redo_start_lsn}, {@code redo_start_fork_guid}).
         *
         * @param start the next log backup must begin here or before, and end after it
         * @param fork that it must belong to
         */
        public record Redo(Lsn start, UUID fork) {}

        /** A log that was never backed up. */
        public static LogPosition at(Lsn last) {
            return new LogPosition(last, Optional.empty(), last, Lsn.of(0), Optional.empty());
        }

        /** Whether there is log that no backup holds. */
        public boolean tailUnsaved() {
            return backedUp.isEmpty() || backedUp.get().before(last);
        }

        /** With the end of the log there. */
        public LogPosition to(Lsn end) {
            return new LogPosition(end, backedUp, checkpoint, fullBackup, redo);
        }

        /** After a log backup up to there. */
        public LogPosition backedUpTo(Lsn end) {
            return new LogPosition(last, Optional.of(end), checkpoint, fullBackup, redo);
        }

        /** After a full backup with this checkpoint. It begins the chain of log backups where there is none. */
        public LogPosition fullyBackedUp(Lsn at) {
            return new LogPosition(last, Optional.of(backedUp.orElse(at)), at, at, redo);
        }

        /** Waiting for log from there. */
        public LogPosition waiting(Redo from) {
            return new LogPosition(last, backedUp, checkpoint, fullBackup, Optional.of(from));
        }

        /** Not waiting for log. */
        public LogPosition open() {
            return new LogPosition(last, backedUp, checkpoint, fullBackup, Optional.empty());
        }

        /** Without a chain of log backups, as a switch to SIMPLE leaves it. */
        public LogPosition unchained() {
            return new LogPosition(last, Optional.empty(), checkpoint, fullBackup, redo);
        }
    }

    /**
     * Where the contents of a database come from: the family that CREATE DATABASE founded, and every recovery fork on the way.
     * Each recovery of a restored database begins a new fork (RecoveryForkID of RESTORE HEADERONLY).
     *
     * @param family survives backup and restore (FamilyGUID)
     * @param forks oldest first, never empty; the last one is the current one
     */
    public record Lineage(UUID family, List<Fork> forks) {
        /** Copies the forks. */
        public Lineage {
            forks = List.copyOf(forks);
            if (forks.isEmpty()) {
                throw new IllegalArgumentException("a database has at least the fork that it was created with");
            }
        }

        /**
         * A branch of history.
         *
         * @param id a new one for each recovery
         * @param from where it begins
         */
        public record Fork(UUID id, Lsn from) {}

        /** A new family with its first fork. */
        public static Lineage founded(UUID family, UUID fork, Lsn from) {
            return new Lineage(family, List.of(new Fork(fork, from)));
        }

        /** The fork that is written to. */
        public Fork current() {
            return forks.get(forks.size() - 1);
        }

        /** The fork to which the log at this point belongs. */
        public Fork at(Lsn point) {
            Fork found = forks.get(0);
            for (Fork fork : forks) {
                if (!fork.from().after(point)) {
                    found = fork;
                }
            }
            return found;
        }

        /** This one after a recovery at that point. */
        public Lineage forked(UUID id, Lsn from) {
            List<Fork> more = new ArrayList<>(forks);
            more.add(new Fork(id, from));
            return new Lineage(family, more);
        }

        /** Whether both are of one family and went the same way until that point. */
        public boolean agrees(Lineage other, Lsn until) {
            return family.equals(other.family) && before(until).equals(other.before(until));
        }

        private List<Fork> before(Lsn until) {
            return forks.stream().filter(fork -> fork.from().before(until)).toList();
        }
    }

    /**
     * One side of a mirroring session, a row of {@code sys.database_mirroring}.
     *
     * @param session the same on both sides
     * @param role of this side
     * @param state as both sides see it
     * @param partner the server name of the other side, as {@code @@SERVERNAME} tells it
     * @param address the other side's endpoint, {@code TCP://host:port}
     */
    public record Mirroring(UUID session, Role role, State state, String partner, String address) {
        /** Who serves. */
        public enum Role {
            /** Serves; the database is online. */
            PRINCIPAL,
            /** Follows; the database is restoring. */
            MIRROR
        }

        /** How the partners stand, with the numbers of {@code mirroring_state}. */
        public enum State {
            /** 0. */
            SUSPENDED,
            /** 1. */
            DISCONNECTED,
            /** 2. */
            SYNCHRONIZING,
            /** 3. */
            PENDING_FAILOVER,
            /** 4. */
            SYNCHRONIZED
        }

        /** In another state. */
        public Mirroring in(State next) {
            return new Mirroring(session, role, next, partner, address);
        }

        /** In another role. */
        public Mirroring as(Role next) {
            return new Mirroring(session, next, state, partner, address);
        }
    }
}
