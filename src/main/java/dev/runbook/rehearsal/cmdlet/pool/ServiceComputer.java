package dev.runbook.rehearsal.cmdlet.pool;

import dev.runbook.rehearsal.cmdlet.Call;
import dev.runbook.rehearsal.cmdlet.CmdletError;
import dev.runbook.rehearsal.model.Pool;
import java.util.List;

/** Finds the Windows services that a cmdlet means. */
final class ServiceComputer {
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
                .filter(service ->
                        call.text("Name").map(service.name()::equalsIgnoreCase).orElse(true))
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
