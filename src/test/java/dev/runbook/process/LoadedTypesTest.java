package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of the program a command reads before it does its work: every type that is loaded costs time at its start. */
@Tag("process")
class LoadedTypesTest {
    private static final Pattern OURS = Pattern.compile("\\b(dev\\.runbook\\.[\\w.]+) ");

    @TempDir
    Path folder;

    @Test
    void aRunOfOneStepLoadsAtMostThisMany() throws IOException {
        try (Drill drill = Drill.start(folder, "dc1-lost", Drill.Pace.FAST)) {
            drill.write("one.yaml", Runbooks.good());

            assertThat(loaded("DONE.", "run", "one.yaml", "--vars", "site.yaml"))
                    .contains("dev.runbook.engine.Engine", "dev.runbook.endpoint.sql.JdbcSqlServer")
                    .noneMatch(type -> type.startsWith("dev.runbook.rehearsal."))
                    .hasSizeLessThanOrEqualTo(180);
        }
    }

    @Test
    void aLintOfOneFileLoadsAtMostThisMany() throws IOException {
        Files.copy(Path.of("runbooks", "failover.yaml"), folder.resolve("failover.yaml"));

        assertThat(loaded("", "lint", "failover.yaml"))
                .contains("dev.runbook.rule.TagNames")
                .noneMatch(type -> type.startsWith("dev.runbook.engine."))
                .hasSizeLessThanOrEqualTo(130);
    }

    /** The types of ours, nested ones not counted, that the JVM has read when a command has ended well. */
    private Set<String> loaded(String said, String... arguments) throws IOException {
        Path log = folder.resolve("loaded.txt");
        List<String> line = Program.line(arguments);
        // after the option that silences the log
        line.add(line.indexOf("-jar"), "-Xlog:class+load:file=" + log.getFileName());
        try (Program program = Program.start(folder, line)) {
            Program.Ended ended = program.end();
            assertThat(ended.exit()).as(ended.printed()).isZero();
            assertThat(ended.printed()).contains(said);
        }
        return OURS.matcher(Files.readString(log))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
