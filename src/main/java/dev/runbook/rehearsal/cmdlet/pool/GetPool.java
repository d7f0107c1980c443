package dev.runbook.rehearsal.cmdlet.pool;

import dev.runbook.rehearsal.cmdlet.Call;
import dev.runbook.rehearsal.cmdlet.Cmdlet;
import dev.runbook.rehearsal.cmdlet.CmdletError;
import dev.runbook.rehearsal.cmdlet.Parameter;
import dev.runbook.rehearsal.cmdlet.ShellObject;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Pool;
import java.util.List;

/** Shows the pool and its computers. */
record GetPool(EstateStore store) implements Cmdlet {
    @Override
    public String name() {
        return "Get-CsPool";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.text("Identity"));
    }

    @Override
    public boolean changes() {
        return false;
    }

    @Override
    public List<Object> run(Call call) {
        Pool pool = store.snapshot().pool();
        String wanted = call.text("Identity").orElse(pool.fqdn());
        if (!wanted.equalsIgnoreCase(pool.fqdn())) {
            throw CmdletError.of(
                    "Cannot find the pool \"" + wanted + "\" in the topology.",
                    "IdentityNotFound",
                    "ObjectNotFound",
                    name());
        }
        return List.of(ShellObject.empty()
                .and("Identity", pool.fqdn())
                .and("Fqdn", pool.fqdn())
                .and("Services", List.of(PoolIdentity.of(pool)))
                .and("Computers", pool.topology().members())
                .and("Site", "Site:1"));
    }
}
