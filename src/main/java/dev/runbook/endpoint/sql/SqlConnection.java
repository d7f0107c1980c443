package dev.runbook.endpoint.sql;

import com.microsoft.sqlserver.jdbc.ISQLServerConnection;
import com.microsoft.sqlserver.jdbc.ISQLServerMessage;
import com.microsoft.sqlserver.jdbc.ISQLServerMessageHandler;
import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.Failure.Outcome;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Progress;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.sql.SqlErrors.ErrorChain;
import dev.runbook.endpoint.sql.SqlErrors.SqlFailedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One open connection to the server that was named. It ends with the first loss; there is no way to open it again. */
final class SqlConnection implements AutoCloseable {
    /** The code of a statement that did not end the transaction that it began. */
    static final String OPEN_TRANSACTION = "open-transaction";

    private static final Duration TO_SAY_WHO_IT_IS = Duration.ofSeconds(15);
    private static final int TO_ANSWER_SECONDS = 5;
    private static final int TO_ANSWER_AT_MOST_MILLIS = 10_000;

    /** In master again, so that nobody finds a session of the run in his way before the server sees that it is closed. */
    private static final SqlStatement OPEN_TRANSACTIONS = SqlStatement.batch(
            "USE [master] SELECT @@TRANCOUNT AS open_transactions, XACT_STATE() AS transaction_state");

    private static final SqlStatement ROLL_BACK = SqlStatement.batch("IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION");

    private final Connection connection;
    private final Duration grace;
    private Identity identity;
    private boolean abandoned;

    private SqlConnection(Connection connection, Duration grace) {
        this.connection = connection;
        this.grace = grace;
    }

    /**
     * Dials, logs in, and compares who answers with who was named.
     *
     * @param application the name that the session carries
     * @param grace how long the server may take to confirm a cancel
     */
    static SqlConnection open(SqlTarget target, String application, Duration grace) throws SqlFailedException {
        ConnectionSettings.refuseStrayFile();
        ConnectionSettings.refuseLibraryHere(target.login());
        SqlConnection link;
        try {
            link = new SqlConnection(
                    new SQLServerDriver().connect("jdbc:sqlserver://", ConnectionSettings.of(target, application)),
                    grace);
        } catch (SQLException e) {
            throw new SqlFailedException(ConnectFailure.of(e, target));
        }
        try {
            link.identify(target);
            return link;
        } catch (SqlFailedException e) {
            link.close();
            throw e.failure().isUnknown() ? new SqlFailedException(ConnectFailure.wentAway(target, e.failure())) : e;
        }
    }

    private void identify(SqlTarget target) throws SqlFailedException {
        List<Row> answer = run(SqlStatement.batch(Identity.QUESTION), Limits.within(TO_SAY_WHO_IT_IS))
                .first();
        identity = Identity.of(answer.isEmpty() ? Row.EMPTY : answer.get(0));
        Optional<Failure> difference = identity.differenceFrom(target);
        if (difference.isPresent()) {
            throw new SqlFailedException(difference.get());
        }
    }

    /** What the server calls itself. */
    Identity identity() {
        return identity;
    }

    /**
     * Looks whether what was sent left a transaction open, and rolls that back. Whoever goes on after it must know: everything
     * in it is undone, and so would have been all that came later.
     *
     * @return what was found; empty where nothing was left open
     */
    Optional<Failure> endLeftTransaction() {
        try {
            Row found = run(OPEN_TRANSACTIONS, Limits.within(TO_SAY_WHO_IT_IS)).first().stream()
                    .findFirst()
                    .orElse(Row.EMPTY);
            if (found.get("open_transactions")
                    .filter(Value.Number.class::isInstance)
                    .isEmpty()) {
                return Optional.of(Failure.unknown(
                        Kind.LASTING,
                        OPEN_TRANSACTION,
                        "It cannot be seen whether it left a transaction open: its session does not answer any"
                                + " more (SET NOEXEC, PARSEONLY or FMTONLY). The session was ended, and an open"
                                + " transaction with it."));
            }
            if (found.get("open_transactions").equals(Optional.of(Value.of(0)))) {
                return Optional.empty();
            }
            run(ROLL_BACK, Limits.within(TO_SAY_WHO_IT_IS));
            return Optional.of(new Failure(
                    Outcome.PARTLY,
                    Kind.LASTING,
                    OPEN_TRANSACTION,
                    "It left a transaction open. That was rolled back: nothing of what was done in it remains. Let it"
                            + " end with COMMIT.",
                    OptionalInt.empty(),
                    List.of()));
        } catch (SqlFailedException e) {
            return Optional.of(Failure.unknown(
                            e.failure().kind(),
                            e.failure().code(),
                            "It came back, but it could not be seen any more whether it left a transaction open. If it"
                                    + " did, the server rolls that back.")
                    .withDetail(e.failure().message()));
        }
    }

