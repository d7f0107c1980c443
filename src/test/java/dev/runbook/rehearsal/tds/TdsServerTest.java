package dev.runbook.rehearsal.tds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.sqlserver.jdbc.ISQLServerConnection;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real driver against our end of the wire. */
@Timeout(30)
class TdsServerTest {
    private static final Column NUMBER = new Column("n", Column.Type.INT);

    private final ScriptedBackend backend = new ScriptedBackend();
    private TdsServer server;

    @BeforeEach
    void start() throws IOException {
        server = TdsServer.start(backend);
        backend.rows("SELECT 1", List.of(NUMBER), List.of(List.of(1)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Connection connect(String more) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlserver://localhost:" + server.port()
                + ";user=sa;password=right;applicationName=a run;connectRetryCount=0;loginTimeout=10;" + more);
    }

    private Connection connect() throws SQLException {
        return connect("encrypt=false");
    }

    @Test
    void sendsEveryTypeAndItsNull() throws SQLException {
        List<Column> columns = Arrays.stream(Column.Type.values())
                .map(type -> new Column(type.name(), type))
                .toList();
        UUID guid = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
        List<Object> values = List.of(
                true,
                255,
                -32768,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                new BigDecimal("-12345678901234567890123456789012345678"),
                1.5,
                "Zoë 中",
                "x".repeat(9000),
                LocalDateTime.of(2026, 11, 21, 23, 59, 59, 998_000_000),
                guid,
                new byte[] {1, 2, (byte) 0xFF},
                0.1f,
                "padded");
        List<Object> nulls = new ArrayList<>(columns.stream().map(c -> null).toList());
        backend.rows("SELECT types", columns, List.of(values, nulls));

        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT types")) {
            row.next();
            assertThat(row.getBoolean(1)).isTrue();
            assertThat(row.getInt(2)).isEqualTo(255);
            assertThat(row.getInt(3)).isEqualTo(-32768);
            assertThat(row.getInt(4)).isEqualTo(Integer.MIN_VALUE);
            assertThat(row.getLong(5)).isEqualTo(Long.MAX_VALUE);
            assertThat(row.getBigDecimal(6)).isEqualTo(values.get(5));
            assertThat(row.getDouble(7)).isEqualTo(1.5);
            assertThat(row.getString(8)).isEqualTo("Zoë 中");
            assertThat(row.getString(9)).hasSize(9000);
            assertThat(row.getTimestamp(10)).isEqualTo(Timestamp.valueOf("2026-11-21 23:59:59.997"));
            assertThat(row.getString(11)).isEqualToIgnoringCase(guid.toString());
            assertThat(row.getBytes(12)).containsExactly(1, 2, 0xFF);
            assertThat(row.getFloat(13)).isEqualTo(0.1f);
            assertThat(row.getString(14)).isEqualTo("padded              ");
            row.next();
            for (int i = 1; i <= columns.size(); i++) {
                assertThat(row.getObject(i)).as(columns.get(i - 1).name()).isNull();
            }
            assertThat(row.next()).isFalse();
        }
    }

