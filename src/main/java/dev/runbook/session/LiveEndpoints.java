package dev.runbook.session;

import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.Shell;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.files.BoundedFiles;
import dev.runbook.endpoint.files.LocalFiles;
import dev.runbook.endpoint.powershell.PowerShellHost;
import dev.runbook.endpoint.powershell.ShellLauncher;
import dev.runbook.endpoint.sql.JdbcSqlServer;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The real endpoints, each opened when it is first needed. A rehearsal uses them too; only what they dial differs. */
public final class LiveEndpoints implements Endpoints {
    private final JdbcSqlServer.Sessions sessions;
    private final Supplier<ShellLauncher> launcher;
    private final RandomGenerator random = new SecureRandom();
    private final Map<SqlTarget, SqlServer> servers = new LinkedHashMap<>();
    private final Map<ShellTarget, Shell> shells = new LinkedHashMap<>();
    private FileSystemEndpoint files;

    /**
     * Endpoints of one process.
     *
     * @param session the name by which its sessions are known on the servers
     * @param launcher makes what starts management shells
     */
    public LiveEndpoints(String session, Supplier<ShellLauncher> launcher) {
        this.sessions = new JdbcSqlServer.Sessions(session);
        this.launcher = launcher;
    }

    @Override
    public SqlServer sqlServer(SqlTarget target) {
        return servers.computeIfAbsent(target, sessions::server);
    }

    @Override
    public Shell shell(ShellTarget target) {
        return shells.computeIfAbsent(target, unused -> new PowerShellHost(target, launcher.get(), random));
    }

    @Override
    public FileSystemEndpoint files() {
        if (files == null) {
            files = new BoundedFiles(LocalFiles.ofThisComputer());
        }
        return files;
    }

    @Override
    public void close() {
        servers.values().forEach(SqlServer::close);
        shells.values().forEach(Shell::close);
    }
}
