package dev.runbook.rehearsal.cmdlet;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.model.Sessions.Connection;
import dev.runbook.rehearsal.shell.Call;
import dev.runbook.rehearsal.shell.Cmdlet;
import dev.runbook.rehearsal.shell.CmdletError;
import dev.runbook.rehearsal.shell.ShellObject;
import java.util.List;

/** The cmdlets of the Windows services on the computers of the pool. */
final class ServiceCmdlets {
    private ServiceCmdlets() {}

    /** Shows whether services of the product run on a computer. */
    record GetWindowsService(EstateStore store) implements Cmdlet {
        @Override
        public String name() {
            return "Get-CsWindowsService";
        }

        @Override
        public List<Cmdlet.Parameter> parameters() {
            return List.of(
                    Cmdlet.Parameter.text("Name"),
                    Cmdlet.Parameter.text("ComputerName"),
                    Cmdlet.Parameter.flag("ExcludeActivityLevel"));
        }

        @Override
        public boolean changes() {
            return false;
        }

        @Override
        public List<Object> run(Call call) {
            return ServiceComputer.services(store.snapshot().pool(), call, name()).stream()
                    .<Object>map(service -> ShellObject.empty()
                            .and("Status", service.running() ? "Running" : "Stopped")
                            .and("Name", service.name())
                            .and("ActivityLevel", null))
                    .toList();
        }
    }

    /**
     * Starts or stops services of the product on a computer. One that already does as wanted is left alone; one that stops takes
     * its connections with it.
     */
    record SwitchWindowsService(ManagementTools tools, boolean on) implements Cmdlet {
        @Override
        public String name() {
            return on ? "Start-CsWindowsService" : "Stop-CsWindowsService";
        }

        @Override
        public List<Cmdlet.Parameter> parameters() {
            List<Cmdlet.Parameter> shared = List.of(
                    Cmdlet.Parameter.text("Name"),
                    Cmdlet.Parameter.text("ComputerName"),
                    Cmdlet.Parameter.flag("NoWait"));
            return on
                    ? shared
                    : List.of(shared.get(0), shared.get(1), shared.get(2), Cmdlet.Parameter.flag("Graceful"));
        }

        @Override
        public boolean changes() {
            return true;
        }

        @Override
        public List<Object> run(Call call) {
            tools.store().update(state -> {
                List<Pool.WindowsService> meant = ServiceComputer.services(state.pool(), call, name());
                EstateState changed = state.with(state.pool()
                        .withServices(service -> meant.contains(service) ? switched(service, state.pool()) : service));
                return on ? changed : disconnected(changed, meant);
            });
            return List.of();
        }

        private Pool.WindowsService switched(Pool.WindowsService service, Pool pool) {
            return PoolCmdlets.PoolSettings.attached(service.running(on), pool.topology(), pool.settings());
        }

        private static EstateState disconnected(EstateState state, List<Pool.WindowsService> stopped) {
            EstateState next = state;
            for (Server server : state.servers()) {
                next = next.with(server.with(without(server.sessions(), stopped)));
            }
            return next;
        }

        private static Sessions without(Sessions sessions, List<Pool.WindowsService> stopped) {
            Sessions left = sessions;
            for (Connection connection : sessions.connections()) {
                boolean belongs = connection.kind() == Connection.Kind.CHAT
                        && stopped.stream().anyMatch(service -> isHost(connection.host(), service.computer()));
                left = belongs ? left.without(connection.spid()) : left;
            }
            return left;
        }

        /** A session names its computer in full or by its first label. */
        private static boolean isHost(String host, String computer) {
            return host.equalsIgnoreCase(computer) || host.equalsIgnoreCase(computer.replaceFirst("\\..*$", ""));
        }
    }

    /** Finds the Windows services that a cmdlet means. */
    static final class ServiceComputer {
        private ServiceComputer() {}

        /**
         * The services of the computer and of the name that the call gives; without a computer, those of this one, which has none.
         *
         * @throws CmdletError when the computer does not answer, or has no such service
         */
        static List<Pool.WindowsService> services(Pool pool, Call call, String cmdlet) {
            String computer = call.text("ComputerName").orElse("");
            if (pool.replica(computer).filter(Pool.Replica::dead).isPresent()) {
                throw CmdletError.of(
                        "Cannot open the Service Control Manager on computer \"" + computer + "\".",
                        "ComputerNotAvailable",
                        "ConnectionError",
                        cmdlet);
            }
            List<Pool.WindowsService> found = pool.services().stream()
                    .filter(service -> service.computer().equalsIgnoreCase(computer))
                    .filter(service -> call.text("Name")
                            .map(service.name()::equalsIgnoreCase)
                            .orElse(true))
                    .toList();
            if (found.isEmpty() && call.text("Name").isPresent()) {
                throw CmdletError.of(
                        "Cannot find the service \"" + call.text("Name").get() + "\" on computer \"" + computer + "\".",
                        "ServiceNotFound",
                        "ObjectNotFound",
                        cmdlet);
            }
            return found;
        }
    }
}
