package dev.runbook.journey;

import dev.runbook.event.RunEvent;
import dev.runbook.rehearsal.scene.Scene;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every fact that a run asks, with every kind of fault at the question: a question changes nothing, so the run asks again, or
 * stops and can be resumed, and everything ends as without the fault.
 *
 * <p>A seeded sample by default; with {@code -Dfaults.all=true} every case. The table is printed.
 */
class AskingFaultTest {
    private static final boolean ALL = Boolean.getBoolean("faults.all");
    private static final int SAMPLE = 6;

    @TempDir
    Path folder;

    private record Case(AskedFact asked, Scene.FaultSpec.Kind kind) {}

    @ParameterizedTest(name = "{0}")
    @CsvSource({"failover, dc1-lost", "failback, dc1-rebuilt"})
    void whateverGoesWrongWithAQuestionTheRunEndsTheSame(String name, String scene) throws Exception {
        try (Rig rig = new Rig(folder, scene)) {
            Recording whole = new Recording(rig, Path.of("runbooks", name + ".yaml"));
            List<List<String>> rows = new ArrayList<>();
            for (Case one : cases(whole)) {
                AskedFact asked = one.asked();
                rows.add(List.of(
                        asked.step(),
                        asked.decides(),
                        asked.fact().name().text(),
                        one.kind().word(),
                        outcome(whole, one)));
            }
            Tables.tell(
                    ALL,
                    "questions-" + name,
                    "Faults while the " + name + " asks",
                    List.of("step", "asked for", "fact", "fault at the question", "outcome"),
                    rows);
        }
    }

    private static List<Case> cases(Recording whole) {
        List<Case> all = new ArrayList<>();
        AskedFact.of(whole).forEach(asked -> asked.kinds().forEach(kind -> all.add(new Case(asked, kind))));
        if (ALL) {
            return all;
        }
        Collections.shuffle(all, new Random(20261121));
        return all.subList(0, SAMPLE);
    }

    private static String outcome(Recording whole, Case one) throws IOException {
        AskedFact asked = one.asked();
        String where = "step " + asked.step() + ", " + one.kind() + " at the question for " + asked.decides() + ": "
                + asked.fact().name();
        return new Struck(whole, asked.in(whole.rig, one.kind()), one.kind() != Scene.FaultSpec.Kind.HANG, false)
                .from(asked.begun(), rightBefore(asked), "resumed", where);
    }

    /** The step tells the same events again, up to the one behind which the fact is asked. */
    private static Predicate<RunEvent> rightBefore(AskedFact asked) {
        int[] heard = {asked.begun()};
        return unused -> heard[0]++ == asked.at() - 1;
    }
}
