package dev.runbook.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.engine.Engine;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The journal is cut behind an event, the estate put back to where it stood then, and the run resumed: it ends as the
 * uninterrupted run does, or says that a step is in doubt and, once that is decided, ends so. What must not be done twice is
 * not.
 *
 * <p>A seeded sample by default; with {@code -Dcrash.all=true} every event of both runbooks, and a table on the console.
 */
class CrashTest {
    private static final boolean ALL = Boolean.getBoolean("crash.all");
    private static final int SAMPLE = 14;

    @TempDir
    Path folder;

    private final Map<List<String>, Integer> outcomes = new LinkedHashMap<>();

    @ParameterizedTest(name = "{1}")
    @CsvSource({"dc1-lost, failover", "dc1-rebuilt, failback"})
    void aRunThatIsCutOffAnywhereEndsAsIfItWereNot(String scene, String name) throws IOException {
        try (Rig rig = new Rig(folder, scene)) {
            Recording whole = new Recording(rig, Path.of("runbooks", name + ".yaml"));
            for (int event : events(whole.moments.size())) {
                boolean sent = whole.moments.get(event).entry().event() instanceof RunEvent.Sent;
                resume(whole, event, event, "");
                if (sent) {
                    // the order arrived, and its answer did not
                    resume(whole, event, event + 1, "{\"number\":");
                }
            }
            Tables.tell(
                    ALL,
                    "crashes-" + name,
                    "Crashes of " + name + " behind each of its " + whole.moments.size() + " events",
                    List.of("cut behind", "resumed", "times"),
                    rows());
        }
    }

    private static List<Integer> events(int count) {
        // the last event is the end of the run: behind it there is nothing to resume
        List<Integer> all =
                new ArrayList<>(IntStream.range(0, count - 1).boxed().toList());
        if (!ALL) {
            Collections.shuffle(all, new Random(20261121));
            all = all.subList(0, Math.min(SAMPLE, all.size()));
        }
        return all;
    }

    private void resume(Recording whole, int event, int stateOf, String torn) throws IOException {
        String where = "cut behind event " + (event + 1) + ", "
                + whole.moments.get(event).entry().event() + (event == stateOf ? "" : ", whose effect came about");
        Path journal = whole.cut(event, stateOf, torn);
        Ending end = whole.rig.run(whole.runbook, journal);
        String how = "straight";
        if (end == Ending.IN_DOUBT) {
            how = "in doubt, then decided";
            end = whole.rig.run(
                    whole.runbook,
                    journal,
                    Engine.OnFailure.STOP,
                    decideAsItIs(journal, event != stateOf),
                    entry -> {});
        }
        assertThat(end).as(where + "\n" + tail(journal)).isEqualTo(Ending.DONE);
        assertThat(whole.rig.estate.projection()).as(where).isEqualTo(whole.projection);
        Files.delete(journal);
        String kind = Tables.words(whole.moments.get(event).entry().event());
        outcomes.merge(List.of(event == stateOf ? kind : kind + ", its effect came about", how), 1, Integer::sum);
    }

    private List<List<String>> rows() {
        return outcomes.entrySet().stream()
                .map(row -> List.of(
                        row.getKey().get(0), row.getKey().get(1), row.getValue().toString()))
                .sorted(Comparator.comparing((List<String> row) -> row.get(0)).thenComparing(row -> row.get(1)))
                .toList();
    }

    /** A person who looked: what happened counts as done, unless it is done for several things and some are left. */
    private static Map<String, Engine.PriorDecision> decideAsItIs(Path journal, boolean happened) {
        Map<String, Engine.PriorDecision> decisions = new LinkedHashMap<>();
        Map<String, Integer> items = new LinkedHashMap<>();
        for (RunEvent event : events(journal)) {
            if (event instanceof RunEvent.AttemptStarted attempt) {
                items.put(attempt.work().step(), attempt.items());
            } else if (event instanceof RunEvent.StepInDoubt doubt) {
                boolean whole = happened && items.get(doubt.step()) == 1;
                decisions.put(
                        doubt.step(),
                        whole
                                ? new Engine.PriorDecision(Decision.DONE_BY_HAND, "seen")
                                : new Engine.PriorDecision(Decision.RETRY, ""));
            }
        }
        return decisions;
    }

    private static String tail(Path journal) {
        List<RunEvent> all = events(journal);
        return all.subList(Math.max(0, all.size() - 6), all.size()).toString();
    }

    private static List<RunEvent> events(Path journal) {
        return ((JournalReader.Result.Whole) new JournalReader().read(journal))
                .read()
                .events();
    }
}
