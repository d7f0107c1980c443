package dev.runbook.rehearsal.cmdlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Value;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.shell.Call;
import dev.runbook.rehearsal.shell.Cmdlet;
import dev.runbook.rehearsal.shell.CmdletError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementToolsTest {
    private static final String POOL = "PersistentChatServer:atl-cs-001.litwareinc.com";
    private static final String PC11 = "pc11.litwareinc.com";
    private static final String PC21 = "pc21.litwareinc.com";

    private final Desk desk = new Desk();

    @Test
    void setsThePoolStateAndShowsIt() {
        desk.run("Set-CsPersistentChatState", Map.of("Identity", text(POOL), "PoolState", text("failedover")));
        assertThat(desk.one("Get-CsPersistentChatState", Map.of()))
                .containsEntry("Identity", POOL)
                .containsEntry("PoolState", "FailedOver");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PersistentChatServer:ATL-CS-001.litwareinc.com",
                "service:PersistentChatServer:atl-cs-001.litwareinc.com",
                "service:atl-cs-001.litwareinc.com"
            })
    void takesEveryFormOfTheIdentityThatTheDocumentationUses(String identity) {
        desk.run("Set-CsPersistentChatState", Map.of("Identity", text(identity), "PoolState", text("FailedOver")));
        assertThat(pool().settings().state()).isEqualTo(Pool.State.FAILED_OVER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"service: atl-cs-001.litwareinc.com", "atl-cs-001.litwareinc.com", "service:other.contoso.com"})
    void refusesAnIdentityThatMeansNothing(String identity) {
        CmdletError.ErrorRecord error = desk.failure(
                "Set-CsPersistentChatState", Map.of("Identity", text(identity), "PoolState", text("FailedOver")));
        assertThat(error.id()).isEqualTo("IdentityNotFound,Set-CsPersistentChatState");
        assertThat(error.category()).isEqualTo("ObjectNotFound");
        assertThat(pool().settings().state()).isEqualTo(Pool.State.NORMAL);
    }

    @Test
    void changesNothingWhenTheStateIsSetTwice() {
        desk.run("Set-CsPersistentChatState", Map.of("Identity", text(POOL), "PoolState", text("FailedOver")));
        EstateState first = desk.store.snapshot();
        desk.pass(Duration.ofMinutes(1));
        desk.run("Set-CsPersistentChatState", Map.of("Identity", text(POOL), "PoolState", text("FailedOver")));
        assertThat(desk.store.snapshot()).isEqualTo(first);
    }

    @Test
    void clearsTheActiveServersWithNull() {
        desk.run("Set-CsPersistentChatActiveServer", Map.of("ActiveServers", Value.NOTHING));
        assertThat(desk.one("Get-CsService", Map.of("PersistentChatServer", Value.of(true))))
                .containsEntry("ActiveServers", List.of())
                .containsEntry("InactiveServers", List.of(PC11, PC21));
    }

    @Test
    void addsRemovesAndReplacesActiveServers() {
        activate(Map.of("Add", texts(PC21, PC11)));
        assertThat(pool().settings().active()).containsExactly(PC11, PC21);
        activate(Map.of("Remove", texts("PC11.litwareinc.com")));
        assertThat(pool().settings().active()).containsExactly(PC21);
        activate(Map.of("Replace", text(PC11)));
        assertThat(pool().settings().active()).containsExactly(PC11);
        desk.run("Set-CsPersistentChatActiveServer", Map.of("Swap", Value.of(true)));
        assertThat(pool().settings().active()).containsExactly(PC21);
    }

    @Test
    void refusesActiveServersThatThePoolDoesNotHave() {
        assertThat(desk.failure(
                                "Set-CsPersistentChatActiveServer",
                                Map.of("ActiveServers", texts("pc99.litwareinc.com")))
                        .id())
                .isEqualTo("ServerNotInPool,Set-CsPersistentChatActiveServer");
        assertThat(desk.failure(
                                "Set-CsPersistentChatActiveServer",
                                Map.of("ActiveServers", fields(Map.of("Set", text(PC11)))))
                        .message())
                .contains("Valid list modifiers are Add, Remove, and Replace");
    }

    @Test
    void connectsRunningActiveServersToTheDatabaseThatServesAndLeavesTheOthers() {
        activate(Map.of("Replace", text(PC21)));
        desk.run("Set-CsPersistentChatState", Map.of("PoolState", text("FailedOver")));
        assertThat(service(PC21).attached()).contains("SQLB\\RTC");
        desk.run("Set-CsPersistentChatActiveServer", Map.of("ActiveServers", Value.NOTHING));
        assertThat(service(PC21).attached()).as("keeps its connection").contains("SQLB\\RTC");
    }

    @Test
    void refusesAStateThatIsNoneAndAMissingParameterAndTwoSets() {
        assertThat(desk.failure("Set-CsPersistentChatState", Map.of("PoolState", text("Failed")))
                        .id())
                .isEqualTo("ParameterArgumentValidationError,Set-CsPersistentChatState");
        assertThat(desk.failure("Uninstall-CsMirrorDatabase", Map.of("SqlServerFqdn", text("sqla.litwareinc.com")))
                        .message())
                .isEqualTo("Cannot process command because of one or more missing mandatory parameters: DatabaseType.");
        assertThat(desk.failure(
                                "Set-CsPersistentChatActiveServer",
                                Map.of("Swap", Value.of(true), "ActiveServers", Value.NOTHING))
                        .id())
                .isEqualTo("AmbiguousParameterSet,Set-CsPersistentChatActiveServer");
        assertThat(desk.failure("Get-CsPersistentChatState", Map.of("Confirm", Value.of(false)))
                        .id())
                .isEqualTo("NamedParameterNotFound,Get-CsPersistentChatState");
    }

    @Test
    void hasNoCmdletThatMicrosoftNeverMade() {
        assertThat(desk.modules())
                .hasSize(2)
                .allSatisfy(module -> assertThat(module.cmdlets())
                        .extracting(Cmdlet::name)
                        .doesNotContain("Get-CsPersistentChatActiveServer")
                        .contains("Get-CsDatabaseMirrorState", "Get-CsPool"));
    }

    @Test
    void replicatesAfterAWhileAndSoonerWhenHastenedAndNeverToTheDead() {
        desk.store.update(state -> state.with(state.pool()
                .withReplicas(replica -> new Pool.Replica(
                        replica.fqdn(), replica.fqdn().equals(PC11), replica.revision(), replica.due()))));
        activate(Map.of("Replace", text(PC21)));
        assertThat(upToDate(PC21)).isFalse();
        desk.pass(Duration.ofSeconds(2));
        desk.run("Invoke-CsManagementStoreReplication", Map.of("ReplicaFqdn", text(PC21)));
        assertThat(upToDate(PC21)).isFalse();
        desk.pass(Duration.ofSeconds(1));
        assertThat(upToDate(PC21)).isTrue();
        desk.pass(Duration.ofMinutes(10));
        assertThat(upToDate(PC11)).isFalse();
        assertThat(desk.failure("Get-CsManagementStoreReplicationStatus", Map.of("ReplicaFqdn", text("nobody")))
                        .category())
                .isEqualTo("ObjectNotFound");
    }

    @Test
    void stopsAServiceWithItsSessionsAndStartsItAgain() {
        desk.store.update(state -> state.change(
                "SQLA\\RTC",
                server ->
                        server.with(server.sessions().plus(Desk.chat(51, PC11)).plus(Desk.chat(52, PC21)))));
        desk.run("Stop-CsWindowsService", Map.of("Name", text("RTCCHAT"), "ComputerName", text(PC11)));
        assertThat(status(PC11)).isEqualTo("Stopped");
        assertThat(status(PC21)).isEqualTo("Running");
        assertThat(server("SQLA\\RTC").sessions().connections())
                .extracting(Sessions.Connection::spid)
                .containsExactly(52);
        desk.run("Start-CsWindowsService", Map.of("Name", text("RTCCHAT"), "ComputerName", text(PC11)));
        assertThat(status(PC11)).isEqualTo("Running");
        assertThat(service(PC11).attached()).contains("SQLA\\RTC");
    }

    @Test
    void cannotAskADeadComputer() {
        desk.store.update(state -> state.with(
                state.pool().withReplicas(replica -> new Pool.Replica(replica.fqdn(), true, 1, replica.due()))));
        assertThat(desk.failure("Get-CsWindowsService", Map.of("Name", text("RTCCHAT"), "ComputerName", text(PC11)))
                        .category())
                .isEqualTo("ConnectionError");
    }

    @Test
    void changesNothingUnderWhatIf() {
        EstateState before = desk.store.snapshot();
        Call call = desk.call(
                "Set-CsPersistentChatState", Map.of("PoolState", text("FailedOver"), "WhatIf", Value.of(true)));
        assertThat(call.isWhatIf()).isTrue();
        assertThat(desk.store.snapshot()).isEqualTo(before);
    }

    @Test
    void namesTheDatabasesOfThePool() {
        assertThat(desk.one("Get-CsService", Map.of("PersistentChatServer", Value.of(true))))
                .containsEntry("Identity", POOL)
                .containsEntry("PersistentChatDatabase", "PersistentChatDatabase:sqla.litwareinc.com\\RTC")
                .containsEntry(
                        "BackupMirrorPersistentChatDatabase", "PersistentChatDatabase:sqlbm.litwareinc.com\\RTC");
        assertThat(desk.run(
                        "Get-CsService", Map.of("PersistentChatServer", Value.of(true), "PoolFqdn", text("other.x"))))
                .isEmpty();
        assertThat(desk.run("Get-CsService", Map.of("PersistentChatDatabase", Value.of(true))))
                .hasSize(4);
        assertThat(desk.one("Get-CsPool", Map.of())).containsEntry("Computers", List.of(PC11, PC21));
    }

    private void activate(Map<String, Value> change) {
        desk.run("Set-CsPersistentChatActiveServer", Map.of("ActiveServers", fields(change)));
    }

    private boolean upToDate(String computer) {
        return (Boolean) desk.one("Get-CsManagementStoreReplicationStatus", Map.of("ReplicaFqdn", text(computer)))
                .get("UpToDate");
    }

    private Object status(String computer) {
        return desk.one("Get-CsWindowsService", Map.of("Name", text("RTCCHAT"), "ComputerName", text(computer)))
                .get("Status");
    }

    private Pool pool() {
        return desk.store.snapshot().pool();
    }

    private Pool.WindowsService service(String computer) {
        return pool().service(computer, "RTCCHAT").orElseThrow();
    }

    private Server server(String name) {
        return desk.store.snapshot().server(name);
    }

    private static Value text(String text) {
        return Value.of(text);
    }

    private static Value texts(String... texts) {
        return Value.of(List.of(texts));
    }

    private static Value fields(Map<String, Value> fields) {
        return new Value.Fields(fields);
    }
}
