package dev.runbook.rehearsal.scene;

import java.util.List;
import java.util.Optional;

/**
 * A SQL Server.
 *
 * @param id its name within the scene
 * @param host its full name
 * @param instance of a named instance
 * @param running whether it answers
 * @param version such as {@code 11.0.7001.0}
 * @param login the one login that it knows
 * @param encrypt whether a site file asks for TLS
 * @param agent its SQL Server Agent
 * @param databases the user databases
 * @param sessions of programs that do nothing but hold a connection
 */
public record ServerSpec(
        String id,
        String host,
        Optional<String> instance,
        boolean running,
        String version,
        Login login,
        boolean encrypt,
        Agent agent,
        List<DatabaseSpec> databases,
        List<SessionSpec> sessions) {
    /**
     * A login of SQL Server.
     *
     * @param user its name
     * @param password its password; empty for one that is drawn anew at each start, which nobody else can know
     * @param sysadmin whether it may do everything
     * @param refused whether the server answers and lets nobody in
     */
    public record Login(String user, String password, boolean sysadmin, boolean refused) {}

    /**
     * The SQL Server Agent.
     *
     * @param account under which it runs
     * @param running whether it runs
     */
    public record Agent(String account, boolean running) {}

    /** Copies the lists. */
    public ServerSpec {
        databases = List.copyOf(databases);
        sessions = List.copyOf(sessions);
    }

    /** The same server with this password, unless the scene writes one down. */
    ServerSpec withPassword(String drawn) {
        Login own =
                login.password().isEmpty() ? new Login(login.user(), drawn, login.sysadmin(), login.refused()) : login;
        return new ServerSpec(id, host, instance, running, version, own, encrypt, agent, databases, sessions);
    }

    /** {@code HOST} or {@code HOST\INSTANCE}: what a site file calls it. */
    public String name() {
        return instance.map(named -> host + "\\" + named).orElse(host);
    }
}
