package dev.runbook.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.engine.Engine;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import dev.runbook.journal.JournalReader;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.terminal.GivenAnswers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going back: from a failure before the point of no return, behind it, and after the way back itself was cut off. */
class RollbackTest {
    private static final Path FAILOVER = Path.of("runbooks/failover.yaml");
    private static final Scene.FaultSpec.Complaint LASTING =
            new Scene.FaultSpec.Complaint(3202, "Write failed. (A fault of the test.)");
    private static final int SAMPLE = 6;

    @TempDir
    Path folder;

    private final List<Moment> moments = new ArrayList<>();
    private FolderCopy files = FolderCopy.empty();

    @Test
    void aFailureBeforeThePointOfNoReturnIsTakenBackCleanly() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-lost")) {
            String before = rig.estate.projection();

            Ending end = failAt(rig, "RESTORE DATABASE*");

            assertThat(end).isEqualTo(Ending.ROLLED_BACK);
            assertThat(shipping(rig.estate.projection())).isEqualTo(shipping(before));
        }
    }

    @Test
    void aRollbackThatWasCutOffGoesOnAndEndsTheSame() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-lost")) {
            failAt(rig, "RESTORE DATABASE*");
            String whole = rig.estate.projection();
            List<String> journal = Files.readAllLines(rig.file("journal.jsonl"));
            for (int event : inTheRollback()) {
                Moment moment = moments.get(event);
                moment.files().restore(rig.ground());
                rig.time.set(moment.time());
                rig.estate.become(moment.state());
                rig.estate.disarm();
                Path cut = rig.cutJournal();
                Files.writeString(cut, String.join("\n", journal.subList(0, event + 1)) + "\n");

                Ending end = rig.run(FAILOVER, cut);

                assertThat(end).as("cut behind " + moment.entry().event()).isEqualTo(Ending.ROLLED_BACK);
                assertThat(rig.estate.projection())
                        .as("cut behind " + moment.entry().event())
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void whatCannotBeTakenBackIsTriedAgainWhenAPersonSaysSo() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-lost")) {
            String before = rig.estate.projection();

            Ending end = failOnTheWayBack(rig, "retry");

            assertThat(end).isEqualTo(Ending.ROLLED_BACK);
            assertThat(shipping(rig.estate.projection())).isEqualTo(shipping(before));
        }
    }

    @Test
    void whatAPersonTookBackByHandIsPassed() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-lost")) {
            Ending end = failOnTheWayBack(rig, "done");

            assertThat(end).isEqualTo(Ending.ROLLED_BACK);
            assertThat(events(rig.file("journal.jsonl")))
                    .contains(
                            new RunEvent.Decided("1", Decision.DONE_BY_HAND, "seen", "jdoe"),
                            new RunEvent.StepUndone("1", "by hand: seen"));
        }
    }

    @Test
    void whatAPersonLeavesForLaterEndsTheRollbackThere() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-lost")) {
            Ending end = failOnTheWayBack(rig, "pause");

            assertThat(end).isEqualTo(Ending.ROLLBACK_INCOMPLETE);
            assertThat(events(rig.file("journal.jsonl")))
                    .last()
                    .asString()
                    .contains("Step 1 could not be taken back, and nothing before it was touched: 0.2 is left.");
        }
    }

    /** Goes back at step 3, and meets an error at the way back of step 1; a person says how to go on. */
    private Ending failOnTheWayBack(Rig rig, String wayOn) throws IOException {
        rig.person = new GivenAnswers.RehearsalOperator(
                question -> {
                    List<String> words = question.choices().stream()
                            .map(Question.Choice::word)
                            .toList();
                    if (words.contains("go")) {
                        return new Reply.Answered("go", "", "jdoe");
                    }
                    if (words.contains("back")) {
                        rig.estate.disarm();
                        rig.estate.arm(fault("EXEC *sp_add_log_shipping_secondary_primary*"));
                        return new Reply.Answered("back", "", "jdoe");
                    }
                    rig.estate.disarm();
                    return new Reply.Answered(wayOn, "seen", "jdoe");
                },
                false,
                step -> {});
        return failAt(rig, "RESTORE LOG*");
    }

    private static Scene.FaultSpec fault(String statement) {
        return new Scene.FaultSpec(
                statement, Optional.empty(), Scene.FaultSpec.Kind.ERROR_BEFORE, Integer.MAX_VALUE, LASTING);
    }

    @Test
    void behindThePointOfNoReturnARunStopsInsteadOfGoingHalfWayBack() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-lost")) {
            Ending end = failAt(rig, "Set-CsPersistentChatState");

            assertThat(end).isEqualTo(Ending.FAILED_CHANGED);
            assertThat(events(rig.file("journal.jsonl"))).noneMatch(RunEvent.RollbackStarted.class::isInstance);
        }
    }

    private Ending failAt(Rig rig, String statement) throws IOException {
        rig.estate.arm(fault(statement));
        return rig.run(
                FAILOVER, rig.file("journal.jsonl"), Engine.OnFailure.ROLLBACK, Map.of(), entry -> keep(rig, entry));
    }

    private void keep(Rig rig, Entry entry) {
        files = files.next(rig.ground());
        moments.add(new Moment(entry, rig.estate.state(), files, rig.time.instant()));
    }

    private List<Integer> inTheRollback() {
        List<Integer> all = new ArrayList<>();
        boolean back = false;
        for (int i = 0; i < moments.size() - 1; i++) {
            back |= moments.get(i).entry().event() instanceof RunEvent.RollbackStarted;
            if (back) {
                all.add(i);
            }
        }
        assertThat(all).as("events of the rollback").hasSizeGreaterThan(SAMPLE);
        Collections.shuffle(all, new Random(20261121));
        return all.subList(0, SAMPLE);
    }

    /** How log shipping stands; that log backups were applied meanwhile loses nothing, and stays. */
    private static List<String> shipping(String projection) {
        return projection
                .lines()
                .filter(line -> line.contains("job ") || line.contains("receives") || line.contains("restores to"))
                .map(line -> line.replaceAll("LSAlert.*", ""))
                .toList();
    }

    private static List<RunEvent> events(Path journal) {
        return ((JournalReader.Result.Whole) new JournalReader().read(journal))
                .read()
                .events();
    }
}
