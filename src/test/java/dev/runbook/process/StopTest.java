package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class StopTest {
    private static final String MIRROR = """
        runbook: mirror
        title: A mirror
        variables:
          backup_sql:   {type: sql-server, description: the server}
          mirror_share: {type: path, description: where to}
          shell:        {type: powershell, description: the shell}
        steps:
          - step: 1
            title: The mirror
            require: a pool
            cmdlet: Install-CsMirrorDatabase
            parameters: {DatabaseType: PersistentChatCompliance, FileShare: '{{mirror_share}}', DropExistingDatabasesOnMirror: true,
              SqlServerFqdn: '{{backup_sql.host}}', SqlInstanceName: '{{backup_sql.instance}}'}
            done-when: the mirror
            rollback: {not-needed: it does no harm}
          - step: 2
            title: The end
            done-when: the mirror
        facts:
          a pool: {cmdlet: Get-CsPersistentChatState}
          the mirror:
            server: backup_sql
            sql: SELECT mirroring_role_desc FROM sys.database_mirroring WHERE database_id = DB_ID(N'mgccomp')
            where: {mirroring_role_desc: {not: null}}
        """;

    private static final int RESUME_NEEDED = 6;
    private static final int INTERRUPTED = 130;

    @TempDir
    static Path folder;

    private static Drill drill;

    @BeforeAll
    static void startsAnEstate() {
        drill = Drill.start(folder, "dc1-lost", new Drill.Pace("1500ms", "1500ms"));
        drill.write("two-backups.yaml", Runbooks.twoBackups());
    }

    @AfterAll
    static void endsTheEstate() {
        drill.close();
    }

    @Test
    void ctrlCStopsBehindTheStepThatIsUnderWay() {
        try (Program run = begin("once")) {
            run.signal("INT");
            Program.Ended ended = run.end();

            assertThat(ended.exit()).as(ended.printed()).isEqualTo(INTERRUPTED);
            assertThat(ended.printed()).contains("Stopping after this step. Ctrl-C once more cancels it.", "resume ");
            assertThat(steps("once", RunEvent.StepDone.class)).containsExactly("1");
            assertGoesOn("once", 1);
        }
    }

    @Test
    void ctrlCTwiceCancelsTheStepThatIsUnderWay() {
        try (Program run = begin("twice")) {
            run.signal("INT");
            run.await("Stopping after this step");
            run.signal("INT");
            assertCancelled("twice", run.end());
        }
    }

    @Test
    void aRequestToEndStopsAfterTheStepThatIsUnderWay() {
        try (Program run = begin("term")) {
            run.signal("TERM");
            Program.Ended ended = run.end();

            assertThat(ended.exit()).as(ended.printed()).isEqualTo(INTERRUPTED);
            assertThat(ended.printed()).contains("Asked to end: stopping after this step.");
            assertThat(steps("term", RunEvent.StepDone.class)).containsExactly("1");
            assertGoesOn("term", 1);
        }
    }

    @Test
    void aSecondRequestToEndCancelsTheStepThatIsUnderWay() {
        try (Program run = begin("term-twice")) {
            run.signal("TERM");
            run.await("Asked to end: stopping after this step.");
            run.signal("TERM");
            assertCancelled("term-twice", run.end());
        }
    }

    @Test
    void withoutATerminalASecondSignalCutsNothingOffThatIsUnsafeToCutOff() {
        drill.write("unsafe.yaml", Runbooks.unsafeBackups());
        try (Program run = drill.begin("run", "unsafe.yaml", "--vars", "site.yaml", "--runs", "unsafe")
                .await(": BACKUP DATABASE")) {
            run.signal("INT");
            run.await("Stopping after this step");
            run.signal("INT");
            Program.Ended ended = run.end();

            assertThat(ended.exit()).as(ended.printed()).isEqualTo(INTERRUPTED);
            assertThat(ended.printed())
                    .contains("Step 1 is not cut off, for that would be unsafe: half a backup is none")
                    .doesNotContain("Cancelling this step.");
            assertThat(steps("unsafe", RunEvent.StepDone.class)).containsExactly("1");
        }
    }

    @Test
    void aClosedWindowStopsBehindTheStepThatIsUnderWay() {
        try (Program run = begin("closed")) {
            run.signal("HUP");
            Program.Ended ended = run.end();

            assertThat(ended.exit()).as(ended.printed()).isEqualTo(INTERRUPTED);
            assertThat(steps("closed", RunEvent.StepDone.class)).containsExactly("1");
            assertGoesOn("closed", 1);
        }
    }

    @Test
    void ctrlCAtATerminalDoesNotReachTheManagementShell() {
        String runbook = drill.write("mirror.yaml", MIRROR);
        try (Program run = drill.beginAlone("run", runbook, "--vars", "site.yaml", "--runs", "mirror")) {
            run.await(": Install-CsMirrorDatabase");
            run.signalAll("INT");
            Program.Ended ended = run.end();

            assertThat(ended.exit()).as(ended.printed()).isEqualTo(INTERRUPTED);
            assertThat(steps("mirror", RunEvent.StepDone.class)).containsExactly("1");
        }
    }

    private static Program begin(String runs) {
        return drill.begin("run", "two-backups.yaml", "--vars", "site.yaml", "--runs", runs)
                .await(": BACKUP DATABASE");
    }

    private static void assertCancelled(String runs, Program.Ended ended) {
        // in doubt, unless the cancel came before anything was sent
        boolean doubt = !steps(runs, RunEvent.StepInDoubt.class).isEmpty();
        assertThat(ended.exit()).as(ended.printed()).isEqualTo(doubt ? RESUME_NEEDED : INTERRUPTED);
        assertThat(ended.printed()).contains("Cancelling this step.");
        assertThat(steps(runs, RunEvent.StepDone.class)).isEmpty();
        assertThat(Stream.of(RunEvent.StepInDoubt.class, RunEvent.StepFailed.class)
                        .flatMap(kind -> steps(runs, kind).stream()))
                .containsExactly("1");
        assertGoesOn(runs, 2);
    }

    /** The journal says that it was interrupted, and the run goes on to its end. */
    private static void assertGoesOn(String runs, int attempts) {
        Path run = drill.runs(runs).get(0);
        List<RunEvent> events = Drill.events(run);
        assertThat(events.get(events.size() - 1))
                .isInstanceOfSatisfying(
                        RunEvent.RunStopped.class,
                        stopped -> assertThat(stopped.ending()).isEqualTo(Ending.INTERRUPTED));
        Program.Ended resumed = drill.run("resume", run.toString(), "--vars", "site.yaml");
        assertThat(resumed.exit()).as(resumed.printed()).isZero();
        assertThat(Drill.sent(run, "1")).hasSize(attempts);
        assertThat(Drill.sent(run, "2")).hasSize(1);
    }

    private static List<String> steps(String runs, Class<? extends RunEvent.OfStep> kind) {
        return Drill.events(drill.runs(runs).get(0)).stream()
                .filter(kind::isInstance)
                .map(event -> kind.cast(event).step())
                .toList();
    }
}
