package dev.runbook.rehearsal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.model.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramsTest {
    private static final String A = "SQLA\\RTC";
    private static final String B = "SQLB\\RTC";
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final EstateState start = settled(Sample.estate(Map.of()));

    @Test
    void connectsTheActiveServersToTheDatabaseThatServes() {
        assertThat(chat(start, A)).containsExactly("PC11");
        assertThat(chat(start, B)).isEmpty();
    }

    @Test
    void comesBackWithANewNumberWhenItIsEnded() {
        int spid = start.server(A).sessions().in("mgc").get(0).spid();
        EstateState killed =
                settled(start.change(A, server -> server.with(server.sessions().without(spid))));

        assertThat(chat(killed, A)).containsExactly("PC11");
        assertThat(killed.server(A).sessions().in("mgc").get(0).spid()).isGreaterThan(spid);
    }

    @Test
    void staysConnectedWhenItIsTakenOffTheList() {
        EstateState off = settled(start.with(informed(start.pool(), new Pool.Settings(Pool.State.NORMAL, List.of()))));

        assertThat(chat(off, A)).containsExactly("PC11");
    }

    @Test
    void goesWhenItsServiceStopsAndStaysAwayWhenStartedOffTheList() {
        EstateState off = start.with(informed(start.pool(), new Pool.Settings(Pool.State.NORMAL, List.of())));
        EstateState stopped = settled(off.with(off.pool().withServices(service -> service.running(false))));
        EstateState started = settled(stopped.with(stopped.pool().withServices(service -> service.running(true))));

        assertThat(chat(stopped, A)).isEmpty();
        assertThat(chat(started, A)).isEmpty();
    }

    @Test
    void staysAwayWhileTheDatabaseIsNotOpen() {
        EstateState single = settled(start.change(
                A,
                server -> server.change(
                        "mgc",
                        it -> it.with(new Database.Options(
                                Database.RecoveryModel.FULL, Database.UserAccess.SINGLE_USER, false)))));

        assertThat(chat(single, A)).isEmpty();
        assertThat(chat(settled(single.change(A, server -> server.with(Sample.mgc()))), A))
                .containsExactly("PC11");
    }

    @Test
    void followsTheStateOfThePoolOnceItsReplicaKnows() {
        EstateState online = start.change(B, server -> server.with(Sample.mgc()));
        Pool.Settings settings = new Pool.Settings(Pool.State.FAILED_OVER, List.of("pc21.litwareinc.com"));
        Pool told = online.pool().with(settings, NOON, Duration.ofMinutes(2));

        assertThat(chat(settled(online.with(told.replicated(NOON))), B)).isEmpty();
        assertThat(chat(settled(online.with(told.replicated(NOON.plusSeconds(120)))), B))
                .containsExactly("PC21");
    }

    @Test
    void showsTheAgentWhileItRuns() {
        assertThat(start.server(B).sessions().connections())
                .filteredOn(one -> one.program().startsWith("SQLAgent"))
                .hasSize(1);
        assertThat(settled(start)).isEqualTo(start);
    }

    private static Pool informed(Pool pool, Pool.Settings settings) {
        return pool.with(settings, NOON, Duration.ZERO).replicated(NOON);
    }

    private static EstateState settled(EstateState state) {
        return Housekeeping.Programs.settled(state, Sample.NOW);
    }

    private static List<String> chat(EstateState state, String server) {
        return state.server(server).sessions().in("mgc").stream()
                .filter(one -> one.kind() == Sessions.Connection.Kind.CHAT)
                .map(Sessions.Connection::host)
                .toList();
    }
}
