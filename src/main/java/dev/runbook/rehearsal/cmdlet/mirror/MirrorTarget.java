package dev.runbook.rehearsal.cmdlet.mirror;

import dev.runbook.rehearsal.cmdlet.Call;
import dev.runbook.rehearsal.cmdlet.CmdletError;
import dev.runbook.rehearsal.cmdlet.Parameter;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Server;
import java.util.List;

/**
 * The database and the two servers that a mirroring cmdlet means: the mirror comes from the topology, no parameter names it.
 *
 * @param database its name
 * @param principal the server that the call names
 * @param mirror the one that the topology puts beside it
 */
record MirrorTarget(String database, Server principal, Server mirror) {
    private static final String CHAT = "PersistentChat";
    private static final String COMPLIANCE = "PersistentChatCompliance";

    /** {@code DatabaseType}, with the values of SfB Server 2015. */
    static Parameter type() {
        return Parameter.oneOf(
                "DatabaseType",
                List.of(
                        "ActiveMonitoring",
                        "Application",
                        "Archiving",
                        "CentralMgmt",
                        "Edge",
                        "Lyss",
                        "Monitoring",
                        CHAT,
                        COMPLIANCE,
                        "Provision",
                        "Registrar",
                        "SigninTelemetry",
                        "User"));
    }

    /** The target of a call; both servers answer. */
    static MirrorTarget of(EstateState state, Call call, String cmdlet) {
        String database = database(call.text("DatabaseType").orElse(CHAT), cmdlet);
        String name = call.text("SqlServerFqdn").orElseThrow()
                + call.text("SqlInstanceName")
                        .filter(instance -> !instance.isEmpty())
                        .map(instance -> "\\" + instance)
                        .orElse("");
        Server principal = state.find(name)
                .orElseThrow(() -> CmdletError.of(
                        "Cannot find the SQL Server \"" + name + "\" in the topology.",
                        "SqlServerNotFound",
                        "ObjectNotFound",
                        cmdlet));
        Server mirror = state.pool()
                .topology()
                .mirrorOf(principal.name())
                .map(state::server)
                .orElseThrow(() -> CmdletError.of(
                        "The topology defines no mirror for \"" + name
                                + "\". Define it in Topology Builder and publish.",
                        "MirrorNotDefined",
                        "InvalidOperation",
                        cmdlet));
        return new MirrorTarget(database, answering(principal, cmdlet), answering(mirror, cmdlet));
    }

    private static String database(String type, String cmdlet) {
        if (type.equalsIgnoreCase(CHAT)) {
            return "mgc";
        }
        if (type.equalsIgnoreCase(COMPLIANCE)) {
            return "mgccomp";
        }
        throw CmdletError.of(
                "This pool has no database of the type " + type + ".", "DatabaseNotDefined", "ObjectNotFound", cmdlet);
    }

    private static Server answering(Server server, String cmdlet) {
        if (!server.up()) {
            throw CmdletError.of(
                    "Cannot connect to SQL Server \"" + server.name() + "\": it does not answer.",
                    "SqlServerNotAvailable",
                    "ConnectionError",
                    cmdlet);
        }
        return server;
    }
}
