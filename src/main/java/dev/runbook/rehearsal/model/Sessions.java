package dev.runbook.rehearsal.model;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Who is connected to a server, and what they hold.
 *
 * @param connections by spid
 * @param locks application locks, in the order in which they were taken
 * @param next the spid for the next connection; an old one is not used again
 * @param transactions those that are open, one for each session at most
 */
public record Sessions(List<Connection> connections, List<AppLock> locks, int next, List<Transaction> transactions) {
    /** Nobody. */
    public static final Sessions NONE = new Sessions(List.of(), List.of(), 51);

    /** Copies the lists. */
    public Sessions {
        connections = List.copyOf(connections);
        locks = List.copyOf(locks);
        transactions = List.copyOf(transactions);
    }

    /** Without a transaction. */
    public Sessions(List<Connection> connections, List<AppLock> locks, int next) {
        this(connections, locks, next, List.of());
    }

    /**
     * An open transaction.
     *
     * @param spid whose it is
     * @param depth how often it was begun ({@code @@TRANCOUNT})
     * @param before what its first change found; empty before that
     */
    public record Transaction(int spid, int depth, Optional<Before> before) {
        /** Begun once more, or committed once. */
        public Transaction deeper(int more) {
            return new Transaction(spid, depth + more, before);
        }
    }

    /** What a transaction can change, and what a rollback brings back: jobs, and the tables of log shipping. */
    public record Before(Agent agent, LogShipping shipping) {}

    /** The transaction of a session. */
    public Optional<Transaction> transaction(int spid) {
        return transactions.stream().filter(one -> one.spid() == spid).findFirst();
    }

    /** With a transaction begun or changed. */
    public Sessions with(Transaction changed) {
        List<Transaction> all = new ArrayList<>(withoutTransaction(changed.spid()).transactions);
        all.add(changed);
        return new Sessions(connections, locks, next, all);
    }

    /** Without the transaction of a session; what it changed stays as it is. */
    public Sessions withoutTransaction(int spid) {
        return new Sessions(
                connections,
                locks,
                next,
                transactions.stream().filter(one -> one.spid() != spid).toList());
    }

    /**
     * An application lock ({@code sp_getapplock} with owner Session).
     *
     * @param resource its name
     * @param mode such as {@code Exclusive}
     * @param spid who holds it
     */
    public record AppLock(String resource, String mode, int spid) {}

    /** The connection with that spid. */
    public Optional<Connection> find(int spid) {
        return connections.stream().filter(one -> one.spid() == spid).findFirst();
    }

    /** Those that are in a database. */
    public List<Connection> in(String database) {
        return connections.stream()
                .filter(one -> one.database().equalsIgnoreCase(database))
                .toList();
    }

    /** With one more, which has the spid {@link #next()}. */
    public Sessions plus(Connection connection) {
        List<Connection> more = new ArrayList<>(connections);
        more.add(connection);
        return new Sessions(more, locks, Math.max(next, connection.spid() + 1), transactions);
    }

    /** Without one, and without what it held; its transaction is rolled back as soon as its server has these sessions. */
    public Sessions without(int spid) {
        return new Sessions(
                connections.stream().filter(one -> one.spid() != spid).toList(),
                locks.stream().filter(lock -> lock.spid() != spid).toList(),
                next,
                transactions);
    }

    /** Without the clients of the wire, and without what they held. */
    Sessions withoutClients() {
        Sessions left = this;
        for (Connection connection : connections) {
            left = connection.kind() == Connection.Kind.CLIENT ? left.without(connection.spid()) : left;
        }
        return left;
    }

    /** With one changed. */
    public Sessions change(int spid, UnaryOperator<Connection> change) {
        return new Sessions(
                connections.stream()
                        .map(one -> one.spid() == spid ? change.apply(one) : one)
                        .toList(),
                locks,
                next,
                transactions);
    }

    /** With other locks. */
    public Sessions withLocks(List<AppLock> held) {
        return new Sessions(connections, held, next, transactions);
    }

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
}
