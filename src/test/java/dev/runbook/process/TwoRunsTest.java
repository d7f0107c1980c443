package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class TwoRunsTest {
    private static final int BUSY = 75;

    @TempDir
    static Path folder;

    private static Drill drill;
    private static Program first;
    private static Path firstRun;

    @BeforeAll
    static void oneRunIsUnderWay() {
        drill = Drill.start(folder, "dc1-lost", new Drill.Pace("60s", "30ms"));
        drill.write("first.yaml", Runbooks.good());
        drill.write("other.yaml", Runbooks.failingAtOnce().replace("runbook: small", "runbook: other"));
        first = drill.begin("run", "first.yaml", "--vars", "site.yaml").await(": BACKUP DATABASE");
        firstRun = drill.onlyRun();
    }

    @AfterAll
    static void theFirstIsStillUnderWay() {
        boolean alive = first.isAlive();
        first.close();
        drill.close();
        assertThat(alive).as(first.printed()).isTrue();
    }

    @Test
    void aSecondRunOfTheRunbookIsRefusedAndToldOfTheFirst() {
        Program.Ended second = drill.run("run", "first.yaml", "--vars", "site.yaml");

        assertThat(second.exit()).as(second.printed()).isEqualTo(BUSY);
        assertThat(second.printed())
                .contains("under way now: runs/" + firstRun.getFileName(), System.getProperty("user.name"), "since 20");
    }

    @Test
    void theRunItselfIsNotResumedMeanwhile() {
        Program.Ended second = drill.run("resume", firstRun.toString(), "--vars", "site.yaml");

        assertThat(second.exit()).as(second.printed()).isEqualTo(BUSY);
        assertThat(second.printed())
                .contains("is being worked on by", firstRun.toString(), System.getProperty("user.name"));
    }

    @Test
    void aRunOfAnotherRunbookFromElsewhereIsRefusedByTheServerAndToldOfTheFirst() {
        Program.Ended second = drill.run("run", "other.yaml", "--vars", "site.yaml", "--runs", "elsewhere");

        assertThat(second.exit()).as(second.printed()).isEqualTo(BUSY);
        assertThat(second.printed()).contains("Another run works on this server: runbook " + firstRun.getFileName());
    }

    @Test
    void theListSaysThatItIsUnderWay() {
        assertThat(drill.run("list").printed()).contains(firstRun.getFileName().toString(), "under way");
    }
}
