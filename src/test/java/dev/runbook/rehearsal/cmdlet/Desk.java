package dev.runbook.rehearsal.cmdlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runbook.base.Value;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.server.Sample;
import dev.runbook.rehearsal.shell.Call;
import dev.runbook.rehearsal.shell.CalledCmdlet;
import dev.runbook.rehearsal.shell.CmdletError;
import dev.runbook.rehearsal.shell.ShellModule;
import dev.runbook.rehearsal.shell.ShellObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The management tools over a small estate, at a clock that stands until a test moves it. */
public final class Desk {
    /** What the tools look at and change. */
    public final EstateStore store;

    /** What the cmdlets said while they ran. */
    public final List<String> said = new ArrayList<>();

    private Instant now = Instant.parse("2026-11-21T03:12:09Z");

    /** Over an estate without folders. */
    public Desk() {
        store = new EstateStore(Sample.estate(Map.of()));
    }

    /** Over an estate with one. */
    public Desk(Path folder) {
        store = new EstateStore(Sample.estate(folder));
    }

    /** Time passes. */
    public void pass(Duration duration) {
        now = now.plus(duration);
    }

    /** Runs a cmdlet. */
    public List<Object> run(String name, Map<String, Value> parameters) {
        return cmdlet(name).run(parameters);
    }

    /** Binds the parameters of a cmdlet. */
    public Call call(String name, Map<String, Value> parameters) {
        return cmdlet(name).bind(parameters);
    }

    /** The only object that a cmdlet writes. */
    public Map<String, Object> one(String name, Map<String, Value> parameters) {
        List<Object> written = run(name, parameters);
        assertThat(written).hasSize(1);
        return ((ShellObject) written.get(0)).properties();
    }

    /** The error with which a cmdlet fails. */
    public CmdletError.ErrorRecord failure(String name, Map<String, Value> parameters) {
        CmdletError error = catchThrowableOfType(CmdletError.class, () -> run(name, parameters));
        assertThat(error).isNotNull();
        return error.record();
    }

    /** All modules. */
    public List<ShellModule> modules() {
        ManagementTools.Timing timing =
                new ManagementTools.Timing(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(3));
        return new ManagementTools(store, clock(), duration -> {}, () -> Sample.id(77), timing).modules();
    }

    /** Parameters with one more. */
    public static Map<String, Value> with(Map<String, Value> parameters, String name, Value value) {
        Map<String, Value> more = new HashMap<>(parameters);
        more.put(name, value);
        return more;
    }

    /** A session of a Persistent Chat server. */
    public static Sessions.Connection chat(int spid, String computer) {
        return new Sessions.Connection(
                spid,
                "LITWAREINC\\chat",
                computer,
                "Persistent Chat",
                "mgc",
                Sessions.Connection.WAITING,
                Sample.NOW,
                Sessions.Connection.Kind.CHAT);
    }

    private CalledCmdlet cmdlet(String name) {
        return new CalledCmdlet(modules().get(0).cmdlet(name).orElseThrow(), said);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
