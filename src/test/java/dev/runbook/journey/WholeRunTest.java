package dev.runbook.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Ending;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeRunTest {
    private static final Path FAILOVER = Path.of("runbooks/failover.yaml");
    private static final Path FAILBACK = Path.of("runbooks/failback.yaml");

    @TempDir
    Path folder;

    @Test
    void theFailoverBringsTheBackupServerIntoService() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-lost")) {
            assertThat(rig.run(FAILOVER, rig.file("journal.jsonl"))).isEqualTo(Ending.DONE);
            assertThat(rig.estate.projection())
                    .containsPattern("database mgc: ONLINE, FULL, MULTI_USER, .*225 messages, PRINCIPAL of SQLBM")
                    .contains("pool atl-cs-001.litwareinc.com: FailedOver")
                    .contains("active: pc21.litwareinc.com, pc22.litwareinc.com")
                    .doesNotContain("receives");
        }
    }

    @Test
    void theFailbackBringsThePrimaryIntoServiceAndShipsItsLogAgain() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-rebuilt")) {
            assertThat(rig.run(FAILBACK, rig.file("journal.jsonl"))).isEqualTo(Ending.DONE);
            assertThat(rig.estate.projection())
                    .contains("pool atl-cs-001.litwareinc.com: Normal")
                    .contains("receives SQLA\\RTC.mgc through D:\\pchatlogs")
                    .contains("restored mgc: L");
        }
    }

    @Test
    void theFailbackRunsOnTheEstateThatTheFailoverLeft() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-lost")) {
            assertThat(rig.run(FAILOVER, rig.file("over.jsonl"))).isEqualTo(Ending.DONE);
            rig.estate.transition("DC1 rebuilt").orElseThrow();
            assertThat(rig.run(FAILBACK, rig.file("back.jsonl"))).isEqualTo(Ending.DONE);
            assertThat(rig.estate.projection())
                    .contains("pool atl-cs-001.litwareinc.com: Normal")
                    .contains("active: pc11.litwareinc.com, pc12.litwareinc.com")
                    .contains("receives SQLA\\RTC.mgc through D:\\pchatlogs");
        }
    }

    @Test
    void aSecondFailoverFindsEverythingDoneAndChangesNothing() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-lost")) {
            rig.run(FAILOVER, rig.file("first.jsonl"));
            String before = rig.estate.projection();

            Ending second = rig.run(FAILOVER, rig.file("second.jsonl"));

            assertThat(second).isEqualTo(Ending.DONE);
            assertThat(rig.estate.projection()).isEqualTo(before);
        }
    }
}