    /** Sends an order once, and reads everything that comes back. */
    SqlResults run(SqlStatement order, Limits limits) throws SqlFailedException {
        Statement statement = prepare(order, limits);
        Supervision.Ending ending = Supervision.of(order, statement, limits, grace);
        if (ending.results().isEmpty()) {
            abandon();
            throw new SqlFailedException(ErrorChain.SILENCE.failure(order, ending.cut(), true));
        }
        SqlResults results = ending.results().get();
        if (results.broken().isPresent()) {
            // closing the statement would read the rest of an answer that is too large
            abandon();
            throw new SqlFailedException(results.broken().get());
        }
        close(statement);
        if (!results.errors().isEmpty()) {
            throw new SqlFailedException(ErrorChain.of(results.errors()).failure(order, ending.cut(), isClosed()));
        }
        return results;
    }

    /** Leaves a connection that may never answer again; whoever closes it may wait as long. */
    private void abandon() {
        abandoned = true;
        Thread thread = new Thread(this::closeConnection, "sql-abandoned");
        thread.setDaemon(true);
        thread.start();
    }

    private Statement prepare(SqlStatement order, Limits limits) throws SqlFailedException {
        try {
            connection.unwrap(ISQLServerConnection.class).setServerMessageHandler(new LiveMessages(limits.progress()));
            return order.prepare(connection);
        } catch (SQLException e) {
            throw isClosed()
                    ? lostBefore()
                    : new SqlFailedException(Failure.definite(Kind.LASTING, "driver", e.getMessage()));
        }
    }

    /** The failure of a connection that went while nothing was under way. */
    static SqlFailedException lostBefore() {
        return new SqlFailedException(Failure.definite(
                Kind.TRANSIENT, ErrorChain.LOST, "The connection was lost; the statement was not sent."));
    }

