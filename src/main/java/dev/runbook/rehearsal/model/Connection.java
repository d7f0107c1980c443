package dev.runbook.rehearsal.model;

import java.time.LocalDateTime;

/**
 * A session on a server, a row of {@code sys.sysprocesses}.
 *
 * @param spid from 51 for users
 * @param login who it is
 * @param host the computer it comes from
 * @param program the name that it gave itself
 * @param database in which it is
 * @param command what it does now, such as {@code AWAITING COMMAND} or {@code RESTORE LOG}
 * @param since server time
 * @param kind whose it is
 */
public record Connection(
        int spid,
        String login,
        String host,
        String program,
        String database,
        String command,
        LocalDateTime since,
        Kind kind) {
    /** What a session says that waits. */
    public static final String WAITING = "AWAITING COMMAND";

    /** Whose a session is. */
    public enum Kind {
        /** A client of the simulated wire. */
        CLIENT,
        /** A Persistent Chat server, which connects again when it is ended. */
        CHAT,
        /** The SQL Server Agent, or a reader that a scene put there; connects again as well. */
        AGENT,
        /** A session that a scene put there and that stays away once ended. */
        READER,
        /** Part of the server; cannot be ended. */
        SYSTEM
    }

    /** Whether it runs something. */
    public boolean busy() {
        return !WAITING.equals(command);
    }

    /** Doing something else. */
    public Connection doing(String next) {
        return new Connection(spid, login, host, program, database, next, since, kind);
    }

    /** In another database. */
    public Connection in(String next) {
        return new Connection(spid, login, host, program, next, command, since, kind);
    }
}
