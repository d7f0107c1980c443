package dev.runbook.rehearsal.cmdlet;

import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.shell.Call;
import dev.runbook.rehearsal.shell.Cmdlet;
import dev.runbook.rehearsal.shell.CmdletError;
import dev.runbook.rehearsal.shell.ShellObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The cmdlets of the Central Management Store's replicas. */
final class ReplicationCmdlets {
    private ReplicationCmdlets() {}

    /** Shows which computers have the newest settings. */
    record GetReplicationStatus(EstateStore store, Clock clock) implements Cmdlet {
        @Override
        public String name() {
            return "Get-CsManagementStoreReplicationStatus";
        }

        @Override
        public List<Cmdlet.Parameter> parameters() {
            return List.of(Cmdlet.Parameter.text("ReplicaFqdn"));
        }

        @Override
        public boolean changes() {
            return false;
        }

        @Override
        public List<Object> run(Call call) {
            Pool pool = store.snapshot().pool();
            return call
                    .text("ReplicaFqdn")
                    .map(computer -> List.of(require(pool, computer, name())))
                    .orElse(pool.replicas())
                    .stream()
                    .map(replica -> status(pool, replica))
                    .toList();
        }

        /** The replica of a computer, or the error that there is none. */
        static Pool.Replica require(Pool pool, String computer, String cmdlet) {
            return pool.replica(computer)
                    .orElseThrow(() -> CmdletError.of(
                            "Cannot find a replica of the Central Management Store on \"" + computer + "\".",
                            "ReplicaNotFound",
                            "ObjectNotFound",
                            cmdlet));
        }

        private Object status(Pool pool, Pool.Replica replica) {
            Instant now = clock.instant();
            return ShellObject.empty()
                    .and("UpToDate", replica.upToDate(pool.revision(), now))
                    .and("ReplicaFqdn", replica.fqdn())
                    .and("LastStatusReport", replica.dead() ? null : now.atOffset(ZoneOffset.UTC))
                    .and("LastUpdateCreation", now.atOffset(ZoneOffset.UTC))
                    .and("ProductVersion", "6.0.9319.0");
        }
    }

    /** Hastens the replication of the settings. A computer that is gone does not get them this way either. */
    record InvokeReplication(ManagementTools tools) implements Cmdlet {
        @Override
        public String name() {
            return "Invoke-CsManagementStoreReplication";
        }

        @Override
        public List<Cmdlet.Parameter> parameters() {
            return List.of(Cmdlet.Parameter.text("ReplicaFqdn"), Cmdlet.Parameter.flag("Force"));
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
}
