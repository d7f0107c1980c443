package dev.runbook.rehearsal.cmdlet.mirror;

import dev.runbook.rehearsal.cmdlet.Call;
import dev.runbook.rehearsal.cmdlet.Cmdlet;
import dev.runbook.rehearsal.cmdlet.CmdletError;
import dev.runbook.rehearsal.cmdlet.Parameter;
import dev.runbook.rehearsal.cmdlet.ShellObject;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Mirroring;
import dev.runbook.rehearsal.model.Pool;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code Get-CsDatabaseMirrorState}: shows both sides of the mirror of mgc, of the data centre that serves. */
public record GetMirrorState(EstateStore store) implements Cmdlet {
    private static final String NOT_MIRRORED = "DatabaseInaccessibleOrMirroringNotEnabled";

    @Override
    public String name() {
        return "Get-CsDatabaseMirrorState";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.text("PoolFqdn").required(),
                MirrorTarget.type(),
                Parameter.flag("LocalStore"),
                Parameter.text("Report"));
    }

    @Override
    public boolean changes() {
        return false;
    }

    @Override
    public List<Object> run(Call call) {
        EstateState state = store.snapshot();
        Pool pool = state.pool();
        if (!pool.fqdn().equalsIgnoreCase(call.text("PoolFqdn").orElseThrow())) {
            throw CmdletError.of(
                    "Cannot find the pool \"" + call.text("PoolFqdn").orElseThrow() + "\" in the topology.",
                    "IdentityNotFound",
                    "ObjectNotFound",
                    name());
        }
        String primary = pool.settings().state() == Pool.State.NORMAL
                ? pool.topology().primary()
                : pool.topology().backup();
        return List.of(state(
                side(state, Optional.of(primary)), side(state, pool.topology().mirrorOf(primary))));
    }

    private static Object state(Optional<Mirroring> primary, Optional<Mirroring> mirror) {
        return ShellObject.empty()
                .and("DatabaseName", "mgc")
                .and("StateOnPrimary", role(primary))
                .and("StateOnMirror", role(mirror))
                .and("MirroringStatusOnPrimary", status(primary))
                .and("MirroringStatusOnMirror", status(mirror));
    }

    private static Optional<Mirroring> side(EstateState state, Optional<String> server) {
        return server.map(state::server)
                .filter(one -> one.up())
                .flatMap(one -> one.database("mgc"))
                .flatMap(Database::mirroring);
    }

    private static String role(Optional<Mirroring> side) {
        return side.map(found -> found.role() == Mirroring.Role.PRINCIPAL ? "Principal" : "Mirror")
                .orElse(NOT_MIRRORED);
    }

    private static String status(Optional<Mirroring> side) {
        return side.map(found -> found.state().name().toLowerCase(Locale.ROOT)).orElse(NOT_MIRRORED);
    }
}
