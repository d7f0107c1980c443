package dev.runbook.endpoint.sql;

import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.value.Row;
import java.util.Optional;

/**
 * What a server calls itself.
 *
 * @param server {@code @@SERVERNAME}; after a renaming it may still be the old name
 * @param machine the computer, or the virtual name of a cluster
 * @param instance empty for the default instance
 */
record Identity(String server, String machine, String instance) {
    /** Asks a server who it is. */
    static final String QUESTION = "SELECT @@SERVERNAME AS server_name,"
            + " CAST(SERVERPROPERTY(N'MachineName') AS nvarchar(128)) AS machine_name,"
            + " CAST(SERVERPROPERTY(N'InstanceName') AS nvarchar(128)) AS instance_name,"
            + " @@SPID AS session_id";

    static Identity of(Row answer) {
        return new Identity(text(answer, "server_name"), text(answer, "machine_name"), text(answer, "instance_name"));
    }

    /**
     * A failure when it is another server than the one that was named: a runbook must not be carried out on the wrong one. An
     * instance is compared unless the site names a port instead.
     */
    Optional<Failure> differenceFrom(SqlTarget target) {
        if (target.serverName().map(this::isCalled).orElseGet(() -> isNamed(target))) {
            return Optional.empty();
        }
        return Optional.of(Failure.definite(
                Kind.IDENTITY,
                "other-server",
                "The site names " + target.serverName().orElse(target.name())
                        + ", but the server that answers calls itself " + name()
                        + ". If it is the right one, write  server-name: '" + name() + "'  in the site file."));
    }

    /** {@code MACHINE} or {@code MACHINE\INSTANCE}. */
    private String name() {
        return instance.isEmpty() ? machine : machine + "\\" + instance;
    }

    private boolean isCalled(String name) {
        return name.equalsIgnoreCase(server) || name.equalsIgnoreCase(name());
    }

    private boolean isNamed(SqlTarget target) {
        String host = firstLabel(target.host());
        boolean sameHost = host.equalsIgnoreCase(machine) || host.equalsIgnoreCase(firstPart(server));
        return sameHost && isInstance(target);
    }

    private boolean isInstance(SqlTarget target) {
        return target.instance()
                .map(named ->
                        named.equalsIgnoreCase(instance) || named.equalsIgnoreCase("MSSQLSERVER") && instance.isEmpty())
                .orElse(instance.isEmpty() || target.port().isPresent());
    }

    private static String firstLabel(String host) {
        return host.contains(".") ? host.substring(0, host.indexOf('.')) : host;
    }

    private static String firstPart(String server) {
        return server.contains("\\") ? server.substring(0, server.indexOf('\\')) : server;
    }

    private static String text(Row answer, String column) {
        return answer.get(column).map(value -> value.text().strip()).orElse("");
    }
}
