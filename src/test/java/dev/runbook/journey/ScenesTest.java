package dev.runbook.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both runbooks in every scene that they may meet: each ends as it promises, or stops at the step that is there for it. */
class ScenesTest {
    private static final String SQLA_UP = "    login: {user: runbook, sysadmin: true}\n    encrypt: true\n"
            + "    agent: {account: 'LITWARE\\sqla-agent', running: true}\n";
    private static final String NO_MIRRORS_OF_POOL = "databases: {primary: sqla, backup: sqlb}";
    private static final String MIRRORS_OF_POOL =
            "databases: {primary: sqla, mirror: sqlam, backup: sqlb, backup-mirror: sqlbm}";

    @TempDir
    Path folder;

    /**
     * A runbook in a scene.
     *
     * @param stops the step at which it stops, and a part of what it says there; empty where it ends whole
     * @param acted steps that have to do something
     */
    private record Case(
            String name,
            String runbook,
            String scene,
            List<String> changes,
            Optional<String[]> stops,
            List<String> acted) {
        static Case whole(String name, String runbook, String scene, String... changes) {
            return new Case(name, runbook, scene, List.of(changes), Optional.empty(), List.of());
        }

        Case at(String step, String says) {
            return new Case(name, runbook, scene, changes, Optional.of(new String[] {step, says}), acted);
        }

        Case acting(String... steps) {
            return new Case(name, runbook, scene, changes, stops, List.of(steps));
        }

        @Override
        public String toString() {
            return runbook + ": " + name;
        }
    }

    static Stream<Case> cases() {
        return Stream.concat(failovers(), failbacks());
    }

    private static Stream<Case> failovers() {
        return Stream.of(
                Case.whole("data centre 1 is lost", "failover", "dc1-lost").acting("0.4-silent", "4.2"),
                Case.whole("the old primary answers, mirrored, with somebody connected", "failover", "dc1-answers")
                        .acting("0.4-mirror", "0.4-drain", "0.4", "3-standby"),
                Case.whole(
                                "the old primary answers, and the share is lost",
                                "failover",
                                "dc1-answers",
                                "variables:\n",
                                "variables:\n  log_share_lost: 'true'\n")
                        .acting("0.4-mirror", "0.4-offline", "2-lost"),
                Case.whole(
                                "the old primary is down, and its mirror waits for it",
                                "failover",
                                "dc1-answers",
                                SQLA_UP,
                                SQLA_UP + "    running: false\n")
                        .acting("0.4-silent", "0.4-partner"),
                Case.whole("the mirror of the old primary took over", "failover", "dc1-took-over")
                        .at("0.0", "no mirror role on the old primary"),
                Case.whole(
                                "the mirror took over, and the old primary is down",
                                "failover",
                                "dc1-took-over",
                                SQLA_UP,
                                SQLA_UP + "    running: false\n")
                        .at("0.0-mirror", "no mgc in use on the mirror of the old primary"),
                Case.whole(
                                "the old primary lets nobody in",
                                "failover",
                                "dc1-answers",
                                SQLA_UP,
                                SQLA_UP.replace("sysadmin: true", "sysadmin: true, refused: true"))
                        .at("0.0", "18456"),
                Case.whole(
                                "no old primary is named",
                                "failover",
                                "dc1-lost",
                                "  primary_sql: {server: sqla}\n  primary_mirror_sql: {server: sqlam}\n",
                                "")
                        .acting("0.4-unnamed"),
                Case.whole(
                        "no mirror anywhere",
                        "failover",
                        "dc1-lost",
                        MIRRORS_OF_POOL,
                        NO_MIRRORS_OF_POOL,
                        "  primary_mirror_sql: {server: sqlam}\n",
                        "",
                        "  backup_mirror_sql: {server: sqlbm}\n",
                        "",
                        "  compliance_sql: {server: sqlb}\n",
                        ""),
                Case.whole(
                                "users read mgc while it waits",
                                "failover",
                                "dc1-lost",
                                "mgc: {state: shipped} ",
                                "mgc: {state: standby} ")
                        .acting(),
                Case.whole(
                        "SQL Server Agent of data centre 2 is stopped",
                        "failover",
                        "dc1-lost",
                        "sqlb-agent', running: true",
                        "sqlb-agent', running: false"),
                Case.whole(
                                "the login is no administrator",
                                "failover",
                                "dc1-lost",
                                "    login: {user: runbook, sysadmin: true}\n    encrypt",
                                "    login: {user: runbook, sysadmin: false}\n    encrypt")
                        .at("0.1", "is_sysadmin"),
                Case.whole(
                                "the Windows service has another name",
                                "failover",
                                "dc1-lost",
                                "RTCCHAT: Running",
                                "RTCCHAT2: Running")
                        .at("0.1", "RTCCHAT"));
    }

