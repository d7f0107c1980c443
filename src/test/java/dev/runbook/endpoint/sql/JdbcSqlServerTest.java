package dev.runbook.endpoint.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Progress;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.SqlTarget.Encryption;
import dev.runbook.endpoint.SqlTarget.Login;
import dev.runbook.rehearsal.tds.Column;
import dev.runbook.rehearsal.tds.Column.Type;
import dev.runbook.rehearsal.tds.ScriptedBackend;
import dev.runbook.rehearsal.tds.SqlError;
import dev.runbook.rehearsal.tds.TdsServer;
import dev.runbook.windows.RudeInstance;
import dev.runbook.windows.SqlBrowser;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoint over the real driver, against a scripted server. */
@Timeout(30)
class JdbcSqlServerTest {
    private final ScriptedBackend backend = new ScriptedBackend();
    private final CopyOnWriteArrayList<String> heard = new CopyOnWriteArrayList<>();
    private final Cancellation cancellation = new Cancellation();
    private TdsServer wire;
    private JdbcSqlServer server;

    @BeforeEach
    void start() throws IOException {
        wire = TdsServer.start(backend);
        server = server(target("sqlb.litwareinc.com", "right", Encryption.FALSE, false));
        calls("SQLB\\RTC", "SQLB", "RTC");
        backend.rows("SELECT 1", List.of(new Column("", Type.INT)), List.of(List.of(1)));
        backend.rows("SELECT p.spid", List.of(new Column("session_id", Type.INT)), List.of());
        openTransactions(0);
    }

    private void openTransactions(int count) {
        backend.rows(
                "USE [master] SELECT @@TRANCOUNT",
                List.of(new Column("open_transactions", Type.INT), new Column("transaction_state", Type.INT)),
                List.of(List.of(count, count)));
    }

    @AfterEach
    void stop() {
        server.close();
        wire.close();
    }

    private void calls(String name, String machine, String instance) {
        backend.rows(
                "SELECT @@SERVERNAME",
                columns("server_name", "machine_name", "instance_name"),
                List.of(List.of(name, machine, instance)));
    }

    private SqlTarget target(String host, String password, Encryption encryption, boolean trust) {
        return new SqlTarget(
                host,
                Optional.of("RTC"),
                OptionalInt.empty(),
                new Login.Sql("sa", new Value.Secret(password)),
                encryption,
                trust,
                Optional.of(wire.address()),
                Optional.empty());
    }

    private static JdbcSqlServer server(SqlTarget target) {
        return JdbcSqlServer.of(target, "runbook 2026-11-21");
    }

    private Limits limits() {
        return new Limits(Optional.empty(), cancellation, new Progress() {
            @Override
            public void advanced(long done, long total, String unit) {
                heard.add(done + " of " + total + " " + unit);
            }

            @Override
            public void said(String message) {
                heard.add(message);
            }
        });
    }

    private static List<Column> columns(String... names) {
        return Arrays.stream(names).map(name -> new Column(name, Type.NVARCHAR)).toList();
    }

