package dev.runbook.endpoint.sql;

import com.microsoft.sqlserver.jdbc.ISQLServerConnection;
import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.value.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One open connection to the server that was named. It ends with the first loss; there is no way to open it again. */
final class Link implements AutoCloseable {
    private static final Duration TO_SAY_WHO_IT_IS = Duration.ofSeconds(15);
    private static final int TO_ANSWER_SECONDS = 5;
    private static final int TO_ANSWER_AT_MOST_MILLIS = 10_000;

    private final Connection connection;
    private final Duration grace;
    private boolean abandoned;

    private Link(Connection connection, Duration grace) {
        this.connection = connection;
        this.grace = grace;
    }

    /**
     * Dials, logs in, and compares who answers with who was named.
     *
     * @param application the name that the session carries
     * @param grace how long the server may take to confirm a cancel
     */
    static Link open(SqlTarget target, String application, Duration grace) throws SqlTrouble {
        ConnectionSettings.refuseStrayFile();
        Link link;
        try {
            link = new Link(
                    new SQLServerDriver().connect("jdbc:sqlserver://", ConnectionSettings.of(target, application)),
                    grace);
        } catch (SQLException e) {
            throw new SqlTrouble(ConnectFailure.of(e, target));
        }
        try {
            link.identify(target);
            return link;
        } catch (SqlTrouble e) {
            link.close();
            throw e.failure().isUnknown() ? new SqlTrouble(ConnectFailure.wentAway(target, e.failure())) : e;
        }
    }

    private void identify(SqlTarget target) throws SqlTrouble {
        List<Row> answer = run(Order.batch(Identity.QUESTION), Limits.within(TO_SAY_WHO_IT_IS))
                .first();
        Identity identity = Identity.of(answer.isEmpty() ? Row.EMPTY : answer.get(0));
        Optional<Failure> difference = identity.differenceFrom(target);
        if (difference.isPresent()) {
            throw new SqlTrouble(difference.get());
        }
    }

    /** Sends an order once, and reads everything that comes back. */
    Results run(Order order, Limits limits) throws SqlTrouble {
        Statement statement = prepare(order, limits);
        Supervision.Ending ending = Supervision.of(order, statement, limits, grace);
        if (ending.results().isEmpty()) {
            abandon();
            throw new SqlTrouble(ErrorChain.SILENCE.failure(ending.cut(), true));
        }
        close(statement);
        Results results = ending.results().get();
        if (!results.errors().isEmpty()) {
            throw new SqlTrouble(ErrorChain.of(results.errors()).failure(ending.cut(), isClosed()));
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

    private Statement prepare(Order order, Limits limits) throws SqlTrouble {
        try {
            connection.unwrap(ISQLServerConnection.class).setServerMessageHandler(new LiveMessages(limits.progress()));
            return order.prepare(connection);
        } catch (SQLException e) {
            throw isClosed() ? lostBefore() : new SqlTrouble(Failure.definite(Kind.LASTING, "driver", e.getMessage()));
        }
    }

    /** The failure of a connection that went while nothing was under way. */
    static SqlTrouble lostBefore() {
        return new SqlTrouble(Failure.definite(
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
}
