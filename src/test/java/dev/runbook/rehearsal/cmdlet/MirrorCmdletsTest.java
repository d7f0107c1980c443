package dev.runbook.rehearsal.cmdlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.base.Value;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.server.Sample;
import dev.runbook.rehearsal.shell.Call;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorCmdletsTest {
    private static final String PC11 = "pc11.litwareinc.com";

    @TempDir
    Path share;

    private Desk desk;

    @BeforeEach
    void sitDown() {
        desk = new Desk(share);
    }

    @Test
    void mirrorsADatabaseAndSaysHowFarItIs() {
        desk.run("Install-CsMirrorDatabase", mirroring());
        Database.Mirroring principal = side("SQLA\\RTC").orElseThrow();
        Database.Mirroring mirror = side("SQLAM\\RTC").orElseThrow();
        assertThat(principal)
                .isEqualTo(new Database.Mirroring(
                        Sample.id(77),
                        Database.Mirroring.Role.PRINCIPAL,
                        Database.Mirroring.State.SYNCHRONIZING,
                        "SQLAM\\RTC",
                        "TCP://sqlam.litwareinc.com:5022"));
        assertThat(mirror.role()).isEqualTo(Database.Mirroring.Role.MIRROR);
        assertThat(mirror.session()).isEqualTo(principal.session());
        Database copy = server("SQLAM\\RTC").database("mgc").orElseThrow();
        assertThat(copy.status()).isEqualTo(Database.Status.RESTORING);
        assertThat(copy.contents()).isEqualTo(Sample.CONTENTS);
        assertThat(desk.said).containsExactly("0%", "33%", "66%");
        assertThat(desk.one("Get-CsDatabaseMirrorState", Map.of("PoolFqdn", text("atl-cs-001.litwareinc.com"))))
                .containsEntry("StateOnPrimary", "Principal")
                .containsEntry("MirroringStatusOnMirror", "synchronizing");
    }

    @Test
    void refusesToMirrorWhatIsMirrored() {
        desk.run("Install-CsMirrorDatabase", mirroring());
        assertThat(desk.failure("Install-CsMirrorDatabase", mirroring()).message())
                .contains("1405");
    }

    @Test
    void refusesToMirrorWhatIsNotOnline() {
        Map<String, Value> backup = Desk.with(mirroring(), "SqlServerFqdn", text("sqlb.litwareinc.com"));
        assertThat(desk.failure("Install-CsMirrorDatabase", backup).message()).contains("927");
    }

    @Test
    void refusesAMissingShareAndAServerWithoutAMirrorAndOneThatIsDown() {
        assertThat(desk.failure("Install-CsMirrorDatabase", Desk.with(mirroring(), "FileShare", text(share + "/none")))
                        .id())
                .isEqualTo("FileShareNotFound,Install-CsMirrorDatabase");
        assertThat(desk.failure(
                                "Install-CsMirrorDatabase",
                                Desk.with(mirroring(), "SqlServerFqdn", text("sqlam.litwareinc.com")))
                        .id())
                .isEqualTo("MirrorNotDefined,Install-CsMirrorDatabase");
        desk.store.update(state -> state.change("SQLAM\\RTC", server -> server.up(false)));
        assertThat(desk.failure("Install-CsMirrorDatabase", mirroring()).category())
                .isEqualTo("ConnectionError");
    }

    @Test
    void dropsAnOldCopyOnTheMirrorOnlyWhenAskedAndNeverOneInUse() {
        desk.store.update(state -> state.change("SQLAM\\RTC", server -> server.with(Sample.restoring(1000))));
        assertThat(desk.failure("Install-CsMirrorDatabase", mirroring()).id())
                .isEqualTo("MirrorDatabaseExists,Install-CsMirrorDatabase");
        Map<String, Value> dropping = Desk.with(mirroring(), "DropExistingDatabasesOnMirror", Value.of(true));
        desk.store.update(state -> state.change(
                "SQLAM\\RTC", server -> server.with(server.sessions().plus(Desk.chat(51, PC11)))));
        assertThat(desk.failure("Install-CsMirrorDatabase", dropping).message()).contains("3702");
        desk.store.update(state -> state.change(
                "SQLAM\\RTC", server -> server.with(server.sessions().without(51))));
        desk.run("Install-CsMirrorDatabase", dropping);
        assertThat(side("SQLAM\\RTC")).isPresent();
    }

    @Test
    void endsAMirrorAndLeavesItsCopyRestoringUnlessItIsToBeDropped() {
        desk.run("Install-CsMirrorDatabase", mirroring());
        Map<String, Value> which = Map.of(
                "DatabaseType", text("PersistentChat"),
                "SqlServerFqdn", text("sqla.litwareinc.com"),
                "SqlInstanceName", text("RTC"));
        desk.run("Uninstall-CsMirrorDatabase", which);
        assertThat(side("SQLA\\RTC")).isEmpty();
        assertThat(server("SQLAM\\RTC").database("mgc").orElseThrow().status()).isEqualTo(Database.Status.RESTORING);
        assertThat(desk.failure("Uninstall-CsMirrorDatabase", which).message()).contains("1416");
        desk.run("Install-CsMirrorDatabase", Desk.with(mirroring(), "DropExistingDatabasesOnMirror", Value.of(true)));
        desk.run("Uninstall-CsMirrorDatabase", Desk.with(which, "DropExistingDatabasesOnMirror", Value.of(true)));
        assertThat(server("SQLAM\\RTC").database("mgc")).isEmpty();
    }

    @Test
    void leavesTheEstateAloneWhenItIsStoppedWhileItMirrors() {
        EstateState before = desk.store.snapshot();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> desk.run("Install-CsMirrorDatabase", mirroring()))
                .isInstanceOf(Call.Stopped.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(desk.store.snapshot()).isEqualTo(before);
    }

    private Map<String, Value> mirroring() {
        return Map.of(
                "DatabaseType", text("PersistentChat"),
                "FileShare", text(share.toString()),
                "SqlServerFqdn", text("sqla.litwareinc.com"),
                "SqlInstanceName", text("RTC"));
    }

    private Server server(String name) {
        return desk.store.snapshot().server(name);
    }

    private Optional<Database.Mirroring> side(String server) {
        return server(server).database("mgc").flatMap(Database::mirroring);
    }

    private static Value text(String text) {
        return Value.of(text);
    }
}
