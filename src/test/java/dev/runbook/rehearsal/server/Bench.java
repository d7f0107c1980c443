package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.tds.Backend;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** An estate without a wire: sessions are called directly, time does not pass by itself. */
public final class Bench {
    private final AtomicLong ids = new AtomicLong(1000);
    private final EstateStore store;
    private Faults faults = Faults.NONE;
    private Pace pace = Pace.AT_ONCE;
    private Runnable onPause = () -> {};
    private SimulatedServer.Services.Procedures procedures = (where, name) -> java.util.Optional.empty();
    private Catalog catalog = (state, asking, sql, parameters) -> new Catalog.Answer.Rows(List.of(), List.of());

    public Bench(EstateState state) {
        this.store = new EstateStore(state);
    }

    public EstateStore store() {
        return store;
    }

    public EstateState state() {
        return store.snapshot();
    }

    public Server server(String name) {
        return state().server(name);
    }

    public Database mgc(String server) {
        return server(server).database("mgc").orElseThrow();
    }

    public Bench answering(Catalog with) {
        catalog = with;
        return this;
    }

    public Bench failing(Faults with) {
        faults = with;
        return this;
    }

    /** Whatever happens while a statement takes its time. */
    public Bench during(int steps, Runnable happens) {
        pace = new Pace(Duration.ofMillis(steps), steps);
        onPause = happens;
        return this;
    }

    public Backend backend(String server) {
        return new SimulatedServer(
                server,
                new SimulatedServer.Services(
                        store,
                        catalog,
                        (where, statement) -> faults.strike(where, statement),
                        (where, command) -> pace,
                        duration -> onPause.run(),
                        Clock.fixed(Sample.NOW.toInstant(ZoneOffset.UTC), ZoneOffset.UTC),
                        () -> Sample.id(ids.incrementAndGet()),
                        (where, name) -> procedures.body(where, name)));
    }

    /** With procedures of a scene. */
    public Bench with(SimulatedServer.Services.Procedures of) {
        procedures = of;
        return this;
    }

    /** A new session of the administrator. */
    public Backend.Session session(String server) {
        return session(server, "dba", "secret");
    }

    public Backend.Session session(String server, String user, String password) {
        return ((Backend.Admission.Granted)
                        backend(server).admit(new Backend.Login(user, password, "runbook test", "HERE", "")))
                .session();
    }

    /** Runs one batch in a session of its own. */
    public Heard run(String server, String sql) {
        Backend.Session session = session(server);
        try (session) {
            return run(session, sql);
        }
    }

    public static Heard run(Backend.Session session, String sql, Backend.Session.Parameter... parameters) {
        Heard heard = new Heard();
        session.run(sql, List.of(parameters), heard);
        return heard;
    }
}
