package dev.runbook.rehearsal.cmdlet.pool;

import dev.runbook.rehearsal.cmdlet.Call;
import dev.runbook.rehearsal.cmdlet.Cmdlet;
import dev.runbook.rehearsal.cmdlet.Parameter;
import dev.runbook.rehearsal.cmdlet.ShellObject;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Pool;
import java.util.List;

/** Shows which database serves the pool. */
record GetChatState(EstateStore store) implements Cmdlet {
    @Override
    public String name() {
        return "Get-CsPersistentChatState";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.text("Identity"), Parameter.text("Filter"), Parameter.flag("LocalStore"));
    }

    @Override
    public boolean changes() {
        return false;
    }

    @Override
    public List<Object> run(Call call) {
        Pool pool = store.snapshot().pool();
        call.text("Identity").ifPresent(identity -> PoolIdentity.require(pool, identity, name()));
        return List.of(ShellObject.empty()
                .and("Identity", PoolIdentity.of(pool))
                .and("PoolState", pool.settings().state().word()));
    }
}
