package dev.runbook.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({"dc1-lost, failover", "dc1-rebuilt, failback"})
    void aFileOfAnEditorOnWindowsRunsTheSame(String scene, String name) throws IOException {
        Path plain = Path.of("runbooks", name + ".yaml");
        Path windows = folder.resolve(name + ".yaml");
        Files.writeString(windows, "\uFEFF" + Files.readString(plain).replace("\n", "\r\n"));

        assertThat(course(folder.resolve("w"), scene, windows)).isEqualTo(course(folder.resolve("p"), scene, plain));
    }

    /** All that was sent, and how the estate stands then. */
    private static String course(Path ground, String scene, Path runbook) throws IOException {
        try (Rig rig = new Rig(Files.createDirectories(ground), scene)) {
            assertThat(rig.run(runbook, rig.file("journal.jsonl"))).isEqualTo(Ending.DONE);
            String sent = rig.entries("journal.jsonl").stream()
                    .map(Entry::event)
                    .filter(RunEvent.Sent.class::isInstance)
                    .map(Object::toString)
                    .collect(Collectors.joining("\n"));
            return (sent + rig.estate.projection()).replace(ground.toString(), "GROUND");
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
