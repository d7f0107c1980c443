package dev.runbook.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Ending;
import dev.runbook.state.RunState;
import dev.runbook.state.StepStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The name of a file that somebody puts into the copy folder is a name, and no pattern that fits every other one. */
class FileNameWildcardsTest {
    private static final Path FAILOVER = Path.of("runbooks/failover.yaml");
    private static final String GATE = "0.1-folder";

    @TempDir
    Path folder;

    @Test
    void aFileOfWildcardsDoesNotStandForTheLastCopiedBackup() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-lost")) {
            Path last = last(rig.ground().resolve("copy-folder"));
            Files.move(last, last.resolveSibling("mgc_%.trn"));

            Ending ending = rig.run(FAILOVER, rig.file("journal.jsonl"));

            RunState state = RunState.of(rig.entries("journal.jsonl"));
            assertThat(ending).isEqualTo(Ending.FAILED_UNCHANGED);
            assertThat(state.step(GATE).status()).isEqualTo(StepStatus.FAILED);
        }
    }

    private static Path last(Path copies) throws IOException {
        try (Stream<Path> files = Files.list(copies)) {
            List<Path> backups = files.filter(
                            file -> file.getFileName().toString().matches("mgc_\\d+\\.trn"))
                    .sorted()
                    .toList();
            return backups.get(backups.size() - 1);
        }
    }
}