    /** Whether the other side still answers. Bounded in time, even where the network swallows everything. */
    boolean answers() {
        try {
            connection.setNetworkTimeout(Runnable::run, TO_ANSWER_AT_MOST_MILLIS);
            boolean valid = connection.isValid(TO_ANSWER_SECONDS);
            connection.setNetworkTimeout(Runnable::run, 0);
            return valid;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Whether it ended, by us or by a loss that was noticed. */
    boolean isClosed() {
        try {
            return abandoned || connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    @Override
    public void close() {
        if (!abandoned) {
            closeConnection();
        }
    }

    private void closeConnection() {
        try {
            connection.close();
        } catch (SQLException e) {
            // there is nothing left to end
        }
    }

    private static void close(Statement statement) {
        try {
            statement.close();
        } catch (SQLException e) {
            // what it had to say was read before, or the connection is gone
        }
    }

    /**
     * Runs one statement on a thread of its own, while the caller watches over it: cancels it when its time is up or somebody asks,
     * and goes away from a server that does not confirm. It has to be the caller that goes, for over TLS Java cannot close a
     * connection from which another thread reads.
     */
    static final class Supervision {
        /** A cancel that comes before the driver has begun is lost without a word, so it is repeated. */
        private static final long BETWEEN_CANCELS_MILLIS = 100;

        private final Statement statement;
        private final CountDownLatch event = new CountDownLatch(1);
        private final FutureTask<SqlResults> reading;

        private Supervision(SqlStatement order, Statement statement) {
            this.statement = statement;
            this.reading = new FutureTask<>(() -> SqlResults.read(order, statement)) {
                @Override
                protected void done() {
                    event.countDown();
                }
            };
        }

        /** Why a statement was stopped. */
        enum Cut {
            /** Its time was up. */
            TIMEOUT,
            /** Somebody asked. */
            REQUEST
        }

        /**
         * How it ended.
         *
         * @param results what came back; empty when the server did not even confirm the cancel, and the statement is still being
         *     read by a thread that nobody waits for
         * @param cut why it was stopped; empty when it was not
         */
        record Ending(Optional<SqlResults> results, Optional<Cut> cut) {}

        /**
         * Sends an order and waits for its end.
         *
         * @param grace how long a server may take to confirm a cancel before it counts as gone
         */
        static Ending of(SqlStatement order, Statement statement, Limits limits, Duration grace) {
            Supervision supervision = new Supervision(order, statement);
            Thread thread = new Thread(supervision.reading, "sql-statement");
            thread.setDaemon(true);
            thread.start();
            Cancellation.Registration registration = limits.cancellation().onRequest(supervision.event::countDown);
            try {
                return supervision.watch(limits.timeout(), grace);
            } finally {
                registration.close();
            }
        }

        private Ending watch(Optional<Duration> timeout, Duration grace) {
            Optional<Cut> cut = awaitEvent(timeout);
            if (cut.isEmpty()) {
                return new Ending(results(Duration.ZERO), cut);
            }
            Optional<SqlResults> results;
            long begin = System.nanoTime();
            do {
                cancel();
                results = results(Duration.ofMillis(BETWEEN_CANCELS_MILLIS));
            } while (results.isEmpty() && System.nanoTime() - begin < grace.toNanos() && !isInterrupted());
            return new Ending(results, cut);
        }

        /** Waits for the end, or for a reason to bring it about. */
        private Optional<Cut> awaitEvent(Optional<Duration> timeout) {
            try {
                if (timeout.isEmpty()) {
                    event.await();
                } else if (!event.await(timeout.get().toMillis(), TimeUnit.MILLISECONDS)) {
                    return Optional.of(Cut.TIMEOUT);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of(Cut.REQUEST);
            }
            return reading.isDone() ? Optional.empty() : Optional.of(Cut.REQUEST);
        }

        private Optional<SqlResults> results(Duration patience) {
            try {
                return Optional.of(reading.get(patience.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            } catch (ExecutionException e) {
                return Optional.of(SqlResults.unreadable(e.getCause()));
            }
        }

        private static boolean isInterrupted() {
            return Thread.currentThread().isInterrupted();
        }

        private void cancel() {
            try {
                statement.cancel();
            } catch (SQLException e) {
                // it is over already, or the connection is
            }
        }
    }

    /** Passes on what a server says while it works, at once. Errors are left alone: they come as exceptions. */
    static final class LiveMessages implements ISQLServerMessageHandler {
        /** "%d percent processed." in the language of the server; the number is the percentage. */
        private static final int PERCENT_PROCESSED = 3211;

        private static final Pattern FIRST_NUMBER = Pattern.compile("\\d{1,3}");

        private final Progress progress;

        LiveMessages(Progress progress) {
            this.progress = progress;
        }

        @Override
        public ISQLServerMessage messageHandler(ISQLServerMessage message) {
            if (!message.isInfoMessage()) {
                return message;
            }
            pass(message);
            // heard once; the driver would keep each of them until the statement is closed
            return null;
        }

        private void pass(ISQLServerMessage message) {
            String text = message.getErrorMessage();
            Matcher percent = FIRST_NUMBER.matcher(text);
            if (message.getErrorNumber() == PERCENT_PROCESSED && percent.find()) {
                progress.advanced(Long.parseLong(percent.group()), 100, "%");
            } else {
                progress.said(text);
            }
        }
    }

    /**
     * What a server calls itself.
     *
     * @param server {@code @@SERVERNAME}; after a renaming it may still be the old name
     * @param machine the computer, or the virtual name of a cluster
     * @param instance empty for the default instance
     * @param session the number of the session that asked
     */
    record Identity(String server, String machine, String instance, int session) {
        /** Asks a server who it is. */
        static final String QUESTION = "SELECT @@SERVERNAME AS server_name,"
                + " CAST(SERVERPROPERTY(N'MachineName') AS nvarchar(128)) AS machine_name,"
                + " CAST(SERVERPROPERTY(N'InstanceName') AS nvarchar(128)) AS instance_name,"
                + " @@SPID AS session_id";

        static Identity of(Row answer) {
            return new Identity(
                    text(answer, "server_name"),
                    text(answer, "machine_name"),
                    text(answer, "instance_name"),
                    answer.get("session_id")
                            .filter(Value.Number.class::isInstance)
                            .map(number -> ((Value.Number) number).value().intValue())
                            .orElse(0));
        }

        /**
         * A failure when it is another server than the one that was named: a runbook must not be carried out on the wrong one. An
         * instance is compared unless the site names a port instead.
         */
        Optional<Failure> differenceFrom(SqlTarget target) {
            if (machine.isEmpty()) {
                return Optional.of(Failure.definite(
                        Kind.IDENTITY,
                        "other-server",
                        "The server that answers for " + target.name()
                                + " does not say what it is called (its MachineName is empty), so it cannot be told"
                                + " whether it is the right one. Nothing was sent to it."));
            }
            if (target.serverName().map(this::isCalled).orElseGet(() -> isNamed(target))) {
                return Optional.empty();
            }
            return Optional.of(Failure.definite(
                    Kind.IDENTITY,
                    "other-server",
                    "The site names " + target.serverName().orElse(target.name())
                            + ", but the server that answers calls itself " + name()
                            + ". If it is the right one, write  server-name: '" + name() + "'  in the site file."));
        }

        /** {@code MACHINE} or {@code MACHINE\INSTANCE}. */
        String name() {
            return instance.isEmpty() ? machine : machine + "\\" + instance;
        }

        private boolean isCalled(String name) {
            return !name.isBlank() && (name.equalsIgnoreCase(server) || name.equalsIgnoreCase(name()));
        }

        private boolean isNamed(SqlTarget target) {
            String host = firstLabel(target.host());
            boolean sameHost = host.equalsIgnoreCase(machine) || host.equalsIgnoreCase(firstPart(server));
            return sameHost && isInstance(target);
        }

        private boolean isInstance(SqlTarget target) {
            return target.instance()
                    .map(named -> named.equalsIgnoreCase(instance)
                            || named.equalsIgnoreCase("MSSQLSERVER") && instance.isEmpty())
                    .orElse(instance.isEmpty() || target.port().isPresent());
        }

        private static String firstLabel(String host) {
            return host.contains(".") ? host.substring(0, host.indexOf('.')) : host;
        }

        private static String firstPart(String server) {
            return server.contains("\\") ? server.substring(0, server.indexOf('\\')) : server;
        }

        private static String text(Row answer, String column) {
            return answer.get(column).map(value -> value.text().strip()).orElse("");
        }
    }
}
