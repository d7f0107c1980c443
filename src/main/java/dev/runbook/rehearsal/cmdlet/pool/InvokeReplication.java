package dev.runbook.rehearsal.cmdlet.pool;

import dev.runbook.rehearsal.cmdlet.Call;
import dev.runbook.rehearsal.cmdlet.Cmdlet;
import dev.runbook.rehearsal.cmdlet.Parameter;
import dev.runbook.rehearsal.model.Pool;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Hastens the replication of the settings. A computer that is gone does not get them this way either. */
record InvokeReplication(ManagementTools tools) implements Cmdlet {
    @Override
    public String name() {
        return "Invoke-CsManagementStoreReplication";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.text("ReplicaFqdn"), Parameter.flag("Force"));
    }

    /** It takes neither -WhatIf nor -Confirm. */
    @Override
    public boolean changes() {
        return false;
    }

    @Override
    public List<Object> run(Call call) {
        Instant soon = tools.clock().instant().plus(tools.timing().hastened());
        tools.store().update(state -> {
            Optional<String> only = call.text("ReplicaFqdn");
            only.ifPresent(computer -> GetReplicationStatus.require(state.pool(), computer, name()));
            return state.with(state.pool()
                    .withReplicas(replica ->
                            only.map(replica.fqdn()::equalsIgnoreCase).orElse(true)
                                    ? hastened(replica, soon)
                                    : replica));
        });
        return List.of();
    }

    private static Pool.Replica hastened(Pool.Replica replica, Instant soon) {
        Optional<Instant> due = replica.due().map(when -> when.isBefore(soon) ? when : soon);
        return new Pool.Replica(replica.fqdn(), replica.dead(), replica.revision(), due);
    }
}
