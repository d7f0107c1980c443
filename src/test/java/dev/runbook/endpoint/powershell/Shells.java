package dev.runbook.endpoint.powershell;

import dev.runbook.endpoint.ShellTarget;
import dev.runbook.rehearsal.shell.Cmdlet;
import dev.runbook.rehearsal.shell.ProbeModule;
import dev.runbook.rehearsal.shell.ShellFaults;
import dev.runbook.rehearsal.shell.ShellModule;
import dev.runbook.rehearsal.shell.SimulatedShell;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Hosts for tests, with little patience. */
final class Shells {
    static final ShellTarget PROBE = new ShellTarget(List.of("powershell-probe"), "pwsh");
    private static final HostStart.Patience LITTLE =
            new HostStart.Patience(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(300));

    private static final HostStart.Patience OF_A_REAL_ONE =
            new HostStart.Patience(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofSeconds(3));

    private Shells() {}

    /** A host that talks to a simulated shell in the same process; these cmdlets are added to the probe. */
    static PowerShellHost simulated(ShellFaults faults, Cmdlet... more) {
        ShellModule probe = ProbeModule.module();
        ShellModule all = new ShellModule(
                probe.name(),
                Stream.concat(probe.cmdlets().stream(), Stream.of(more)).toList());
        SimulatedShell shell = new SimulatedShell(List.of(all), faults);
        return host(PROBE, (program, arguments) -> {
            SimulatedShell.Ends ends = shell.connect(arguments);
            return new StreamLink(ends.answers(), ends.requests());
        });
    }

    /** A host in a real PowerShell. */
    static PowerShellHost real(ShellTarget target, ShellLauncher launcher) {
        return new PowerShellHost(new HostStart(target, launcher, new Random(7), OF_A_REAL_ONE));
    }

    /** A host behind any link. */
    static PowerShellHost host(ShellTarget target, ShellLauncher launcher) {
        return new PowerShellHost(new HostStart(target, launcher, new Random(7), LITTLE));
    }
}
