package dev.runbook.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Actor;
import dev.runbook.language.Runbook;
import dev.runbook.library.Library;
import dev.runbook.library.RunbookFile;
import dev.runbook.lint.Linter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlannedRunTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:12:09.123456Z");

    @Test
    void runsThatBeginInOneSecondInSeveralFoldersHaveIdsOfTheirOwn() {
        List<String> ids = Stream.of(
                        id(NOW, new Actor("jdoe", "jump1", 42, "1")),
                        id(NOW, new Actor("jdoe", "jump1", 43, "1")),
                        id(NOW, new Actor("jdoe", "jump2", 42, "1")),
                        id(NOW, new Actor("asmith", "jump1", 42, "1")),
                        id(NOW.plusNanos(1_000_000), new Actor("jdoe", "jump1", 42, "1")))
                .toList();

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("2026-11-21T03-12-09Z-failover-[0-9a-z]{4}"));
    }

    private static String id(Instant start, Actor by) {
        RunbookFile file = new Library(Path.of("nowhere")).find("failover").orElseThrow();
        Runbook runbook =
                new Linter().read(file.source().value().orElseThrow()).value().orElseThrow();
        return PlannedRun.id(new OpenedRunbook(file, runbook, runbook), start, by);
    }
}
