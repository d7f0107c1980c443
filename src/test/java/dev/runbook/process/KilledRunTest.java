package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class KilledRunTest {
    /** Slow enough to be killed while a RESTORE is under way. */
    private static final Drill.Pace SLOW = new Drill.Pace("700ms", "30ms");

    @TempDir
    Path folder;

    @Test
    void aFailoverThatIsKilledInARestoreEndsAsOneThatWasNot() {
        try (Drill drill = Procedure.FAILOVER.drill(folder, SLOW)) {
            killDuring("(2 of 5): RESTORE LOG", Procedure.FAILOVER, drill);
            Path run = drill.onlyRun();
            try (Program resumed = Procedure.FAILOVER.resume(drill, run)) {
                assertThat(resumed.end().exit()).as(resumed.printed()).isZero();
            }

            assertThat(drill.projection()).isEqualTo(Procedure.FAILOVER.uninterrupted());
            // five files, one of them twice, for its restore was cut off
            assertThat(Drill.sent(run, "3")).hasSize(6);
            assertThat(Drill.sent(run, "3").stream().distinct()).hasSize(5);
            assertThat(Drill.sent(run, "4.2")).hasSize(1);
            assertNothingUnrepeatableTwice(Procedure.FAILOVER, run);
        }
    }

    @Test
    void aFailbackThatIsKilledInARestoreGoesOnFromACopyOfItsFolder() throws IOException {
        try (Drill drill = Procedure.FAILBACK.drill(folder, SLOW)) {
            killDuring("RESTORE DATABASE [mgc]", Procedure.FAILBACK, drill);
            Path run = drill.onlyRun();
            Path other = Files.createDirectories(folder.resolve("share"));
            Path moved = Files.move(run, other.resolve(run.getFileName()));
            try (Program resumed = Procedure.FAILBACK.resume(drill, moved.getFileName(), "--runs", other.toString())) {
                assertThat(resumed.end().exit()).as(resumed.printed()).isZero();
            }

            assertThat(drill.projection()).isEqualTo(Procedure.FAILBACK.uninterrupted());
            assertThat(Drill.sent(moved, "4")).hasSize(2);
            assertNothingUnrepeatableTwice(Procedure.FAILBACK, moved);
        }
    }

    private static void killDuring(String statement, Procedure procedure, Drill drill) {
        try (Program run = procedure.begin(drill)) {
            run.await(statement);
            run.kill();
        }
        List<RunEvent> events = Drill.events(drill.onlyRun());
        assertThat(events.get(events.size() - 1))
                .as("the statement was under way when the run was killed")
                .isInstanceOf(RunEvent.Sent.class);
    }

    private static void assertNothingUnrepeatableTwice(Procedure procedure, Path run) {
        for (String step : procedure.unrepeatable()) {
            assertThat(Drill.sent(run, step)).as("what step %s sent", step).doesNotHaveDuplicates();
        }
    }
}
