package dev.runbook.rehearsal.cmdlet;

import static dev.runbook.rehearsal.shell.Cmdlet.Parameter.flag;
import static dev.runbook.rehearsal.shell.Cmdlet.Parameter.text;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.model.Sessions.Connection;
import dev.runbook.rehearsal.shell.Call;
import dev.runbook.rehearsal.shell.Cmdlet;
import dev.runbook.rehearsal.shell.ShellObject;
import java.util.List;

/**
 * The cmdlets of the Windows services on the computers of the pool.
 *
 * @param store what they look at and change
 */
record ServiceCmdlets(EstateStore store) {
    List<Cmdlet> all() {
        return List.of(
                Cmdlet.looking(
                        "Get-CsWindowsService",
                        this::show,
                        text("Name"),
                        text("ComputerName"),
                        flag("ExcludeActivityLevel")),
                Cmdlet.changing(
                        "Start-CsWindowsService",
                        call -> turn(call, true),
                        text("Name"),
                        text("ComputerName"),
                        flag("NoWait")),
                Cmdlet.changing(
                        "Stop-CsWindowsService",
                        call -> turn(call, false),
                        text("Name"),
                        text("ComputerName"),
                        flag("NoWait"),
                        flag("Graceful")));
    }

    /** Shows whether services of the product run on a computer. */
    private List<Object> show(Call call) {
        return meant(store.snapshot().pool(), call).stream()
                .<Object>map(service -> ShellObject.empty()
                        .and("Status", service.running() ? "Running" : "Stopped")
                        .and("Name", service.name())
                        .and("ActivityLevel", null))
                .toList();
    }

    /**
     * Starts or stops services of the product on a computer. One that already does as wanted is left alone; one that stops takes
     * its connections with it.
     */
    private List<Object> turn(Call call, boolean on) {
        store.update(state -> {
            Pool pool = state.pool();
            List<Pool.WindowsService> meant = meant(pool, call);
            EstateState changed = state.with(pool.withServices(service -> meant.contains(service)
                    ? PoolCmdlets.attached(service.running(on), pool.topology(), pool.settings())
                    : service));
            return on ? changed : disconnected(changed, meant);
        });
        return List.of();
    }

    private static EstateState disconnected(EstateState state, List<Pool.WindowsService> stopped) {
        EstateState next = state;
        for (Server server : state.servers()) {
            Sessions left = server.sessions();
            for (Connection connection : server.sessions().connections()) {
                boolean belongs = connection.kind() == Connection.Kind.CHAT
                        && stopped.stream().anyMatch(service -> isHost(connection.host(), service.computer()));
                left = belongs ? left.without(connection.spid()) : left;
            }
            next = next.with(server.with(left));
        }
        return next;
    }

    /** A session names its computer in full or by its first label. */
    private static boolean isHost(String host, String computer) {
        return host.equalsIgnoreCase(computer) || host.equalsIgnoreCase(computer.replaceFirst("\\..*$", ""));
    }

    /**
     * The services of the computer and of the name that the call gives; without a computer, those of this one, which has none. A
     * computer that does not answer, or has no such service, is an error.
     */
    private static List<Pool.WindowsService> meant(Pool pool, Call call) {
        String computer = call.text("ComputerName").orElse("");
        if (pool.replica(computer).filter(Pool.Replica::dead).isPresent()) {
            throw call.failure(
                    "Cannot open the Service Control Manager on computer \"" + computer + "\".",
                    "ComputerNotAvailable",
                    "ConnectionError");
        }
        List<Pool.WindowsService> found = pool.services().stream()
                .filter(service -> service.computer().equalsIgnoreCase(computer))
                .filter(service ->
                        call.text("Name").map(service.name()::equalsIgnoreCase).orElse(true))
                .toList();
        if (found.isEmpty() && call.text("Name").isPresent()) {
            throw call.failure(
                    "Cannot find the service \"" + call.text("Name").get() + "\" on computer \"" + computer + "\".",
                    "ServiceNotFound",
                    "ObjectNotFound");
        }
        return found;
    }
}
