package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.golden.GoldenFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("process")
class UninterruptedRunTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void leavesTheEstateAsItIsKept(Procedure procedure) throws IOException {
        try (Drill drill = procedure.drill(folder, Drill.Pace.FAST);
                Program run = procedure.begin(drill)) {
            Program.Ended ended = run.end();

            assertThat(ended.exit()).as(ended.printed()).isZero();
            assertThat(ended.printed()).contains("DONE.").doesNotContain("Exception");
            GoldenFolder.verify(procedure.golden(), Set.of(), "estate.txt", drill.projection() + "\n");
        }
    }
}
