package dev.runbook.rehearsal.cmdlet.pool;

import dev.runbook.rehearsal.cmdlet.Call;
import dev.runbook.rehearsal.cmdlet.Cmdlet;
import dev.runbook.rehearsal.cmdlet.Parameter;
import dev.runbook.rehearsal.cmdlet.ShellObject;
import dev.runbook.rehearsal.model.EstateStore;
import java.util.List;

/** Shows whether services of the product run on a computer. */
record GetWindowsService(EstateStore store) implements Cmdlet {
    @Override
    public String name() {
        return "Get-CsWindowsService";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.text("Name"), Parameter.text("ComputerName"), Parameter.flag("ExcludeActivityLevel"));
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
