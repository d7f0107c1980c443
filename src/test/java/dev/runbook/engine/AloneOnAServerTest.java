package dev.runbook.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.event.Trouble;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run does on a server before it does anything there, whatever the server answers. */
class AloneOnAServerTest {
    private static final String MINE = "runbook failover";
    private static final Limits LIMITS = Limits.none();
    private static final Row GRANTED = Row.of("granted", Value.of(true));

    private final ScriptedServer server = new ScriptedServer();
    private final RunControl control = new RunControl();
    private final List<String> told = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private Runnable onPause = () -> {};
    private Runnable claim = () -> {};
    private final GuardedServer guard = new GuardedServer(
            server,
            "SQLB",
            MINE,
            (time, cancellation) -> {
                pauses.add(time);
                onPause.run();
            },
            control,
            told::add,
            () -> claim.run());

    @Test
    void theLockIsTakenBeforeTheFirstQuestionAndOnce() {
        assertThat(guard.query("SELECT 1", LIMITS)).isEqualTo(server.result);
        assertThat(guard.execute("KILL 7", LIMITS)).isEqualTo(server.result);
        assertThat(guard.call("dbo.go", Map.of(), LIMITS)).isEqualTo(server.result);

        assertThat(server.asked)
                .containsExactly("lock runbook", "sessions", "query SELECT 1", "execute KILL 7", "call dbo.go");
        assertThat(pauses).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void whatOnlyLooksNeedsNoLock() {
        assertThat(guard.reach(LIMITS)).isEqualTo(server.result);
        assertThat(guard.oldSessions(LIMITS)).isEqualTo(Answer.of(List.of()));
        assertThat(guard.lock("other", LIMITS)).isEqualTo(Answer.of(List.of(GRANTED)));
        assertThat(guard.release("other", LIMITS)).isEqualTo(server.result);

        assertThat(server.asked).containsExactly("reach", "sessions", "lock other", "release other");
    }

    @Test
    void afterALostConnectionTheLockIsTakenAgain() {
        server.result = Answer.failed(Failure.unknown(Failure.Kind.TRANSIENT, "connection-lost", "lost"));
        guard.execute("KILL 7", LIMITS);
        guard.execute("KILL 8", LIMITS);

        assertThat(server.asked)
                .containsExactly(
                        "lock runbook", "sessions", "execute KILL 7", "lock runbook", "sessions", "execute KILL 8");
    }

    @Test
    void anyOtherErrorLeavesTheLock() {
        server.result = Answer.failed(Failure.definite(Failure.Kind.LASTING, "208", "no such object"));
        guard.execute("KILL 7", LIMITS);
        guard.execute("KILL 8", LIMITS);

        assertThat(server.asked).containsExactly("lock runbook", "sessions", "execute KILL 7", "execute KILL 8");
    }

    @Test
    void afterClosingTheLockIsTakenAgain() {
        guard.query("SELECT 1", LIMITS);
        guard.close();
        guard.query("SELECT 2", LIMITS);

        assertThat(server.asked)
                .containsExactly(
                        "lock runbook",
                        "sessions",
                        "query SELECT 1",
                        "close",
                        "lock runbook",
                        "sessions",
                        "query SELECT 2");
    }

    @Test
    void whoHasLostTheRunSendsNothing() {
        claim = () -> {
            throw new IllegalStateException("asmith has the run");
        };

        assertThatThrownBy(() -> guard.execute("KILL 7", LIMITS)).hasMessage("asmith has the run");
        assertThat(server.asked).containsExactly("lock runbook", "sessions");
    }

    @Test
    void aLockThatCannotBeAskedForIsTheAnswer() {
        Answer failed = Answer.failed(Failure.definite(Failure.Kind.ACCESS, "18456", "Login failed."));
        server.locks.add(failed);

        assertThat(guard.query("SELECT 1", LIMITS)).isEqualTo(failed);
        assertThat(server.asked).containsExactly("lock runbook");
    }

    @Test
    void sessionsThatCannotBeAskedForAreTheAnswer() {
        Answer failed = Answer.failed(Failure.definite(Failure.Kind.LASTING, "300", "VIEW SERVER STATE was denied."));
        server.sessions.add(failed);

        assertThat(guard.query("SELECT 1", LIMITS)).isEqualTo(failed);
        assertThat(guard.query("SELECT 1", LIMITS)).isEqualTo(server.result);
    }

    @Test
    void anotherRunIsNamedAndHowItsSessionIsEnded() {
        server.locks.add(holder("runbook failback", "AWAITING COMMAND"));
        server.locks.add(holder("runbook failback", "(none)"));
        server.locks.add(holder("runbook failback", " "));

        for (int i = 0; i < 3; i++) {
            assertThat(refusal())
                    .isEqualTo("Another run works on this server: runbook failback of CORP\\jdoe on jump1, session 61,"
                            + " since 03:12. Let it end, and resume. If that program is gone for certain and only"
                            + " its session was left behind, type on this server: KILL 61");
        }
        assertThat(server.asked).containsOnly("lock runbook");
    }

    @Test
    void anotherRunThatIsAtWorkIsNeverToBeEnded() {
        server.locks.add(holder("runbook failback", "RESTORE DATABASE"));

        assertThat(refusal())
                .isEqualTo(
                        "Another run works on this server: runbook failback of CORP\\jdoe on jump1, session 61, since"
                                + " 03:12. It is at work (RESTORE DATABASE). Let it end, and resume.");
    }

    @Test
    void whatIsNotKnownOfAnotherRunIsSaidToBeUnknown() {
        server.locks.add(Answer.of(List.of(Row.of("granted", Value.of(false))
                .with(Row.of("program", Value.of(" other ")))
                .with(Row.of("login", Value.of(" "))))));

        assertThat(refusal())
                .startsWith(
                        "Another run works on this server: other of (unknown) on (unknown), session (unknown), since"
                                + " (unknown). Let it end, and resume. If");
    }

    @Test
    void whatThisRunSentBeforeIsWaitedForAndToldOnce() {
        for (int i = 0; i < 400; i++) {
            server.sessions.add(atWork("57"));
        }

        assertThat(guard.query("SELECT 1", LIMITS)).isEqualTo(server.result);
        assertThat(pauses).hasSize(400).containsOnly(Duration.ofSeconds(1));
        assertThat(told)
                .containsExactly("What this run sent before is still at work on SQLB: session 57 (UPDATE, since 03:10)."
                        + " The run waits for it.");
    }

    @Test
    void whenSomethingElseOfItIsAtWorkThatIsToldAsWell() {
        server.sessions.add(atWork("57"));
        server.sessions.add(atWork("58"));
        server.sessions.add(atWork("58"));

        guard.query("SELECT 1", LIMITS);

        assertThat(told).hasSize(2);
        assertThat(told.get(1)).contains("session 58");
    }

    @Test
    void aStopEndsTheWaitingAndNothingIsSent() {
        server.sessions.add(atWork("57"));
        server.sessions.add(atWork("57"));
        onPause = control::interrupt;

        assertThat(refusal())
                .isEqualTo("What this run sent before is still at work on SQLB: session 57 (UPDATE, since 03:10)."
                        + " Let it end, and resume.");
        assertThat(pauses).hasSize(1);
        assertThat(server.asked).doesNotContain("query SELECT 1");
    }

    @Test
    void anIdleSessionOfItsOwnIsWaitedForUntilTheServerShouldHaveMissedIt() {
        for (int i = 0; i < 300; i++) {
            server.locks.add(holder(MINE, "AWAITING COMMAND"));
        }

        assertThat(refusal())
                .isEqualTo("An earlier session of this run, 61, still has the run's lock on SQLB. It does nothing; the"
                        + " server ends it once it notices that nobody is at its other end. Let it end, and"
                        + " resume.");
        assertThat(pauses).hasSize(150);
        assertThat(told).singleElement().asString().startsWith("An earlier session of this run, 61,");
    }

    @Test
    void theWaitingForAnIdleSessionBeginsAnewAfterWork() {
        for (int i = 0; i < 100; i++) {
            server.locks.add(holder(MINE, "AWAITING COMMAND"));
            server.sessions.add(Answer.of(List.of()));
        }
        server.locks.add(holder(MINE, "UPDATE"));
        server.sessions.add(atWork("57"));
        for (int i = 0; i < 100; i++) {
            server.locks.add(holder(MINE, "AWAITING COMMAND"));
        }

        assertThat(guard.query("SELECT 1", LIMITS)).isEqualTo(server.result);
        assertThat(pauses).hasSize(201);
    }

    @Test
    void aLockWhoseHolderIsGoneByThenIsAskedForAgainButNotForEver() {
        for (int i = 0; i < 300; i++) {
            server.locks.add(
                    Answer.of(List.of(Row.of("granted", Value.of(false)).with(Row.of("program", Value.of(" "))))));
        }

        assertThat(refusal()).startsWith("An earlier session of this run, (unknown),");
        assertThat(pauses).hasSize(75);
    }

    private String refusal() {
        Answer answer = guard.query("SELECT 1", LIMITS);
        Failure failure = ((Answer.Failed) answer).failure();
        assertThat(failure.code()).isEqualTo(Trouble.LOCKED);
        assertThat(failure.isUnknown()).isFalse();
        return failure.message();
    }

    private static Answer holder(String program, String command) {
        return Answer.of(List.of(Row.of("granted", Value.of(false))
                .with(Row.of("program", Value.of(program)))
                .with(Row.of("login", Value.of("CORP\\jdoe")))
                .with(Row.of("host", Value.of("jump1")))
                .with(Row.of("session_id", Value.of(61)))
                .with(Row.of("since", Value.of("03:12")))
                .with(Row.of("command", Value.of(command)))));
    }

    private static Answer atWork(String session) {
        return Answer.of(List.of(Row.of("session_id", Value.of(session))
                .with(Row.of("command", Value.of("UPDATE")))
                .with(Row.of("since", Value.of("03:10")))));
    }

    /** Answers what it was told to, and then as a server of which nobody else wants anything. */
    private static final class ScriptedServer implements SqlServer {
        private final List<String> asked = new ArrayList<>();
        private final Deque<Answer> locks = new ArrayDeque<>();
        private final Deque<Answer> sessions = new ArrayDeque<>();
        private Answer result = Answer.of(List.of(Row.of("it", Value.of(1))));

        @Override
        public Answer query(String sql, Limits limits) {
            return answer("query " + sql);
        }

        @Override
        public Answer execute(String sql, Limits limits) {
            return answer("execute " + sql);
        }

        @Override
        public Answer call(String procedure, Map<String, Value> parameters, Limits limits) {
            return answer("call " + procedure);
        }

        @Override
        public Answer reach(Limits limits) {
            return answer("reach");
        }

        @Override
        public Answer oldSessions(Limits limits) {
            asked.add("sessions");
            return sessions.isEmpty() ? Answer.of(List.of()) : sessions.remove();
        }

        @Override
        public Answer lock(String name, Limits limits) {
            asked.add("lock " + name);
            return locks.isEmpty() ? Answer.of(List.of(GRANTED)) : locks.remove();
        }

        @Override
        public Answer release(String name, Limits limits) {
            return answer("release " + name);
        }

        @Override
        public void close() {
            asked.add("close");
        }

        private Answer answer(String question) {
            asked.add(question);
            return result;
        }
    }
}