    @Test
    void readsEveryParameterTypeHoweverTheDriverPreparesIt() throws SQLException {
        backend.on("EXEC p", (parameters, reply) -> reply.done(1));
        LocalDateTime moment = LocalDateTime.of(2026, 11, 21, 3, 12, 9, 123_456_700);
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("EXEC p ?, ?, ?, ?, ?, ?, ?, ?")) {
            for (int run = 0; run < 3; run++) {
                statement.setString(1, "DC1 主");
                statement.setString(2, "y".repeat(5000));
                statement.setInt(3, -7);
                statement.setLong(4, Long.MIN_VALUE);
                statement.setBoolean(5, true);
                statement.setBigDecimal(6, new BigDecimal("-0.5"));
                statement.setObject(7, moment);
                statement.setBytes(8, new byte[] {9});
                statement.execute();
            }
            statement.setNull(1, Types.NVARCHAR);
            statement.execute();
        }
        assertThat(backend.asked).hasSize(4).allMatch("EXEC p @P0, @P1, @P2, @P3, @P4, @P5, @P6, @P7"::equals);
        for (int run = 0; run < 3; run++) {
            List<Backend.Session.Parameter> sent = backend.parameters.subList(run * 8, run * 8 + 8);
            assertThat(sent.stream().map(Backend.Session.Parameter::name))
                    .containsExactly("@P0", "@P1", "@P2", "@P3", "@P4", "@P5", "@P6", "@P7");
            assertThat(sent.stream().map(Backend.Session.Parameter::value).limit(7))
                    .containsExactly(
                            "DC1 主", "y".repeat(5000), -7, Long.MIN_VALUE, true, new BigDecimal("-0.5"), moment);
            assertThat((byte[]) sent.get(7).value()).containsExactly(9);
        }
        assertThat(backend.parameters.get(24).value()).isNull();
    }

    @Test
    void keepsWhatTheDriverPreparesBeforehand() throws SQLException {
        backend.on("EXEC p", (parameters, reply) -> reply.done(1));
        try (Connection connection = connect("encrypt=false;prepareMethod=prepare");
                PreparedStatement statement = connection.prepareStatement("EXEC p ?")) {
            for (int run = 0; run < 3; run++) {
                statement.setInt(1, run);
                assertThat(statement.executeUpdate()).isEqualTo(1);
            }
        }
        assertThat(backend.parameters)
                .containsExactly(
                        new Backend.Session.Parameter("@P0", 0),
                        new Backend.Session.Parameter("@P0", 1),
                        new Backend.Session.Parameter("@P0", 2));
    }

    @Test
    void namesAParameterTypeThatItDoesNotReadAndGoesOn() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("EXEC p ?")) {
            statement.setObject(1, OffsetDateTime.parse("2026-11-21T03:12:09Z"));
            assertThatThrownBy(statement::execute)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(8009))
                    .hasMessageContaining("0x2B");
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void sendsSeveralResultsCountsAndMessagesInTheirOrder() throws SQLException {
        backend.on("batch", (parameters, reply) -> {
            reply.done(3);
            reply.message(SqlError.info(3014, "processed 10 pages"));
            reply.result(List.of(NUMBER), List.of(List.of(1), List.of(2)));
            reply.done(-1);
            reply.result(List.of(NUMBER), List.of());
        });
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            List<String> seen = new ArrayList<>();
            boolean result = statement.execute("batch");
            while (result || statement.getUpdateCount() != -1) {
                seen.add(result ? "rows " + count(statement.getResultSet()) : "count " + statement.getUpdateCount());
                result = statement.getMoreResults();
            }
            assertThat(seen).containsExactly("count 3", "rows 2", "rows 0");
        }
    }

    private static int count(ResultSet rows) throws SQLException {
        int count = 0;
        while (rows.next()) {
            count++;
        }
        return count;
    }

    @Test
    void chainsTheErrorsOfOneStatement() throws SQLException {
        backend.on("RESTORE", (parameters, reply) -> {
            reply.message(new SqlError(3101, 16, 1, "Exclusive access could not be obtained.", 4));
            reply.message(SqlError.of(3013, "RESTORE DATABASE is terminating abnormally."));
        });
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            SQLException first =
                    catchThrowableOfType(SQLException.class, () -> statement.execute("RESTORE DATABASE [mgc]"));
            assertThat(first.getErrorCode()).isEqualTo(3101);
            assertThat(first.getNextException().getErrorCode()).isEqualTo(3013);
            assertThat(statement.execute("SELECT 1"))
                    .as("the connection stays usable")
                    .isTrue();
        }
    }

    @Test
    void deliversProgressWhileTheStatementRuns() throws SQLException, InterruptedException {
        CountDownLatch heard = new CountDownLatch(1);
        backend.on("RESTORE", (parameters, reply) -> {
            reply.message(SqlError.info(3211, "10 percent processed."));
            await(heard);
            reply.done(-1);
        });
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.unwrap(ISQLServerConnection.class).setServerMessageHandler(message -> {
                heard.countDown();
                return message;
            });
            statement.execute("RESTORE DATABASE [mgc]");
            assertThat(heard.getCount()).isZero();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void answersACancelSoThatTheConnectionStaysUsable() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        backend.on("WAIT", (parameters, reply) -> {
            running.countDown();
            ScriptedBackend.untilCancelled(reply);
        });
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            Future<?> cancel = other.submit(() -> {
                await(running);
                statement.cancel();
                return null;
            });
            assertThatThrownBy(() -> statement.execute("WAIT"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("HY008"));
            cancel.get();
            assertThat(statement.execute("SELECT 1")).isTrue();
        } finally {
            other.shutdown();
        }
    }

    @Test
    void answersTheCancelOfATimeout() throws SQLException {
        backend.on("WAIT", (parameters, reply) -> ScriptedBackend.untilCancelled(reply));
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("WAIT ?")) {
            statement.setString(1, "x");
            statement.setQueryTimeout(1);
            assertThatThrownBy(statement::execute).isInstanceOf(SQLTimeoutException.class);
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void breaksOffInTheMiddleOfAStatement() throws SQLException {
        backend.on("RESTORE", (parameters, reply) -> {
            reply.message(SqlError.info(3211, "10 percent processed."));
            reply.drop();
            assertThat(reply.isCancelled()).isTrue();
        });
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("RESTORE"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08S01"));
        }
    }

    @Test
    void tellsASessionAtOnceThatItsClientIsGoneWhileAStatementRuns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        backend.on("WAIT", (parameters, reply) -> {
            running.countDown();
            ScriptedBackend.untilCancelled(reply);
            stopped.countDown();
        });
        Connection connection = connect();
        ExecutorService other = Executors.newSingleThreadExecutor();
        Future<?> statement = other.submit(() -> connection.createStatement().execute("WAIT"));
        await(running);
        connection.abort(Runnable::run);
        await(backend.closed);
        await(stopped);
        assertThatThrownBy(statement::get).hasCauseInstanceOf(SQLException.class);
        other.shutdown();
    }

    @Test
    void closesTheSessionAfterAFarewell() throws SQLException {
        connect().close();
        await(backend.closed);
    }

    @Test
    void handsOverWhoLogsIn() throws SQLException {
        try (Connection connection = connect("encrypt=false;databaseName=master;workstationID=DC2-ADMIN")) {
            assertThat(connection.isClosed()).isFalse();
        }
        assertThat(backend.logins).containsExactly(new Backend.Login("sa", "right", "a run", "DC2-ADMIN", "master"));
    }

    @Test
    void refusesALogin() {
        assertThatThrownBy(() -> connect("encrypt=false;password=wrong"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(18456));
    }

    @Test
    void refusesWindowsAccountsPolitely() {
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:sqlserver://localhost:" + server.port()
                        + ";integratedSecurity=true;authenticationScheme=NTLM;domain=D;user=u;password=p;encrypt=false"
                        + ";connectRetryCount=0"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(18452));
    }

    @Test
    void speaksTlsWithinPackets() throws SQLException {
        backend.rows(
                "SELECT long",
                List.of(new Column("t", Column.Type.NVARCHAR_MAX)),
                List.of(List.of("z".repeat(200_000))));
        try (Connection connection = connect("encrypt=true;trustServerCertificate=true");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT long")) {
            rows.next();
            assertThat(rows.getString(1)).hasSize(200_000);
        }
    }

    @Test
    void isNotTrustedByAClientThatChecksTheCertificate() {
        assertThatThrownBy(() -> connect("encrypt=true"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08S01"));
    }

    @Test
    void speaksTdsWithinTlsToAClientThatPinsTheCertificate(@TempDir Path folder)
            throws SQLException, IOException, CertificateEncodingException {
        Path pem = folder.resolve("server.pem");
        Files.writeString(
                pem,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(server.tls().certificate().getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        try (Connection connection = connect("encrypt=strict;serverCertificate=" + pem);
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("SELECT 1")).isTrue();
        }
    }

    @Test
    void servesOthersWhileOneClientHangsAndAnotherTalksNonsense() throws Exception {
        try (Socket silent = new Socket("127.0.0.1", server.port());
                Socket nonsense = new Socket("127.0.0.1", server.port());
                Connection connection = connect();
                Statement statement = connection.createStatement()) {
            nonsense.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes("US-ASCII"));
            assertThat(statement.execute("SELECT 1")).isTrue();
            InputStream answer = nonsense.getInputStream();
            assertThat(answer.read()).as("the end, without an answer").isEqualTo(-1);
            assertThat(silent.isClosed()).isFalse();
        }
    }

    @Test
    void answersSeveralClientsAtOnce() throws Exception {
        CountDownLatch together = new CountDownLatch(4);
        backend.on("MEET", (parameters, reply) -> {
            together.countDown();
            await(together);
            reply.result(List.of(NUMBER), List.of(List.of(4)));
        });
        ExecutorService clients = Executors.newFixedThreadPool(4);
        List<Future<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            answers.add(clients.submit(() -> {
                try (Connection connection = connect();
                        Statement statement = connection.createStatement()) {
                    return statement.execute("MEET");
                }
            }));
        }
        for (Future<Boolean> answer : answers) {
            assertThat(answer.get()).isTrue();
        }
        clients.shutdown();
    }

    @Test
    void endsEverythingWhenItIsClosed() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        backend.on("WAIT", (parameters, reply) -> {
            running.countDown();
            ScriptedBackend.untilCancelled(reply);
        });
        Connection connection = connect();
        ExecutorService other = Executors.newSingleThreadExecutor();
        Future<?> statement = other.submit(() -> connection.createStatement().execute("WAIT"));
        await(running);
        server.close();
        await(backend.closed);
        assertThatThrownBy(statement::get).hasCauseInstanceOf(SQLException.class);
        assertThatThrownBy(this::connect).isInstanceOf(SQLException.class);
        other.shutdown();
    }
}
