package dev.runbook.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.runbook.base.Source;
import dev.runbook.engine.Engine;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Work;
import dev.runbook.golden.GoldenFolder;
import dev.runbook.journal.Entry;
import dev.runbook.journal.JournalReader;
import dev.runbook.language.Runbook;
import dev.runbook.language.Text;
import dev.runbook.lint.Linter;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.report.Outline;
import dev.runbook.report.Paint;
import dev.runbook.report.RunPace;
import dev.runbook.report.RunStatus;
import dev.runbook.report.RunText;
import dev.runbook.report.StatusText;
import dev.runbook.state.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Journals of a format that was released are kept for ever, each with the runbook that it was written with: every later program
 * reads them, tells the same of them, and goes on with them. They are never changed; {@code -Djournals.record=FOLDER} writes those
 * that are not there yet, of runs in an estate in that folder, whose name then stands in them.
 */
class KeptJournalsTest {
    private static final Path KEPT = Path.of("src/test/resources/journals/1");
    private static final Path RUNBOOK = KEPT.resolve("failover.yaml");
    private static final String SCENE = "dc1-lost";
    private static final String STEP = "3";
    private static final String STATEMENT = "RESTORE LOG";

    @TempDir
    Path folder;

    static List<Path> journals() throws IOException {
        try (Stream<Path> folders = Files.list(KEPT)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @Test
    void thereIsAWholeOneAFailedOneAndOneThatWasCutOff() throws IOException {
        assertThat(journals())
                .extracting(Path::getFileName)
                .extracting(Path::toString)
                .contains("cut", "failed", "whole");
    }

    @ParameterizedTest
    @MethodSource("journals")
    void isReadAndToldAsEver(Path kept) throws IOException {
        List<Entry> entries = entries(kept.resolve("journal.jsonl"));
        Runbook runbook = new Linter()
                .readBegun(Source.of("failover.yaml", Files.readString(RUNBOOK)))
                .value()
                .orElseThrow();
        Outline outline = Outline.of(runbook, Text::raw);
        RunText text = new RunText(outline, new RunText.Layout(Paint.PLAIN, false), () -> "");
        List<String> lines = new ArrayList<>();
        entries.forEach(entry -> lines.addAll(text.add(entry)));
        RunStatus status = new RunStatus(
                outline,
                entries,
                RunState.of(entries),
                Optional.empty(),
                false,
                RunPace.StepTimes.NONE,
                Optional.of(Duration.ofHours(1)),
                Instant.EPOCH);
        lines.add("");
        lines.addAll(StatusText.of(status, Paint.PLAIN, "resume RUN"));
        lines.add(StatusText.brief(status));

        GoldenFolder.verify(kept.resolve("console.txt"), String.join("\n", lines) + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "cut"})
    void isResumedToTheSameEnd(String name) throws IOException {
        Path kept = KEPT.resolve(name).resolve("journal.jsonl");
        try (Rig rig = new Rig(folder, SCENE)) {
            Recording today = new Recording(rig, RUNBOOK);
            Path journal = today.cut(asOf(today, entries(kept)), asOf(today, entries(kept)), "");
            Files.write(journal, Files.readAllBytes(kept));

            Ending end = rig.run(RUNBOOK, journal);
            if (end == Ending.IN_DOUBT) {
                end = rig.run(
                        RUNBOOK,
                        journal,
                        Engine.OnFailure.STOP,
                        Map.of(STEP, new Engine.PriorDecision(Decision.RETRY, "")),
                        entry -> {});
            }

            assertThat(end).isEqualTo(Ending.DONE);
            assertThat(rig.estate.projection()).isEqualTo(today.projection);
            assertThat(RunState.of(entries(journal)).isOver()).isTrue();
        }
    }

    /** When in today's run the estate stood as it did when the kept journal ended. */
    private static int asOf(Recording today, List<Entry> kept) {
        RunEvent last = kept.get(kept.size() - 1).event();
        return last instanceof RunEvent.Sent
                ? position(today, last::equals)
                : position(today, new RunEvent.StepBegun(STEP)::equals);
    }

    private static int position(Recording recording, Predicate<RunEvent> wanted) {
        for (int i = 0; i < recording.moments.size(); i++) {
            if (wanted.test(recording.moments.get(i).entry().event())) {
                return i;
            }
        }
        throw new AssertionError("not in today's run");
    }

    private static List<Entry> entries(Path journal) {
        JournalReader.Result result = new JournalReader().read(journal);
        assertThat(result).isInstanceOf(JournalReader.Result.Whole.class);
        return ((JournalReader.Result.Whole) result).read().entries();
    }

    @Test
    void recordsThoseThatAreNotThereYet() throws IOException {
        String ground = System.getProperty("journals.record", "");
        assumeFalse(ground.isEmpty());
        try (Rig rig = new Rig(Path.of(ground), SCENE)) {
            Recording whole = new Recording(rig, RUNBOOK);
            keep("whole", rig.file("whole.jsonl"));

            int begun = position(whole, new RunEvent.StepBegun(STEP)::equals);
            Path failed = whole.cut(begun, begun, "");
            rig.estate.arm(new Scene.FaultSpec(
                    STATEMENT,
                    Optional.empty(),
                    Scene.FaultSpec.Kind.ERROR_BEFORE,
                    50,
                    Scene.FaultSpec.Complaint.USUAL));
            assertThat(rig.run(RUNBOOK, failed)).isEqualTo(Ending.FAILED_CHANGED);
            rig.estate.disarm();
            keep("failed", failed);
            Files.delete(failed);

            int sent = position(
                    whole,
                    event -> event instanceof RunEvent.Sent one && one.work().equals(Work.of(STEP)) && one.item() == 2);
            keep("cut", whole.cut(sent, sent, "{\"number\":"));
        }
    }

    private static void keep(String name, Path journal) throws IOException {
        Path kept = Files.createDirectories(KEPT.resolve(name)).resolve("journal.jsonl");
        if (!Files.exists(kept)) {
            Files.copy(journal, kept);
            Files.writeString(kept.resolveSibling("console.txt"), "");
        }
    }
}