    private static Stream<Case> failbacks() {
        return Stream.of(
                Case.whole("data centre 1 is rebuilt", "failback", "dc1-rebuilt")
                        .acting("0.3", "0.4", "3-drain", "3-freeze", "4-mirror", "4-open", "5-mirror", "1-stop-dc1"),
                Case.whole(
                        "no mirror anywhere",
                        "failback",
                        "dc1-rebuilt",
                        MIRRORS_OF_POOL,
                        NO_MIRRORS_OF_POOL,
                        "  primary_mirror_sql: {server: sqlam}\n",
                        "",
                        "  backup_mirror_sql: {server: sqlbm}\n",
                        "",
                        "  compliance_sql: {server: sqlb}\n",
                        "",
                        ", mirror: sqlam",
                        "",
                        "state: online, mirror: sqlbm",
                        "state: online"),
                Case.whole("there was no failover", "failback", "dc1-answers").at("0.1", "FailedOver"),
                Case.whole(
                                "SQL Server Agent of the primary is stopped",
                                "failback",
                                "dc1-rebuilt",
                                "sqla-agent', running: true",
                                "sqla-agent', running: false")
                        .at("0.1", "SQL Server Agent on the primary"),
                Case.whole(
                                "the primary was not rebuilt, and its mgc takes messages",
                                "failback",
                                "dc1-rebuilt",
                                "mgc: {state: online, mirror: sqlam, ",
                                "mgc: {state: online, family: mgc, mirror: sqlam, ")
                        .at("0.1", "no mgc of DC2 that takes writes on the primary"),
                Case.whole(
                                "the primary mirror has an mgc of its own",
                                "failback",
                                "dc1-rebuilt",
                                "mgc: {state: online, mirror: sqlam, ",
                                "mgc: {state: online, ",
                                "    agent: {account: 'LITWARE\\sqlam-agent', running: true}\n",
                                "    agent: {account: 'LITWARE\\sqlam-agent', running: true}\n"
                                        + "    databases: {mgc: {state: online, tables: {tblChat: 7}}}\n")
                        .at("0.1", "no foreign mgc on the primary mirror"),
                Case.whole(
                                "the primary mirror mirrors another server",
                                "failback",
                                "dc1-rebuilt",
                                "mgc: {state: online, mirror: sqlam, tables",
                                "mgc: {state: online, tables",
                                "      mgc: {state: online, mirror: sqlbm}",
                                "      mgc: {state: online, mirror: sqlam}")
                        .at("0.1", "no foreign mgc on the primary mirror"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void endsAsItPromisesOrStopsWhereItShould(Case one) throws IOException {
        String scene = one.changes().isEmpty()
                ? one.scene()
                : Variant.of(folder, one.scene(), one.changes().toArray(String[]::new));
        try (Rig rig = new Rig(folder, scene)) {
            EstateInvariants invariants = new EstateInvariants(rig.estate);

            Ending end = rig.run(Path.of("runbooks", one.runbook() + ".yaml"), rig.file("journal.jsonl"));

            List<RunEvent> events =
                    rig.entries("journal.jsonl").stream().map(Entry::event).toList();
            assertThat(invariants.broken(rig.entries("journal.jsonl"), last(events)))
                    .isEmpty();
            if (one.stops().isPresent()) {
                assertThat(end).as(last(events)).isEqualTo(Ending.FAILED_UNCHANGED);
                assertThat(events).anySatisfy(event -> {
                    assertThat(event).isInstanceOf(RunEvent.StepFailed.class);
                    RunEvent.StepFailed failed = (RunEvent.StepFailed) event;
                    assertThat(failed.step()).isEqualTo(one.stops().get()[0]);
                    assertThat(failed.trouble().toString()).contains(one.stops().get()[1]);
                });
            } else {
                assertThat(end).as(tail(events)).isEqualTo(Ending.DONE);
                assertThat(invariants.missing(one.runbook())).isEmpty();
                assertThat(events)
                        .filteredOn(RunEvent.StepDone.class::isInstance)
                        .extracting(event -> ((RunEvent.StepDone) event).step())
                        .containsAll(one.acted());
            }
        }
    }

    private static String last(List<RunEvent> events) {
        return events.get(events.size() - 1).toString();
    }

    private static String tail(List<RunEvent> events) {
        return events.subList(Math.max(0, events.size() - 5), events.size()).toString();
    }
}
