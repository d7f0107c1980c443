package dev.runbook.rehearsal.cmdlet.mirror;

import dev.runbook.rehearsal.cmdlet.Call;
import dev.runbook.rehearsal.cmdlet.Cmdlet;
import dev.runbook.rehearsal.cmdlet.CmdletError;
import dev.runbook.rehearsal.cmdlet.Parameter;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Mirroring;
import dev.runbook.rehearsal.sqlserver.statement.Mirrorings;
import java.util.List;

/** {@code Uninstall-CsMirrorDatabase}: ends the mirroring of a database. The copy on the mirror stays as it is, restoring, unless it is to be dropped. */
public record UninstallMirror(EstateStore store) implements Cmdlet {
    @Override
    public String name() {
        return "Uninstall-CsMirrorDatabase";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                MirrorTarget.type().required(),
                Parameter.text("SqlServerFqdn").required(),
                Parameter.text("SqlInstanceName"),
                Parameter.flag("DropExistingDatabasesOnMirror"),
                Parameter.text("Report"));
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public List<Object> run(Call call) {
        store.update(state -> ended(state, call));
        return List.of();
    }

    private EstateState ended(EstateState state, Call call) {
        MirrorTarget target = MirrorTarget.of(state, call, name());
        target.principal()
                .database(target.database())
                .flatMap(Database::mirroring)
                .filter(side -> side.role() == Mirroring.Role.PRINCIPAL)
                .orElseThrow(() -> CmdletError.of(
                        "The database \"" + target.database() + "\" on "
                                + target.principal().name() + " is not a principal of database mirroring (1416).",
                        "DatabaseNotMirrored",
                        "InvalidOperation",
                        name()));
        EstateState alone = Mirrorings.end(state, target.principal().name(), target.database());
        return call.isOn("DropExistingDatabasesOnMirror")
                ? alone.change(target.mirror().name(), server -> server.without(target.database()))
                : alone;
    }
}
