package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line that a run prints when it stops is taken as it is, and given to the shell. */
@Tag("process")
class PastedResumeTest {
    private static final Pattern PRINTED = Pattern.compile("Go on with:  (.*)");
    /** A folder keeps no password, so the site file with one in it has to be in the line. */
    private static final String SITE = "the site's own.yaml";

    private static final int FAILED = 4;

    @TempDir
    static Path folder;

    private static Drill drill;

    @BeforeAll
    static void startsAnEstate() throws IOException {
        drill = Drill.start(folder, "dc1-lost", new Drill.Pace("1500ms", "30ms"));
        String site = Files.readString(folder.resolve("site.yaml"));
        drill.write(SITE, site.replaceAll("password: \\{file: '[^']*'}", "password: '" + drill.password() + "'"));
    }

    @AfterAll
    static void endsTheEstate() {
        drill.close();
    }

    @Test
    void goesOnAfterAFailure() {
        Program.Ended failed = run("after a failure", Runbooks.failing(), "--var", "copies=2");

        assertThat(failed.exit()).as(failed.printed()).isEqualTo(FAILED);
        assertThat(failed.printed()).doesNotContain(drill.password());
        Program.Ended resumed = paste(failed, " --decide '2=skip:not needed'");
        assertThat(resumed.exit()).as(resumed.printed()).isZero();
    }

    @Test
    void goesOnAfterCtrlC() {
        try (Program run = begin("it's stopped", Runbooks.twoBackups())) {
            run.await(": BACKUP DATABASE");
            run.signal("INT");
            Program.Ended resumed = paste(run.end(), "");

            assertThat(resumed.exit()).as(resumed.printed()).isZero();
        }
    }

    @Test
    void keepsWhatWasGivenBesideTheSiteFile() {
        Program.Ended failed = run("beside", Runbooks.failing(), "--var", "mirror_share=\\\\fs2\\mirror\\it's $HOME");

        assertThat(line(failed)).contains("--vars", "--var");
        assertThat(line(failed)).contains("mirror_share=");
    }

    @Test
    void namesTheSiteFileSoThatACorrectionInItCounts() {
        Program.Ended failed =
                drill.run("run", drill.write("kept.yaml", Runbooks.failing()), "--vars", "site.yaml", "--runs", "kept");

        assertThat(line(failed)).endsWith(" --vars site.yaml");
        Program.Ended resumed = paste(failed, " --decide '2=skip:not needed'");
        assertThat(resumed.exit()).as(resumed.printed()).isZero();
    }

    private static Program.Ended run(String runs, String runbook, String... more) {
        try (Program run = begin(runs, runbook, more)) {
            return run.end();
        }
    }

    private static Program begin(String runs, String runbook, String... more) {
        List<String> line =
                new ArrayList<>(List.of("run", drill.write("small.yaml", runbook), "--vars", SITE, "--runs", runs));
        line.addAll(List.of(more));
        return drill.begin(line.toArray(String[]::new));
    }

    private static String line(Program.Ended ended) {
        Matcher printed = PRINTED.matcher(ended.printed());
        assertThat(printed.find()).as(ended.printed()).isTrue();
        return printed.group(1);
    }

    private static Program.Ended paste(Program.Ended ended, String decision) {
        try (Program shell = Program.start(folder, List.of("sh", "-c", line(ended) + decision))) {
            return shell.end();
        }
    }
}
