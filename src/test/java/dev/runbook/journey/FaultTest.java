package dev.runbook.journey;

import dev.runbook.event.RunEvent;
import dev.runbook.language.Step;
import dev.runbook.rehearsal.scene.Scene;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every step that sends something, with every kind of fault at what it sends: the run ends done, or says that it failed or is
 * in doubt; when it is resumed without the fault, and what is in doubt is decided as it is, everything ends as without the
 * fault. A fault that the endpoint of a step does not know has its line in the table too, and says so.
 *
 * <p>What a step needs in order to act is not in one scene: a second one of each runbook brings most of the rest.
 *
 * <p>A seeded sample by default; with {@code -Dfaults.all=true} every case. The table is printed.
 */
class FaultTest {
    private static final boolean ALL = Boolean.getBoolean("faults.all");
    private static final int SAMPLE = 5;
    private static final String MIRROR_TOOK_OVER = "ALTER DATABASE [mgc] SET PARTNER FAILOVER";

    @TempDir
    Path folder;

    /** A step in a run, and what it sent first. */
    private record Action(Step step, int begun, String sent) {}

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "failover, dc1-lost, src/test/resources/scenes/dc1-answers.yaml",
        "failback, dc1-rebuilt, src/test/resources/scenes/dc1-remembers.yaml"
    })
    void whateverGoesWrongInAStepTheRunSaysSoAndCanGoOn(String name, String scene, String more) throws Exception {
        Path runbook = Path.of("runbooks", name + ".yaml");
        Map<String, Map<Scene.FaultSpec.Kind, String>> table = new LinkedHashMap<>();
        try (Rig rig = new Rig(folder.resolve("first"), scene)) {
            rig.plan(runbook).runbook().steps().stream()
                    .filter(Step::hasAction)
                    .forEach(step -> table.put(step.id().text(), new LinkedHashMap<>()));
            tell(new Recording(rig, runbook), table);
        }
        try (Rig rig = new Rig(folder.resolve("second"), more)) {
            if (name.equals("failback")) {
                rig.type(runbook, "backup_sql", MIRROR_TOOK_OVER);
            }
            tell(new Recording(rig, runbook), table);
        }
        Tables.tell(
                ALL,
                "faults-" + name,
                "Faults in the steps of " + name,
                List.of("step", "fault at what it sends", "outcome"),
                rows(table));
    }

    /** Tries what the table does not have yet. */
    private static void tell(Recording whole, Map<String, Map<Scene.FaultSpec.Kind, String>> table) throws IOException {
        for (Map.Entry<Action, Scene.FaultSpec.Kind> one : cases(whole, table)) {
            Fault fault = new Fault(one.getKey().step(), one.getValue());
            table.get(one.getKey().step().id().text()).put(fault.kind(), outcome(whole, one.getKey(), fault));
        }
    }

    private static List<Map.Entry<Action, Scene.FaultSpec.Kind>> cases(
            Recording whole, Map<String, Map<Scene.FaultSpec.Kind, String>> table) {
        List<Map.Entry<Action, Scene.FaultSpec.Kind>> all = new ArrayList<>();
        actions(whole).stream()
                .filter(action -> table.get(action.step().id().text()).isEmpty())
                .forEach(action ->
                        List.of(Scene.FaultSpec.Kind.values()).forEach(kind -> all.add(Map.entry(action, kind))));
        if (ALL) {
            return all;
        }
        all.removeIf(one ->
                new Fault(one.getKey().step(), one.getValue()).impossible().isPresent());
        Collections.shuffle(all, new Random(20261121));
        return all.subList(0, Math.min(SAMPLE, all.size()));
    }

    private static List<Action> actions(Recording whole) {
        Map<String, Action> actions = new LinkedHashMap<>();
        int begun = 0;
        for (int i = 0; i < whole.moments.size(); i++) {
            RunEvent event = whole.moments.get(i).entry().event();
            begun = event instanceof RunEvent.StepBegun ? i : begun;
            if (event instanceof RunEvent.Sent sent) {
                String id = sent.work().step();
                actions.putIfAbsent(id, new Action(whole.step(id), begun, sent.text()));
            }
        }
        return List.copyOf(actions.values());
    }

    private static String outcome(Recording whole, Action action, Fault fault) throws IOException {
        Optional<String> impossible = fault.impossible();
        if (impossible.isPresent()) {
            return "cannot strike here: " + impossible.get();
        }
        String id = action.step().id().text();
        Predicate<RunEvent> attempt = event -> event instanceof RunEvent.AttemptStarted started
                && started.attempt() == 1
                && started.work().step().equals(id);
        return new Struck(
                        whole,
                        fault.in(whole.rig, action.sent()),
                        fault.kind() != Scene.FaultSpec.Kind.HANG,
                        fault.kind() == Scene.FaultSpec.Kind.ANSWER_LOST)
                .from(
                        action.begun(),
                        attempt,
                        fault.remedy(),
                        "step " + id + ", " + fault.kind() + " at " + action.sent());
    }

    private static List<List<String>> rows(Map<String, Map<Scene.FaultSpec.Kind, String>> table) {
        List<List<String>> rows = new ArrayList<>();
        table.forEach((step, row) -> {
            if (row.isEmpty() && ALL) {
                rows.add(List.of(step, "every", "not met: in no scene has this step anything to send"));
            }
            for (Scene.FaultSpec.Kind kind : Scene.FaultSpec.Kind.values()) {
                if (row.containsKey(kind)) {
                    rows.add(List.of(step, kind.word(), row.get(kind)));
                }
            }
        });
        return rows;
    }
}
