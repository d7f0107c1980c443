package dev.runbook.engine;

import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.Pause;
import dev.runbook.endpoint.Shell;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.endpoint.SqlTarget;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Endpoints of a run that must be alone on every server that it uses. Used by one thread. */
public final class GuardedEndpoints implements Endpoints {
    private final Endpoints endpoints;
    private final String session;
    private final Pause pause;
    private final RunControl control;
    private final Consumer<String> tell;
    private final Runnable claim;
    private final Map<SqlTarget, SqlServer> servers = new HashMap<>();

    /**
     * A guard around endpoints.
     *
     * @param session the name by which the sessions of this run are known on the servers
     * @param tell shows the operator what is waited for
     * @param claim throws where somebody else works on this very run by now; asked before anything is sent, however long a
     *     connection or a lock has been waited for
     */
    public GuardedEndpoints(
            Endpoints endpoints,
            String session,
            Pause pause,
            RunControl control,
            Consumer<String> tell,
            Runnable claim) {
        this.endpoints = endpoints;
        this.session = session;
        this.pause = pause;
        this.control = control;
        this.tell = tell;
        this.claim = claim;
    }

    @Override
    public SqlServer sqlServer(SqlTarget target) {
        return servers.computeIfAbsent(
                target,
                unused -> new GuardedServer(
                        endpoints.sqlServer(target), target.name(), session, pause, control, tell, claim));
    }

    @Override
    public Shell shell(ShellTarget target) {
        claim.run();
        return endpoints.shell(target);
    }

    @Override
    public FileSystemEndpoint files() {
        claim.run();
        return endpoints.files();
    }

    @Override
    public void close() {
        endpoints.close();
    }
}
