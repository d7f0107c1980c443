package dev.runbook.rehearsal.shell;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** The functions of {@code powershell-probe.psm1}, on which the real host was tried, as simulated cmdlets. */
public final class ProbeModule {
    private ProbeModule() {}

    /** The module. */
    public static ShellModule module() {
        return new ShellModule(
                "powershell-probe",
                List.of(
                        new Cmdlet(
                                "Set-Thing",
                                List.of(
                                        Cmdlet.Parameter.text("Identity").required(),
                                        Cmdlet.Parameter.oneOf("PoolState", List.of("Normal", "FailedOver")),
                                        Cmdlet.Parameter.table("ActiveServers"),
                                        Cmdlet.Parameter.flag("Force")),
                                true,
                                ProbeModule::set),
                        new Cmdlet(
                                "Get-Echo",
                                List.of(Cmdlet.Parameter.any("Value"), Cmdlet.Parameter.any("Other")),
                                false,
                                ProbeModule::echo),
                        probe(
                                "Get-Bad",
                                call -> raise(
                                        "soft failure",
                                        "Microsoft.PowerShell.Commands.WriteErrorException",
                                        "Bad,One,Get-Bad",
                                        "ObjectNotFound")),
                        probe(
                                "Get-Throw",
                                call -> raise(
                                        "hard failure",
                                        "System.InvalidOperationException",
                                        "hard failure",
                                        "OperationStopped")),
                        probe(
                                "Get-Ask",
                                call -> raise(
                                        "A command that prompts the user failed because the host program or the command"
                                                + " type does not support user interaction. The host was attempting to"
                                                + " request confirmation with the following message: ",
                                        "System.Management.Automation.Host.HostException",
                                        "HostFunctionNotImplemented,Microsoft.PowerShell.Commands.ReadHostCommand",
                                        "NotImplemented")),
                        probe("Get-Native", ProbeModule::things),
                        probe("Get-Slow", ProbeModule::sleep)));
    }

    /** A cmdlet without parameters. */
    public static Cmdlet probe(String name, Function<Call, List<Object>> body) {
        return new Cmdlet(name, List.of(), false, body);
    }

    /** One error record. */
    public static List<Object> raise(String message, String type, String id, String category) {
        throw new CmdletError(new CmdletError.ErrorRecord(message, type, id, category, ""));
    }

    private static List<Object> set(Call call) {
        call.warn("set " + call.text("Identity").orElseThrow());
        call.progress("Setting", "half", 50);
        return List.of();
    }

    private static List<Object> echo(Call call) {
        return List.of(ShellObject.empty()
                .and("Value", call.value("Value"))
                .and("Type", Call.TypeName.of(call.value("Value"))));
    }

    private static List<Object> things(Call call) {
        return List.of(
                "native text",
                ShellObject.empty()
                        .and("State", "Monday")
                        .and(
                                "When",
                                OffsetDateTime.parse("2026-11-21T03:00:00Z")
                                        .withOffsetSameInstant(java.time.ZoneOffset.UTC))
                        .and("List", List.of("a"))
                        .and("Big", new BigDecimal("1234567890123456789012345"))
                        .and("N", 5L)
                        .and("V", "1.2")
                        .and("Nested", ShellObject.empty().and("A", Map.of("b", 1))));
    }

    private static List<Object> sleep(Call call) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        call.stopIfAsked();
        return List.of();
    }
}
