package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("process")
class EndingsTest {
    private static final Path TABLE = Path.of("docs", "exit-codes.md");
    /** What each of them says, for reading. */
    private static final Path TOLD = Path.of("target", "endings");

    private static final String HEAD = """
            # Exit codes

            Written by `EndingsTest` (`mvn verify -Dgolden.update=true`), which brings about each of these endings with a process of its own.

            | what happened | exit code |
            |---|---|
            """;

    @TempDir
    static Path folder;

    private static Drill drill;

    @BeforeAll
    static void startsAnEstate() {
        drill = Drill.start(folder, "dc1-lost", new Drill.Pace("500ms", "30ms"));
    }

    @AfterAll
    static void endsTheEstate() {
        drill.close();
    }

    @ParameterizedTest
    @EnumSource
    void eachHasItsExitCodeAndSaysWhatItIs(EndingCase ending) throws IOException {
        Program.Ended ended = ending.play(drill, folder);
        Files.writeString(Files.createDirectories(TOLD).resolve(ending.name() + ".txt"), ended.printed());

        assertThat(ended.exit()).as(ended.printed()).isEqualTo(ending.exit());
        assertThat(ended.printed()).contains(ending.says()).doesNotContain("\tat ", "Exception");
    }

    @Test
    void theTableForPeopleIsTheOneThatIsTested() throws IOException {
        String table =
                HEAD + Arrays.stream(EndingCase.values()).map(EndingCase::row).collect(Collectors.joining("\n")) + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(TABLE, table);
        }
        assertThat(TABLE).hasContent(table);
    }
}
