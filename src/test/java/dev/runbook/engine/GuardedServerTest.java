package dev.runbook.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.sql.JdbcSqlServer;
import dev.runbook.event.Trouble;
import dev.runbook.journal.Journal;
import dev.runbook.rehearsal.catalog.H2Catalog;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.server.Faults;
import dev.runbook.rehearsal.server.Pace;
import dev.runbook.rehearsal.server.Sample;
import dev.runbook.rehearsal.server.SimulatedServer;
import dev.runbook.rehearsal.tds.TdsServer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lock of a run on a simulated server, over the real driver. */
@Timeout(60)
class GuardedServerTest {
    private static final String MINE = "runbook 20261121-031209-failover";
    private static final String ONLINE = "SELECT state_desc FROM sys.databases WHERE name = N'mgc'";

    private final Clock clock = Clock.fixed(Sample.NOW.toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
    private final H2Catalog catalog = new H2Catalog(clock);
    private final CountDownLatch atWork = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final RunControl control = new RunControl();
    private final AtomicInteger pauses = new AtomicInteger();
    private Runnable onPause = () -> {};
    private Runnable claim = () -> {};
    private TdsServer wire;

    @BeforeEach
    void start() throws IOException {
        SimulatedServer.Services services = new SimulatedServer.Services(
                new EstateStore(Sample.estate(Map.of())),
                catalog,
                Faults.NONE,
                (where, command) -> new Pace(Duration.ofMillis(20), 1),
                duration -> {
                    atWork.countDown();
                    await(mayEnd);
                },
                clock,
                () -> Sample.id(1000));
        wire = TdsServer.start(new SimulatedServer("SQLB\\RTC", services));
    }

    @AfterEach
    void stop() {
        mayEnd.countDown();
        wire.close();
        catalog.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JdbcSqlServer server(String session) {
        return JdbcSqlServer.of(
                new SqlTarget(
                        "sqlb.litwareinc.com",
                        Optional.of("RTC"),
                        OptionalInt.empty(),
                        new SqlTarget.Login.Sql("dba", new Value.Secret("secret")),
                        SqlTarget.Encryption.TRUE,
                        true,
                        Optional.of(wire.address()),
                        Optional.empty()),
                session);
    }

    private SqlServer guard() {
        return new GuardedServer(
                server(MINE),
                "SQLB\\RTC",
                MINE,
                (time, cancellation) -> {
                    pauses.incrementAndGet();
                    onPause.run();
                },
                control,
                told::add,
                claim);
    }

    /** A restore of a run whose process is gone, so that it holds no lock any more. */
    private Thread restoreLeftBehind(String session) {
        Thread thread = new Thread(() -> {
            try (JdbcSqlServer gone = server(session)) {
                gone.execute("RESTORE DATABASE [mgc] WITH RECOVERY", Limits.none());
            }
        });
        thread.start();
        await(atWork);
        return thread;
    }

    private static Failure failure(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed) answer).failure();
    }

    @Test
    void waitsForWhatItSentBeforeAsLongAsThatIsAtWorkAndSaysWhatItIs() throws InterruptedException {
        Thread restore = restoreLeftBehind(MINE);
        onPause = () -> {
            if (pauses.get() == 400) {
                mayEnd.countDown();
                join(restore);
            }
        };
        try (SqlServer guard = guard()) {
            Answer answer = guard.query(ONLINE, Limits.none());
            assertThat(answer).isInstanceOf(Answer.Rows.class);
            assertThat(((Answer.Rows) answer).rows().get(0).get("state_desc")).contains(Value.of("ONLINE"));
        }
        assertThat(pauses.get()).isGreaterThanOrEqualTo(400);
        assertThat(told)
                .singleElement()
                .asString()
                .contains("What this run sent before is still at work on SQLB\\RTC", "RESTORE", "The run waits for it.")
                .doesNotContain("KILL", "Another run");
    }

