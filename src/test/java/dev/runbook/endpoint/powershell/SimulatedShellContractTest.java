package dev.runbook.endpoint.powershell;

import dev.runbook.base.Value;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.rehearsal.shell.Call;
import dev.runbook.rehearsal.shell.Cmdlet;
import dev.runbook.rehearsal.shell.CmdletError;
import dev.runbook.rehearsal.shell.ProbeModule;
import dev.runbook.rehearsal.shell.ShellFaults;
import dev.runbook.rehearsal.shell.ShellModule;
import dev.runbook.rehearsal.shell.ShellObject;
import dev.runbook.rehearsal.shell.SimulatedShell;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The contract, kept by the shell of a rehearsal. */
class SimulatedShellContractTest extends ShellContract {
    private static final ShellModule SIMULATED_ZOO = new ShellModule(
            ZOO,
            List.of(
                    new Cmdlet(
                            "Get-Animal",
                            List.of(Cmdlet.Parameter.text("Name")),
                            false,
                            SimulatedShellContractTest::animal),
                    new Cmdlet(
                            "Set-Animal",
                            List.of(
                                    Cmdlet.Parameter.text("Name").required(),
                                    Cmdlet.Parameter.oneOf("Temper", List.of("Wild", "Tame")),
                                    Cmdlet.Parameter.table("Marks"),
                                    Cmdlet.Parameter.flag("Fed"),
                                    Cmdlet.Parameter.flag("Force")),
                            true,
                            SimulatedShellContractTest::set),
                    new Cmdlet(
                            "Set-Cages",
                            List.of(Cmdlet.Parameter.listModifier("Cages").required()),
                            false,
                            SimulatedShellContractTest::cages),
                    ProbeModule.probe("Get-Lost", call -> {
                        throw CmdletError.of("it ran away", "AnimalLost", "ObjectNotFound", "Get-Lost");
                    }),
                    new Cmdlet(
                            "Get-Plain",
                            List.of(Cmdlet.Parameter.any("One"), Cmdlet.Parameter.any("Two")),
                            false,
                            call -> List.of("plain"))));

    private static final ShellModule SIMULATED_FARM = new ShellModule(
            FARM,
            List.of(
                    new Cmdlet(
                            "Get-Animal",
                            List.of(Cmdlet.Parameter.text("Name")),
                            false,
                            call -> List.of(ShellObject.empty()
                                    .and("Name", call.text("Name").orElse("") + " of the farm"))),
                    ProbeModule.probe(
                            "Get-Barn", call -> List.of(ShellObject.empty().and("Name", "barn")))));

    @Override
    PowerShellHost open(List<String> modules) {
        SimulatedShell shell = new SimulatedShell(List.of(SIMULATED_ZOO, SIMULATED_FARM), ShellFaults.NONE);
        return Shells.host(new ShellTarget(modules, "pwsh"), (program, arguments) -> {
            SimulatedShell.Ends ends = shell.connect(arguments);
            return new StreamLink(ends.answers(), ends.requests());
        });
    }

    private static List<Object> animal(Call call) {
        return List.of(ShellObject.empty()
                .and("Zeta", 1L)
                .and("Name", call.text("Name").orElse(""))
                .and("Colour", "Green")
                .and("Alpha", null)
                .and("Food", List.of("hay", "oats"))
                .and("Tame", true)
                .and("Weight", new BigDecimal("1.5")));
    }

    private static List<Object> set(Call call) {
        String fed = call.isOn("Fed") ? "True" : "False";
        return List.of(
                call.text("Name").orElseThrow() + " " + call.text("Temper").orElse("") + " " + fed);
    }

    private static List<Object> cages(Call call) {
        if (call.value("Cages") instanceof Value.Nothing) {
            return List.of("null");
        }
        Map<String, Value> lists = ((Value.Fields) call.value("Cages")).values();
        return List.of(Stream.of("Add", "Remove", "Replace")
                .map(verb -> verb.toLowerCase(java.util.Locale.ROOT) + "=" + names(lists.get(verb)))
                .collect(Collectors.joining(" ")));
    }

    private static String names(Value list) {
        return list == null
                ? ""
                : ((Value.Items) list).values().stream().map(Value::text).collect(Collectors.joining("|"));
    }
}
