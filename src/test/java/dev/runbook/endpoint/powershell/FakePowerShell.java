package dev.runbook.endpoint.powershell;

import dev.runbook.rehearsal.shell.Call;
import dev.runbook.rehearsal.shell.ProbeModule;
import dev.runbook.rehearsal.shell.RemoteEndpoint;
import dev.runbook.rehearsal.shell.ShellFaults;
import dev.runbook.rehearsal.shell.ShellModule;
import dev.runbook.rehearsal.shell.SimulatedShell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A program that stands for {@code pwsh}: the simulated shell over standard streams, with cmdlets that misbehave. */
public final class FakePowerShell {
    private FakePowerShell() {}

    /** Runs until its input ends. */
    public static void main(String[] arguments) {
        List<dev.runbook.rehearsal.shell.Cmdlet> cmdlets =
                new ArrayList<>(ProbeModule.module().cmdlets());
        cmdlets.add(ProbeModule.probe("Stop-Host", FakePowerShell::die));
        cmdlets.add(ProbeModule.probe("Start-Children", FakePowerShell::spawn));
        cmdlets.add(ProbeModule.probe("Write-Native", FakePowerShell::print));
        cmdlets.add(ProbeModule.probe(
                "Get-Environment", call -> List.of(System.getenv("NO_COLOR"), System.getenv("TERM"))));
        cmdlets.add(ProbeModule.probe("Get-Arguments", call -> List.copyOf(List.of(arguments))));
        System.err.println("a line on standard error");
        List<RemoteEndpoint> others = List.of(new RemoteEndpoint("fe01", false, "dba", "s3cret word"));
        new SimulatedShell(List.of(new ShellModule("powershell-probe", cmdlets)), others, ShellFaults.NONE)
                .serve(List.of(arguments), System.in, System.out);
        Runtime.getRuntime().halt(0);
    }

    private static List<Object> die(Call call) {
        System.err.println("the last words");
        Runtime.getRuntime().halt(1);
        return List.of();
    }

    private static List<Object> print(Call call) {
        System.out.print("native text\nwithout an end");
        System.out.flush();
        return List.of("done");
    }

    /** Two children that ignore TERM, one of them with a child of its own; then no answer, whatever is asked. */
    private static List<Object> spawn(Call call) {
        try {
            Process one = new ProcessBuilder("sh", "-c", "trap '' TERM; sleep 60 & wait").start();
            Process two = new ProcessBuilder("sh", "-c", "trap '' TERM; while :; do sleep 1; done").start();
            while (one.descendants().findAny().isEmpty()) {
                Thread.onSpinWait();
            }
            call.warn("pid " + one.pid());
            call.warn("pid " + two.pid());
            one.descendants().forEach(child -> call.warn("pid " + child.pid()));
            call.warn("all");
            while (true) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
