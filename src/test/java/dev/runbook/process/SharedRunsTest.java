package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several accounts and one folder of runs. Other accounts can be had by root alone; without it these are skipped. */
@Tag("process")
class SharedRunsTest {
    private static final int NEEDS_ANSWER = 7;
    private static final String TEAM = "100";

    @TempDir
    Path folder;

    private Path runs;

    @BeforeEach
    void somebodyElseCanBeHad() throws IOException {
        open(folder, "rwxr-xr-x");
        Files.writeString(folder.resolve("small.yaml"), Runbooks.asking());
        Files.writeString(folder.resolve("other.yaml"), Runbooks.asking().replace("runbook: small", "runbook: other"));
        runs = Files.createDirectory(folder.resolve("runs"));
        boolean possible;
        try (Program trial = Program.start(folder, as("1001", "--version"))) {
            possible = trial.end().exit() == 0;
        } catch (java.io.UncheckedIOException e) {
            possible = false;
        }
        if (!possible) {
            System.err.println(
                    "NO OTHER ACCOUNT CAN BE HAD HERE: what several people may do in one folder is not tested.");
        }
        assumeTrue(possible);
    }

    @Test
    void aRunThatThisUserMayNotReadIsNamedAndHindersNobody() throws IOException {
        open(runs, "rwxrwxrwx");
        Path closed = paused("1001", "small.yaml");
        Path readable = paused("1001", "small.yaml", "--new");
        open(readable, "rwxr-xr-x");
        try (Stream<Path> files = Files.list(readable)) {
            for (Path file : files.toList()) {
                open(file, "rw-r--r--");
            }
        }
        Map<String, String> before = everything();

        Program.Ended list = end("1002", "list");
        assertThat(list.exit()).as(list.printed()).isZero();
        assertThat(list.printed().lines())
                .anyMatch(line -> line.startsWith(closed.getFileName() + " ") && line.contains("may not be read"))
                .anyMatch(line -> line.startsWith(readable.getFileName() + " ") && line.contains("needs answer"));
        for (String command : List.of("status", "report", "verify-journal")) {
            Program.Ended looked = end("1002", command, readable.toString());
            assertThat(looked.exit()).as(looked.printed()).isZero();
        }
        assertThat(everything()).as("looking writes nothing").isEqualTo(before);

        Program.Ended next = end("1002", "run", "other.yaml");
        assertThat(next.exit()).as(next.printed()).isEqualTo(NEEDS_ANSWER);
        assertThat(next.printed())
                .contains("Passed by: runs/" + closed.getFileName() + ": may not be read by this user.");
    }

    @Test
    void aFolderThatCannotBeWrittenToIsLookedAtAllTheSame() throws IOException {
        Path disk = SmallDisk.mount(folder.resolve("disk"));
        try {
            Path kept = Files.createDirectory(disk.resolve("runs"));
            try (Program run = Program.start(folder, Program.line("run", "small.yaml", "--runs", kept.toString()))) {
                assertThat(run.end().exit()).isEqualTo(NEEDS_ANSWER);
            }
            Path run;
            try (Stream<Path> all = Files.list(kept)) {
                run = all.findFirst().orElseThrow();
            }
            assertThat(new ProcessBuilder("mount", "-o", "remount,ro", disk.toString())
                            .start()
                            .waitFor())
                    .isZero();
            for (String command : List.of("list", "status", "report", "verify-journal")) {
                List<String> line = new ArrayList<>(List.of(command, "--runs", kept.toString()));
                if (!command.equals("list")) {
                    line.add(run.toString());
                }
                try (Program looks = Program.start(folder, Program.line(line.toArray(String[]::new)))) {
                    Program.Ended looked = looks.end();
                    assertThat(looked.exit()).as(looked.printed()).isZero();
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            SmallDisk.unmount(disk);
        }
    }

    @Test
    void aTeamResumesEachOthersRunsInAFolderThatBelongsToItsGroup() throws IOException {
        Files.setAttribute(runs, "unix:gid", Integer.parseInt(TEAM));
        Files.setAttribute(runs, "unix:mode", 02770);

        Path run = paused("1001", "small.yaml");
        Program.Ended resumed = end("1002", "resume", run.toString(), "--approve", "1=yes");

        assertThat(resumed.exit()).as(resumed.printed()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run)))
                .isEqualTo("rwxrwx---");
        try (Stream<Path> files = Files.list(run)) {
            assertThat(files).allSatisfy(file -> {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-rw----");
                assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(Integer.parseInt(TEAM));
            });
        }
    }

    @Test
    void aRunIsSharedWhereThatIsAskedFor() throws IOException {
        Files.setAttribute(runs, "unix:gid", Integer.parseInt(TEAM));
        Files.setAttribute(runs, "unix:mode", 0770);

        Path closed = paused("1001", "small.yaml");
        Path shared = paused("1001", "small.yaml", "--new", "--shared-runs");

        assertThat(end("1002", "resume", closed.toString(), "--approve", "1=yes")
                        .exit())
                .isEqualTo(2);
        Program.Ended resumed = end("1002", "resume", shared.toString(), "--approve", "1=yes");
        assertThat(resumed.exit()).as(resumed.printed()).isZero();
    }

    private Path paused(String user, String runbook, String... more) throws IOException {
        List<Path> before = folders();
        List<String> line = new ArrayList<>(List.of("run", runbook));
        line.addAll(List.of(more));
        Program.Ended ended = end(user, line.toArray(String[]::new));
        assertThat(ended.exit()).as(ended.printed()).isEqualTo(NEEDS_ANSWER);
        List<Path> now = new ArrayList<>(folders());
        now.removeAll(before);
        return now.get(0);
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(runs)) {
            return all.sorted().toList();
        }
    }

    private Program.Ended end(String user, String... arguments) {
        try (Program program = Program.start(folder, as(user, arguments))) {
            return program.end();
        }
    }

    private static List<String> as(String user, String... arguments) {
        List<String> line =
                new ArrayList<>(List.of("setpriv", "--reuid=" + user, "--regid=" + TEAM, "--clear-groups", "--"));
        line.addAll(Program.line(arguments));
        return line;
    }

    /** All files with what a look would change. */
    private Map<String, String> everything() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(runs)) {
            for (Path file : files.toList()) {
                all.put(file.toString(), Files.getLastModifiedTime(file) + " " + Files.size(file));
            }
        }
        return all;
    }

    private static void open(Path file, String rights) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }
}
