package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A run is killed at random moments, each drawn from a seed, and resumed: it ends as an uninterrupted run does, or says that a
 * step is in doubt and, once that is decided, ends so.
 *
 * <p>A sample by default. The profile {@code crash} takes 200 seeds and writes the table of {@code docs/crashes.md}.
 */
@Tag("process")
class KillMomentsTest {
    private static final int SAMPLE = 3;
    private static final int FIRST = Integer.getInteger("crash.first", 1);
    private static final int KILLS = Integer.getInteger("crash.kills", SAMPLE);
    private static final Path TABLE = Path.of("docs", "crashes.md");

    @TempDir
    Path folder;

    static Stream<Kill> kills() {
        return IntStream.range(FIRST, FIRST + KILLS).mapToObj(Kill::of);
    }

    @ParameterizedTest
    @MethodSource("kills")
    void aRunThatIsKilledAtAnyMomentEndsAsIfItWereNot(Kill kill) {
        KilledCase.Outcome outcome = KilledCase.of(kill, folder);
        outcome.row().keep();

        assertThat(outcome.wrong()).as("%s%n%s", kill, outcome.printed()).isEmpty();
    }

    @AfterAll
    static void keepTheTable() throws IOException {
        if (KILLS > SAMPLE) {
            String table = CrashTable.of(CrashRow.all());
            System.out.println(table);
            Files.writeString(TABLE, table);
        }
    }
}
