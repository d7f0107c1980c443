package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A copy whose process is killed in the midst of a file; the way back deletes no file of anybody else, and leaves no half one behind. */
@Tag("process")
@Timeout(60)
class KilledCopyTest {
    private static final String RUNBOOK = """
            runbook: copies
            title: Copies
            variables: {from: {type: path, description: a folder}, to: {type: path, description: a folder}}
            steps:
              - step: 1
                title: Copy
                copy-files: {from: '{{from}}', to: '{{to}}', include: '*.trn'}
                retry: 2
            """;

    @TempDir
    Path folder;

    private Path from;
    private Path to;

    @BeforeEach
    void killInTheMidstOfTheSecondFile() throws IOException {
        Files.writeString(folder.resolve("copies.yaml"), RUNBOOK);
        from = Files.createDirectory(folder.resolve("from"));
        to = Files.createDirectory(folder.resolve("to"));
        large("a.trn", 70);
        large("b.trn", 300);
        Path partial = to.resolve("b.trn.part-runbook");
        try (Program program = Program.start(
                folder, Program.line("run", "copies.yaml", "--var", "from=" + from, "--var", "to=" + to))) {
            while (!Files.exists(partial)) {
                assertThat(program.isAlive()).as("it copies").isTrue();
                Thread.onSpinWait();
            }
            program.kill();
        }
        assertThat(to.resolve("b.trn")).doesNotExist();
    }

    @Test
    void aRollbackDeletesWhatWasWholeAndTheHalfFileAndNothingElse() throws IOException {
        Files.writeString(to.resolve("b.trn"), "somebody copied it by hand");

        Program.Ended ended = command("rollback", run(), "--go");

        assertThat(names(to)).containsExactly("b.trn");
        assertThat(to.resolve("b.trn")).hasContent("somebody copied it by hand");
        assertThat(ended.printed())
                .contains("1 copied file deleted, 1 unfinished copy deleted")
                .contains("not copied by this run, so left as it is: " + to.resolve("b.trn"));
    }

    @Test
    void aResumeGoesOnAndTheWayBackThenTakesAll() throws IOException {
        assertThat(command("resume", run()).exit()).isZero();
        assertThat(names(to)).containsExactly("a.trn", "b.trn");
        assertThat(Files.mismatch(from.resolve("b.trn"), to.resolve("b.trn"))).isEqualTo(-1);

        assertThat(command("rollback", run(), "--go").printed()).contains("2 copied files deleted");
        assertThat(names(to)).isEmpty();
    }

    private Program.Ended command(String... arguments) {
        try (Program program = Program.start(folder, Program.line(arguments))) {
            return program.end();
        }
    }

    private String run() throws IOException {
        return names(folder.resolve("runs")).get(0);
    }

    private void large(String name, int megabytes) throws IOException {
        byte[] piece = new byte[1 << 20];
        new Random(megabytes).nextBytes(piece);
        try (var out = Files.newOutputStream(from.resolve(name))) {
            for (int i = 0; i < megabytes; i++) {
                out.write(piece);
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