    private static List<Row> rows(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Rows.class);
        return ((Answer.Rows) answer).rows();
    }

    private static Failure failure(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed) answer).failure();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void turnsEveryTypeIntoAPlainValue() {
        List<Column> columns = Arrays.stream(Type.values())
                .map(type -> new Column(type.name(), type))
                .toList();
        backend.rows(
                "SELECT types",
                columns,
                List.of(
                        List.of(
                                true,
                                255,
                                -3,
                                4,
                                Long.MAX_VALUE,
                                new BigDecimal("12345678901234567890123456789012345678"),
                                0.5,
                                "Zoë",
                                "long",
                                LocalDateTime.of(2026, 11, 21, 3, 12, 9, 123_000_000),
                                UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"),
                                new byte[] {0, (byte) 0xAB},
                                0.1f,
                                "padded"),
                        Arrays.asList(new Object[columns.size()])));

        List<Row> rows = rows(server.query("SELECT types", limits()));

        assertThat(rows.get(0).columns().values())
                .containsExactly(
                        Value.of(true),
                        Value.of(255),
                        Value.of(-3),
                        Value.of(4),
                        Value.of(Long.MAX_VALUE),
                        new Value.Number(new BigDecimal("12345678901234567890123456789012345678")),
                        new Value.Number(new BigDecimal("0.5")),
                        Value.of("Zoë"),
                        Value.of("long"),
                        Value.of("2026-11-21 03:12:09.123"),
                        Value.of("01234567-89AB-CDEF-0123-456789ABCDEF"),
                        Value.of("0x00AB"),
                        new Value.Number(new BigDecimal("0.1")),
                        Value.of("padded"));
        assertThat(rows.get(1).columns().values()).hasSize(columns.size()).allMatch(Value.NOTHING::equals);
    }

    @Test
    void namesColumnsWithoutALabelAndKeepsTheFirstOfTwo() {
        backend.rows("SELECT odd", columns("", "name", "NAME"), List.of(List.of("a", "b", "c")));
        assertThat(rows(server.query("SELECT odd", limits())).get(0).columns())
                .isEqualTo(Map.of("column1", Value.of("a"), "name", Value.of("b")));
    }

    @Test
    void readsEveryResultBeforeItCountsAsDone() {
        backend.on("batch", (parameters, reply) -> {
            reply.done(1);
            reply.result(columns("a"), List.of(List.of("first")));
            reply.result(columns("a"), List.of(List.of("second")));
            reply.done(1);
            reply.message(SqlError.of(3104, "too late"));
        });
        assertThat(failure(server.execute("batch", limits())).code()).isEqualTo("3104");

        backend.on("batch", (parameters, reply) -> {
            reply.done(1);
            reply.result(columns("a"), List.of(List.of("first")));
            reply.result(columns("a"), List.of(List.of("second")));
        });
        assertThat(rows(server.execute("batch", limits()))).containsExactly(Row.of("a", Value.of("first")));
    }

    @Test
    void readsOnBehindAnErrorSoThatTheServerIsDone() {
        backend.on("batch", (parameters, reply) -> {
            reply.message(SqlError.of(911, "first"));
            reply.done(-1);
            reply.result(columns("a"), List.of(List.of("x")));
            reply.message(SqlError.of(208, "second"));
            reply.done(-1);
        });
        Failure failure = failure(server.execute("batch", limits()));
        assertThat(failure.code()).isEqualTo("911");
        assertThat(failure.details()).containsExactly("208: second");
        assertThat(rows(server.query("SELECT 1", limits()))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void judgesByTheErrorThatSaysWhyWhereverItStands(boolean consequenceFirst) {
        SqlError reason = new SqlError(3101, 16, 1, "Exclusive access could not be obtained.", 3);
        SqlError consequence = SqlError.of(3013, "RESTORE DATABASE is terminating abnormally.");
        backend.on("RESTORE", (parameters, reply) -> {
            reply.message(consequenceFirst ? consequence : reason);
            reply.message(consequenceFirst ? reason : consequence);
        });
        assertThat(failure(server.execute("RESTORE", limits())))
                .isEqualTo(new Failure(
                        Failure.Outcome.DEFINITE,
                        Kind.LASTING,
                        "3101",
                        "Exclusive access could not be obtained.",
                        OptionalInt.of(3),
                        List.of("3013: RESTORE DATABASE is terminating abnormally.")));
    }

    @Test
    void passesProgressOnWhileTheStatementRuns() {
        CountDownLatch arrived = new CountDownLatch(1);
        backend.on("RESTORE", (parameters, reply) -> {
            reply.message(SqlError.info(3211, "10 Prozent verarbeitet."));
            await(arrived);
            reply.message(SqlError.info(3014, "RESTORE LOG processed 7 pages."));
            reply.done(-1);
        });
        Limits limits = new Limits(Optional.empty(), cancellation, new Progress() {
            @Override
            public void advanced(long done, long total, String unit) {
                heard.add(done + " of " + total + " " + unit);
                arrived.countDown();
            }

            @Override
            public void said(String message) {
                heard.add(message);
            }
        });
        rows(server.execute("RESTORE", limits));
        assertThat(heard).containsExactly("10 of 100 %", "RESTORE LOG processed 7 pages.");
    }

    @Test
    void cancelsFromAnotherThreadAndStaysUsable() {
        backend.on("WAIT", (parameters, reply) -> {
            new Thread(cancellation::request).start();
            ScriptedBackend.untilCancelled(reply);
        });
        Failure failure = failure(server.execute("WAIT", limits()));
        assertThat(failure.code()).isEqualTo("cancelled");
        assertThat(failure.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(failure.isUnknown()).isTrue();
        assertThat(rows(server.query("SELECT 1", Limits.none()))).hasSize(1);
    }

    @Test
    void sendsNothingWhenItWasCancelledBefore() {
        cancellation.request();
        Failure failure = failure(server.execute("RESTORE", limits()));
        assertThat(failure.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(failure.isUnknown()).isFalse();
        assertThat(backend.asked).isEmpty();
    }

    @Test
    void cutsOffWhatTakesTooLong() {
        backend.on("WAIT", (parameters, reply) -> ScriptedBackend.untilCancelled(reply));
        Failure failure = failure(server.execute("WAIT", Limits.within(Duration.ofMillis(150))));
        assertThat(failure.code()).isEqualTo("timeout");
        assertThat(failure.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(failure.isUnknown()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Encryption.class,
            names = {"FALSE", "TRUE"})
    void goesAwayFromAServerThatDoesNotConfirmACancel(Encryption encryption) {
        CountDownLatch end = new CountDownLatch(1);
        backend.on("HANG", (parameters, reply) -> await(end));
        server = new JdbcSqlServer(target("sqlb", "right", encryption, true), "run", Duration.ofMillis(300));
        Failure failure = failure(server.execute("HANG", Limits.within(Duration.ofMillis(100))));
        assertThat(failure.code()).isEqualTo("timeout");
        assertThat(failure.isUnknown()).isTrue();
        assertThat(rows(server.query("SELECT 1", limits())))
                .as("over a new connection")
                .hasSize(1);
        assertThat(backend.logins).hasSize(2);
        end.countDown();
    }

    @Test
    void doesNotKnowTheOutcomeWhenTheConnectionBreaksMeanwhile() {
        backend.on("RESTORE", (parameters, reply) -> {
            reply.message(SqlError.info(3211, "50 percent processed."));
            reply.drop();
        });
        Failure failure = failure(server.execute("RESTORE", limits()));
        assertThat(failure.code()).isEqualTo("connection-lost");
        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure.isUnknown()).isTrue();
        assertThat(backend.asked).filteredOn("RESTORE"::equals).hasSize(1);

        assertThat(rows(server.query("SELECT 1", limits())))
                .as("over a new connection")
                .hasSize(1);
        assertThat(backend.logins).hasSize(2);
    }

    @Test
    void knowsThatNothingWasSentWhenTheLockWentWhileIdle() {
        answersLock(0);
        rows(server.lock("runbook", limits()));
        rows(server.query("SELECT 1", limits()));
        wire.dropConnections();
        Failure failure = failure(server.execute("RESTORE", limits()));
        assertThat(failure.code()).isEqualTo("connection-lost");
        assertThat(failure.isUnknown()).isFalse();
        assertThat(failure.isTransient()).isTrue();
        assertThat(backend.asked).doesNotContain("RESTORE");
    }

    @Test
    void bindsEveryValueOfAProcedure() {
        backend.on("DECLARE @rc int; EXEC @rc = msdb.dbo.sp_x", (parameters, reply) -> {
            reply.result(columns("note"), List.of(List.of("from the procedure")));
            reply.result(List.of(new Column("return_code", Type.INT)), List.of(List.of(0)));
        });
        Map<String, Value> parameters = new LinkedHashMap<>();
        parameters.put("name", Value.of("LSCopy 主"));
        parameters.put("enabled", Value.of(false));
        parameters.put("days", Value.of(7));
        parameters.put("long", Value.of(1L << 40));
        parameters.put("part", new Value.Number(new BigDecimal("0.25")));
        parameters.put("whole", new Value.Number(new BigDecimal("3.00")));
        parameters.put("owner", Value.NOTHING);
        parameters.put("password", new Value.Secret("pw"));

        assertThat(rows(server.call("msdb.dbo.sp_x", parameters, limits())))
                .containsExactly(Row.of("note", Value.of("from the procedure")));
        assertThat(backend.asked)
                .contains("DECLARE @rc int; EXEC @rc = msdb.dbo.sp_x @name = @P0, @enabled = @P1, @days = @P2,"
                        + " @long = @P3, @part = @P4, @whole = @P5, @owner = @P6, @password = @P7;"
                        + " SELECT @rc AS return_code");
        assertThat(backend.parameters.stream().map(parameter -> parameter.value()))
                .containsExactly("LSCopy 主", false, 7, 1L << 40, new BigDecimal("0.25"), 3, null, "pw");
    }

    @Test
    void takesAReturnCodeForAFailure() {
        backend.rows(
                "DECLARE @rc int; EXEC @rc = sp_x;", List.of(new Column("return_code", Type.INT)), List.of(List.of(1)));
        Failure failure = failure(server.call("sp_x", Map.of(), limits()));
        assertThat(failure.code()).isEqualTo("return-code");
        assertThat(failure.message()).contains("sp_x").contains("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sp_x; DROP DATABASE mgc", "a.b.c.d", "[sp_x]", "sp x", "1a", "a..b"})
    void refusesANameThatIsNoProcedure(String name) {
        assertThat(failure(server.call(name, Map.of(), limits())).code()).isEqualTo("procedure-name");
        assertThat(failure(server.call("sp_x", Map.of("a = 1; --", Value.of(1)), limits()))
                        .code())
                .isEqualTo("parameter-name");
        assertThat(failure(server.call("sp_x", Map.of("a", Value.of(List.of("x"))), limits()))
                        .code())
                .isEqualTo("parameter-value");
        assertThat(backend.asked).isEmpty();
    }

    @Test
    void saysWhatARefusedLoginIs() {
        server = server(target("sqlb", "wrong", Encryption.FALSE, false));
        Failure failure = failure(server.query("SELECT 1", limits()));
        assertThat(failure.code()).isEqualTo("18456");
        assertThat(failure.kind()).isEqualTo(Kind.ACCESS);
        assertThat(failure.isUnknown()).isFalse();
        assertThat(failure.toString()).contains("sqlb\\RTC").doesNotContain("wrong");
        assertThat(failure(server.reach(limits())).code()).isEqualTo("18456");
    }

    @Test
    void refusesAServerThatIsNotTheOneNamed() {
        calls("SQLA\\RTC", "SQLA", "RTC");
        Failure failure = failure(server.execute("RESTORE", limits()));
        assertThat(failure.kind()).isEqualTo(Kind.IDENTITY);
        assertThat(failure.code()).isEqualTo("other-server");
        assertThat(backend.asked).doesNotContain("RESTORE");
        assertThat(failure(server.reach(limits())).kind()).isEqualTo(Kind.IDENTITY);
        await(backend.closed);
    }

    @Test
    void encryptsAndChecksTheCertificateUnlessToldNotTo() {
        JdbcSqlServer trusting = server(target("sqlb", "right", Encryption.TRUE, true));
        assertThat(rows(trusting.query("SELECT 1", limits()))).hasSize(1);
        trusting.close();

        server = server(target("sqlb", "right", Encryption.TRUE, false));
        Failure failure = failure(server.query("SELECT 1", limits()));
        assertThat(failure.code()).isEqualTo("certificate");
        assertThat(failure.kind()).isEqualTo(Kind.LASTING);
        assertThat(failure.message())
                .contains("somebody else may answer")
                .doesNotContain("encrypt", "trust-server-certificate", "leave out");
        assertThat(failure(server.reach(limits())).code()).isEqualTo("certificate");
    }

    @Test
    void saysThatStrictEncryptionWithAnUnknownCertificateIsNotTrusted() {
        server = server(target("sqlb", "right", Encryption.STRICT, false));
        assertThat(failure(server.query("SELECT 1", limits())).code()).isEqualTo("certificate");
    }

    @Test
    void reachesAServerThatAnswers() {
        assertThat(rows(server.reach(limits())))
                .containsExactly(Row.of("answers", Value.of("sqlb.litwareinc.com\\RTC")));
        assertThat(rows(server.reach(limits()))).hasSize(1);
        assertThat(backend.logins).hasSize(1);
    }

    @Test
    void doesNotReachAPortWhereNobodyListens() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(rows(server.reach(limits()))).hasSize(1);
        wire.close();
        wire = TdsServer.start(backend, free);
        wire.close();
        Failure gone = failure(server.reach(limits()));
        assertThat(gone.code()).as("after it went down").isEqualTo("unreachable");
        assertThat(gone.message()).contains(" does not answer at ", ": the port is refused. ");
        Failure failure = failure(server.execute("RESTORE", limits()));
        assertThat(failure.code()).isEqualTo("unreachable");
        assertThat(failure.isTransient()).isTrue();
        assertThat(failure.isUnknown()).isFalse();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "an address of its own for the Browser is there without being made")
    void asksTheBrowserForTheInstanceAndDialsWhatItSays() throws IOException {
        InetAddress host = InetAddress.getByName("127.77.0.1");
        SqlTarget instance = new SqlTarget(
                host.getHostAddress(),
                Optional.of("RTC"),
                OptionalInt.empty(),
                new Login.Sql("sa", new Value.Secret("right")),
                Encryption.FALSE,
                false,
                Optional.empty(),
                Optional.empty());
        server = server(instance);
        Failure nobody = failure(server.reach(limits()));
        assertThat(nobody.code()).as("no Browser: nothing was dialled").isEqualTo("no-browser");
        assertThat(nobody.message()).contains("nobody knows whether it is there", "HOST,PORT");
        RudeInstance rude = new RudeInstance(host);
        int port = rude.port();
        try (SqlBrowser browser = new SqlBrowser(host, port)) {
            assertThat(browser).isNotNull();
            try (rude) {
                Failure hangsUp = failure(server.reach(limits()));
                assertThat(hangsUp.code())
                        .as("an instance that accepts and closes")
                        .isEqualTo("no-conversation");
                assertThat(hangsUp.message()).contains(":" + port, "domain controller", "(SPN)", "clocks");
            }
            Failure closed = failure(server.reach(limits()));
            assertThat(closed.code())
                    .as("the port that the Browser told is closed")
                    .isEqualTo("unreachable");
            assertThat(closed.message()).contains(host.getHostAddress() + ":" + port);
        }
    }

    @Test
    void cannotTellOfAPortThatHangsUp() throws IOException {
        try (RudeInstance rude = new RudeInstance(InetAddress.getLoopbackAddress())) {
            server = server(new SqlTarget(
                    "127.0.0.1",
                    Optional.empty(),
                    OptionalInt.of(rude.port()),
                    new Login.Sql("sa", new Value.Secret("right")),
                    Encryption.FALSE,
                    false,
                    Optional.empty(),
                    Optional.empty()));
            assertThat(failure(server.reach(limits())).code()).isEqualTo("no-conversation");
        }
    }

    @Test
    void cannotTellOfANameThatNobodyKnows() {
        server = server(new SqlTarget(
                "no-such-host.invalid",
                Optional.empty(),
                OptionalInt.empty(),
                new Login.Sql("sa", new Value.Secret("right")),
                Encryption.FALSE,
                false,
                Optional.empty(),
                Optional.empty()));
        Failure failure = failure(server.reach(limits()));
        assertThat(failure.code()).isEqualTo("unknown-name");
        assertThat(failure.message()).contains("no-such-host.invalid:1433 is not known here", "address: IP:PORT");
    }

    @Test
    void saysWhereTheLibraryForWindowsAccountsGoes() {
        server = server(new SqlTarget(
                "sqlb",
                Optional.empty(),
                OptionalInt.empty(),
                new Login.Windows(),
                Encryption.FALSE,
                false,
                Optional.of(wire.address()),
                Optional.empty()));
        Failure failure = failure(server.query("SELECT 1", limits()));
        assertThat(failure.code()).isEqualTo("authentication");
        assertThat(failure.kind()).isEqualTo(Kind.ACCESS);
        assertThat(failure.message()).contains("mssql-jdbc_auth");
    }

    @Test
    void findsTheOldSessionsOfItsRun() {
        backend.rows(
                "SELECT p.spid AS session_id", columns("session_id", "command"), List.of(List.of("57", "RESTORE LOG")));
        assertThat(rows(server.oldSessions(limits())).get(0).get("command")).contains(Value.of("RESTORE LOG"));
        assertThat(backend.asked).last().asString().contains("program_name = N'runbook 2026-11-21'");
        assertThat(backend.logins).extracting(login -> login.program()).containsOnly("runbook 2026-11-21");
    }

    @Test
    void takesTheLockOrSaysWhoHoldsIt() {
        answersLock(0);
        assertThat(rows(server.lock("runbook", limits()))).containsExactly(Row.of("granted", Value.of(true)));
        assertThat(backend.parameters.stream().map(parameter -> parameter.value()))
                .containsExactly("runbook", "Exclusive", "Session", 0);

        server.close();
        answersLock(-1);
        backend.rows("SELECT l.request_session_id", columns("session_id", "login"), List.of(List.of("61", "DBA2")));
        Row denied = rows(server.lock("runbook", limits())).get(0);
        assertThat(denied.get("granted")).contains(Value.of(false));
        assertThat(denied.get("login")).contains(Value.of("DBA2"));

        answersLock(-999);
        assertThat(failure(server.lock("runbook", limits())).code()).isEqualTo("return-code");
        assertThat(failure(server.lock("x%'; --", limits())).code()).isEqualTo("lock-name");
    }

    @Test
    void doesNotGoOnWithoutTheLockThatWentWithItsConnection() {
        answersLock(0);
        rows(server.lock("runbook", limits()));
        rows(server.execute("SELECT 1", limits()));
        wire.dropConnections();
        assertThat(rows(server.reach(limits()))).as("over a new connection").hasSize(1);

        for (int i = 0; i < 2; i++) {
            Failure failure = failure(server.execute("RESTORE", limits()));
            assertThat(failure.code()).isEqualTo("connection-lost");
            assertThat(failure.isUnknown()).isFalse();
        }
        rows(server.lock("runbook", limits()));
        rows(server.query("SELECT 1", limits()));
        assertThat(backend.asked).doesNotContain("RESTORE");
    }

    @Test
    void doesNotKnowTheOutcomeWhenTheServerEndsTheSession() {
        backend.on(
                "RESTORE",
                (parameters, reply) -> reply.message(
                        new SqlError(596, 21, 1, "Cannot continue: the session is in the kill state.", 1)));
        Failure failure = failure(server.execute("RESTORE", limits()));
        assertThat(failure.code()).isEqualTo("connection-lost");
        assertThat(failure.isUnknown()).isTrue();
        assertThat(failure.details()).contains("596: Cannot continue: the session is in the kill state.");
    }

    @Test
    void rollsATransactionBackThatWasLeftOpenAndSaysSo() {
        openTransactions(1);
        backend.on("BEGIN TRAN", (parameters, reply) -> reply.done(1));
        backend.on("IF @@TRANCOUNT", (parameters, reply) -> reply.done(-1));
        Failure failure = failure(server.execute("BEGIN TRAN INSERT INTO t VALUES (1)", limits()));
        assertThat(failure.code()).isEqualTo("open-transaction");
        assertThat(failure.kind()).isEqualTo(Kind.LASTING);
        assertThat(failure.outcome()).isEqualTo(Failure.Outcome.PARTLY);
        assertThat(failure.message()).contains("left a transaction open", "rolled back");
        assertThat(backend.asked).last().isEqualTo("IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION");
    }

    @Test
    void keepsTheErrorOfWhatLeftATransactionOpenAndAddsThatIt() {
        openTransactions(2);
        backend.on("EXEC", (parameters, reply) -> {
            reply.done(1);
            reply.message(new SqlError(50000, 16, 1, "the other half failed", 5, "dbo.half"));
        });
        backend.on("IF @@TRANCOUNT", (parameters, reply) -> reply.done(-1));
        Failure failure = failure(server.execute("EXEC dbo.half", limits()));
        assertThat(failure.code()).isEqualTo("50000");
        assertThat(failure.details()).anyMatch(detail -> detail.contains("left a transaction open"));
        assertThat(backend.asked).contains("IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION");
    }

    @Test
    void doesNotCountAnEffectAsDoneOfWhichItCannotSeeWhetherItLeftATransactionOpen() {
        backend.on("USE [master] SELECT @@TRANCOUNT", (parameters, reply) -> reply.drop());
        backend.on("UPDATE", (parameters, reply) -> reply.done(1));
        Failure lost = failure(server.execute("UPDATE t", limits()));
        assertThat(lost.isUnknown()).isTrue();
        assertThat(lost.message()).contains("could not be seen any more whether it left a transaction open");

        backend.on("USE [master] SELECT @@TRANCOUNT", (parameters, reply) -> reply.done(-1));
        Failure silent = failure(server.execute("UPDATE t", limits()));
        assertThat(silent.isUnknown()).isTrue();
        assertThat(silent.code()).isEqualTo("open-transaction");
    }

    @Test
    void givesEveryEffectASessionOfItsOwnAndKeepsOneForQuestions() {
        rows(server.query("SELECT 1", limits()));
        rows(server.query("SELECT 1", limits()));
        assertThat(backend.logins).hasSize(1);
        rows(server.execute("SELECT 1", limits()));
        rows(server.execute("SELECT 1", limits()));
        assertThat(backend.logins)
                .hasSize(3)
                .extracting(login -> login.database())
                .containsOnly("master");
        rows(server.query("SELECT 1", limits()));
        assertThat(backend.logins).hasSize(3);
    }

    @Test
    void knowsOneServerUnderTwoNamesByWhatItCallsItself() {
        answersLock(0);
        JdbcSqlServer.Sessions sessions = new JdbcSqlServer.Sessions("runbook 1");
        try (JdbcSqlServer one = sessions.server(target("sqlb.litwareinc.com", "right", Encryption.FALSE, false));
                JdbcSqlServer other = sessions.server(target("SQLB", "right", Encryption.FALSE, false))) {
            assertThat(rows(one.lock("runbook", limits()))).containsExactly(Row.of("granted", Value.of(true)));
            answersLock(-1);
            assertThat(rows(other.lock("runbook", limits()))).containsExactly(Row.of("granted", Value.of(true)));
            rows(other.execute("SELECT 1", limits()));

            wire.dropConnections();
            assertThat(failure(other.execute("SELECT 1", limits())).code()).isEqualTo("connection-lost");
            assertThat(failure(one.execute("SELECT 1", limits())).code()).isEqualTo("connection-lost");
        }
    }

    @Test
    void givesTheLockBackWhereAnotherRunIsStillAtWork() {
        answersLock(0);
        backend.rows(
                "SELECT p.spid",
                columns("session_id", "program", "command"),
                List.of(List.of("61", "runbook 2026-11-20", "RESTORE DATABASE")));
        Row denied = rows(server.lock("runbook", limits())).get(0);
        assertThat(denied.get("granted")).contains(Value.of(false));
        assertThat(denied.get("command")).contains(Value.of("RESTORE DATABASE"));
        assertThat(backend.asked).last().asString().contains("program_name LIKE N'runbook %'", "'runbook 2026-11-21'");
    }

    @Test
    void readsNoAnswerThatWouldTakeTheMemory() {
        String long1 = "x".repeat(SqlResults.MAX_CHARACTERS / 4);
        backend.on("SELECT wide", (parameters, reply) -> {
            for (int i = 0; i < 5; i++) {
                reply.result(List.of(new Column("a", Type.NVARCHAR_MAX)), List.of(List.of(long1)));
            }
        });
        Failure wide = failure(server.query("SELECT wide", limits()));
        assertThat(wide.code()).isEqualTo("answer-too-large");
        assertThat(wide.isUnknown()).isTrue();

        List<List<Object>> many = java.util.Collections.nCopies(SqlResults.MAX_ROWS + 1, List.of((Object) 1));
        backend.on("UPDATE long", (parameters, reply) -> reply.result(List.of(new Column("a", Type.INT)), many));
        Failure rows = failure(server.execute("UPDATE long", limits()));
        assertThat(rows.code()).isEqualTo("answer-too-large");
        assertThat(rows.isUnknown()).isTrue();
        assertThat(rows(server.query("SELECT 1", limits())))
                .as("over a new connection")
                .hasSize(1);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.CsvSource(
            delimiter = ';',
            value = {
                // the batch; the line of the error; in a procedure; its severity; may a part be done?
                "RESTORE DATABASE a WITH RECOVERY; 1; ; 16; false",
                "RESTORE DATABASE a WITH RECOVERY|EXEC p; 2; ; 16; true",
                "RESTORE DATABASE a WITH RECOVERY|EXEC p; 1; ; 16; false",
                "RESTORE DATABASE a WITH RECOVERY|EXEC p; 1; p; 16; true",
                "RESTORE DATABASE a|FROM DISK = N'x'; 2; ; 16; false",
                "EXEC p; 40; p; 16; true",
                "EXEC p; 0; p; 16; false",
                "EXEC p; 1; ; 16; false",
                "KILL 51|KILL 52; 2; ; 15; false",
                "SET NOCOUNT ON|KILL 52; 2; ; 16; false",
                "BEGIN TRY|KILL 51|KILL 52|END TRY; 3; ; 16; true"
            })
    void knowsWhetherAnErrorLeavesAPartDone(String batch, int line, String procedure, int severity, boolean partly) {
        backend.on(
                "",
                (parameters, reply) -> reply.message(
                        new SqlError(50001, severity, 1, "no", line, procedure == null ? "" : procedure)));
        Failure failure = failure(server.execute(batch.replace('|', '\n'), limits()));
        assertThat(failure.isPartial()).isEqualTo(partly);
        assertThat(failure.isUnknown()).isFalse();
    }

    @Test
    void namesEveryErrorThatSaysWhy() {
        backend.on("BATCH", (parameters, reply) -> {
            reply.message(SqlError.of(6106, "Process ID 99 is not an active process ID."));
            reply.done(-1);
            reply.message(SqlError.of(3101, "Exclusive access could not be obtained."));
            reply.message(SqlError.of(3013, "RESTORE DATABASE is terminating abnormally."));
        });
        assertThat(failure(server.execute("BATCH", limits())).codes()).containsExactly("6106", "3101");
    }

    @Test
    void hearsWhatAServerSaysAlsoOfAProcedureThatEndsWithACode() {
        backend.on("DECLARE @rc int; EXEC @rc = dbo.rows", (parameters, reply) -> {
            reply.message(SqlError.info(0, "what PRINT says"));
            reply.message(SqlError.info(50000, "what RAISERROR of severity 10 says"));
            reply.result(List.of(new Column("return_code", Type.INT)), List.of(List.of(3)));
        });
        Failure failure = failure(server.call("dbo.rows", Map.of(), limits()));
        assertThat(failure.code()).isEqualTo("return-code");
        assertThat(failure.isPartial()).isTrue();
        assertThat(heard).containsExactly("what PRINT says", "what RAISERROR of severity 10 says");
    }

    @ParameterizedTest
    @EnumSource(Encryption.class)
    void sendsNoPasswordBeforeTlsToAServerThatOffersNone(Encryption encryption) throws IOException {
        for (int offered : new int[] {0, 1, 2, 3}) {
            try (GreedyServer greedy = new GreedyServer(offered)) {
                for (Login login : List.of(
                        new Login.Sql("sa", new Value.Secret("p4ss w0rd")),
                        new Login.Ntlm("LITWARE", "dba", new Value.Secret("p4ss w0rd")))) {
                    try (JdbcSqlServer dialled = server(new SqlTarget(
                            "127.0.0.1",
                            Optional.empty(),
                            OptionalInt.of(greedy.port()),
                            login,
                            encryption,
                            encryption != Encryption.STRICT,
                            Optional.empty(),
                            Optional.empty()))) {
                        Failure failure = failure(dialled.execute("RESTORE", limits()));
                        assertThat(failure.isUnknown()).isFalse();
                        assertThat(failure.message()).doesNotContain("encrypt: false", "encrypt: true", "trust-server");
                        if (offered == 2 && encryption != Encryption.STRICT) {
                            assertThat(failure.code()).isEqualTo("no-encryption");
                            assertThat(failure.kind()).isEqualTo(Kind.LASTING);
                        }
                        if (encryption == Encryption.STRICT) {
                            assertThat(failure.code()).isEqualTo("tls");
                            assertThat(failure.kind()).isEqualTo(Kind.LASTING);
                        }
                    }
                }
                assertThat(greedy.logins()).as("offered " + offered).isEmpty();
            }
        }
    }

    /** Says in its greeting what it offers of encryption, and keeps every login that reaches it in clear text. */
    private static final class GreedyServer implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<String> logins = new CopyOnWriteArrayList<>();
        private final int offered;

        GreedyServer(int offered) throws IOException {
            this.offered = offered;
            Thread thread = new Thread(this::serve);
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return socket.getLocalPort();
        }

        List<String> logins() {
            return logins;
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                    client.setSoTimeout(3000);
                    DataInputStream in = new DataInputStream(client.getInputStream());
                    if (packet(in) != 0x12) {
                        continue;
                    }
                    client.getOutputStream().write(new byte[] {
                        4,
                        1,
                        0,
                        26,
                        0,
                        0,
                        1,
                        0,
                        0,
                        0,
                        11,
                        0,
                        6,
                        1,
                        0,
                        17,
                        0,
                        1,
                        (byte) 0xFF,
                        12,
                        0,
                        7,
                        (byte) 0xD0,
                        0,
                        0,
                        (byte) offered
                    });
                    int second = packet(in);
                    if (second == 0x10) {
                        logins.add("a login in clear text");
                    }
                } catch (IOException e) {
                    // the client went away, or the test is over
                }
            }
        }

        private static int packet(DataInputStream in) throws IOException {
            int type = in.readUnsignedByte();
            in.readUnsignedByte();
            int length = in.readUnsignedShort();
            in.readNBytes(length - 4);
            return type;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private void answersLock(int code) {
        backend.rows(
                "DECLARE @rc int; EXEC @rc = sp_getapplock @Resource = @P0,",
                List.of(new Column("return_code", Type.INT)),
                List.of(List.of(code)));
    }
}
