package dev.runbook.rehearsal.cmdlet.mirror;

import dev.runbook.rehearsal.cmdlet.Call;
import dev.runbook.rehearsal.cmdlet.Cmdlet;
import dev.runbook.rehearsal.cmdlet.CmdletError;
import dev.runbook.rehearsal.cmdlet.Parameter;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.sqlserver.Pace;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * {@code Install-CsMirrorDatabase}: mirrors a database to the mirror of its server: backs it up to the share, restores it on the mirror, makes the two
 * partners. Everything is looked at before anything is changed, and once more when the pair is made.
 *
 * @param store what it changes
 * @param pause lets time pass
 * @param ids draws the id of the mirroring session
 * @param mirroring how long it takes in all
 */
public record InstallMirror(EstateStore store, Pace.Pause pause, Supplier<UUID> ids, Duration mirroring)
        implements Cmdlet {
    private static final List<String> PHASES = List.of("backing up", "restoring on the mirror", "synchronizing");

    @Override
    public String name() {
        return "Install-CsMirrorDatabase";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.flag("ConfiguredDatabases").in("Configured").required(),
                Parameter.text("ForInstance").in("Configured"),
                Parameter.flag("ForDefaultInstance").in("Configured"),
                Parameter.any("ExcludeDatabaseList").in("Configured"),
                MirrorTarget.type().in("Type").required(),
                Parameter.text("SqlInstanceName").in("Type"),
                Parameter.text("FileShare").required(),
                Parameter.text("SqlServerFqdn").required(),
                Parameter.flag("DropExistingDatabasesOnMirror"),
                Parameter.table("DatabasePathMap"),
                Parameter.text("Report"));
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public List<Object> run(Call call) {
        if (call.has("ConfiguredDatabases")) {
            throw CmdletError.of(
                    "This rehearsal mirrors one database at a time. Write -DatabaseType instead of -ConfiguredDatabases.",
                    "NotSimulated",
                    "NotImplemented",
                    name());
        }
        setUp(store.snapshot(), call);
        Duration phase = mirroring.dividedBy(PHASES.size());
        for (int i = 0; i < PHASES.size(); i++) {
            call.progress(
                    "Mirroring " + call.text("DatabaseType").orElseThrow(), PHASES.get(i), 100 * i / PHASES.size());
            pause.sleep(phase);
            call.stopIfAsked();
        }
        store.update(state -> setUp(state, call).done(state, ids.get()));
        return List.of();
    }

    private MirrorSetup setUp(EstateState state, Call call) {
        MirrorTarget target = MirrorTarget.of(state, call, name());
        MirrorSetup setup = new MirrorSetup(target, call.isOn("DropExistingDatabasesOnMirror"));
        setup.check(call.text("FileShare").orElseThrow(), name());
        return setup;
    }
}