    @Test
    void sendsNothingWhenSomebodyElseHasTakenTheRunWhileTheLockWasWaitedFor() {
        JdbcSqlServer gone = server(MINE);
        gone.lock("runbook", Limits.none());
        AtomicBoolean taken = new AtomicBoolean();
        onPause = () -> {
            taken.set(true);
            gone.close();
        };
        claim = () -> {
            if (taken.get()) {
                throw Journal.LostException.taken("asmith has the run.");
            }
        };
        try (SqlServer guard = guard();
                SqlServer other = server("other")) {
            assertThatThrownBy(() -> guard.execute("CREATE DATABASE [sent]", Limits.none()))
                    .isInstanceOf(Journal.LostException.class);
            assertThat(((Answer.Rows) other.query("SELECT name FROM sys.databases WHERE name = N'sent'", Limits.none()))
                            .rows())
                    .isEmpty();
        }
    }

    @Test
    void stopsWaitingForItWhenAskedToAndNeverAdvisesToEndIt() {
        restoreLeftBehind(MINE);
        onPause = control::interrupt;
        try (SqlServer guard = guard()) {
            Failure failure = failure(guard.query(ONLINE, Limits.none()));
            assertThat(failure.code()).isEqualTo(Trouble.LOCKED);
            assertThat(failure.isUnknown()).isFalse();
            assertThat(failure.message())
                    .contains("still at work", "Let it end, and resume.")
                    .doesNotContain("KILL", "Another run");
        }
    }

    @Test
    void waitsForAnIdleSessionOfItsOwnThatTheServerHasNotMissedYet() {
        JdbcSqlServer gone = server(MINE);
        gone.lock("runbook", Limits.none());
        onPause = () -> {
            if (pauses.get() == 3) {
                gone.close();
            }
        };
        try (SqlServer guard = guard()) {
            assertThat(guard.query(ONLINE, Limits.none())).isInstanceOf(Answer.Rows.class);
        }
        assertThat(told).singleElement().asString().contains("It does nothing").doesNotContain("KILL");
    }

    @Test
    void saysAfterAWhileThatAnIdleSessionOfItsOwnIsStillThere() {
        try (JdbcSqlServer gone = server(MINE);
                SqlServer guard = guard()) {
            gone.lock("runbook", Limits.none());
            Failure failure = failure(guard.query(ONLINE, Limits.none()));
            assertThat(failure.code()).isEqualTo(Trouble.LOCKED);
            assertThat(failure.message())
                    .contains("An earlier session of this run")
                    .doesNotContain("KILL", "Another run");
        }
    }

    @Test
    void keepsOffAServerWhereAnotherRunIsStillAtWorkWithoutItsLock() {
        restoreLeftBehind("runbook 20261120-010101-failback");
        try (SqlServer guard = guard()) {
            Failure failure = failure(guard.execute("KILL 99", Limits.none()));
            assertThat(failure.code()).isEqualTo(Trouble.LOCKED);
            assertThat(failure.message())
                    .contains("Another run works on this server: runbook 20261120-010101-failback", "at work (RESTORE")
                    .doesNotContain("KILL");
        }
    }

    @Test
    void noticesBeforeTheNextEffectThatTheLockIsLostAndTakesItAgain() {
        try (SqlServer guard = guard();
                JdbcSqlServer other = server("runbook 20261120-010101-failback")) {
            assertThat(guard.query(ONLINE, Limits.none())).isInstanceOf(Answer.Rows.class);
            wire.dropConnections();
            assertThat(failure(guard.execute("KILL 99", Limits.none())).code()).isEqualTo("connection-lost");
            other.lock("runbook", new Limits(Optional.empty(), new Cancellation(), dev.runbook.endpoint.Progress.NONE));
            assertThat(failure(guard.execute("KILL 99", Limits.none())).code()).isEqualTo(Trouble.LOCKED);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(20_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
