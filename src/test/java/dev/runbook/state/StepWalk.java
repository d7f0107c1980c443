package dev.runbook.state;

import dev.runbook.event.Actor;
import dev.runbook.event.Decision;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Walks from where a step begins to every state that events can bring it to. */
public final class StepWalk {
    private static final Instant NOW = Instant.parse("2026-11-21T03:12:09Z");
    private static final Work STEP = Work.of("1");
    private static final Work UNDO = Work.undo("1", 1);

    private StepWalk() {}

    /** Every state that can be reached, moments aside. */
    static Set<StepState> reachable() {
        return histories().keySet();
    }

    /** Every state that can be reached, moments aside, each with the shortest events that lead there. */
    public static Map<StepState, List<RunEvent>> histories() {
        Map<StepState, List<RunEvent>> found = new LinkedHashMap<>();
        Deque<List<RunEvent>> open = new ArrayDeque<>();
        open.add(List.of());
        while (!open.isEmpty()) {
            List<RunEvent> history = open.remove();
            StepState state = fold(history).state().step("1");
            if (found.putIfAbsent(plain(state), history) == null) {
                for (RunEvent next : all()) {
                    RunFold fold = fold(history);
                    if (fold.allows(next) && comesWhenSomethingIsUnderWay(next, state)) {
                        List<RunEvent> longer = new ArrayList<>(history);
                        longer.add(next);
                        open.add(longer);
                    }
                }
            }
        }
        return found;
    }

    static RunFold fold(List<RunEvent> history) {
        RunFold fold = new RunFold(
                NOW,
                new RunEvent.RunStarted(
                        1,
                        "r",
                        "20261121031209",
                        "x",
                        "x.yaml",
                        "00",
                        Map.of(),
                        new Actor("jdoe", "jump1", 1, "test")));
        history.forEach(event -> fold.take(NOW, event));
        return fold;
    }

    private static boolean comesWhenSomethingIsUnderWay(RunEvent event, StepState state) {
        return !(event instanceof RunEvent.CameBack back)
                || state.effect().has(back.work().isUndo() ? StepState.Mark.UNDOING : StepState.Mark.UNDER_WAY);
    }

    private static StepState plain(StepState state) {
        return new StepState(
                state.status(),
                new StepState.Effect(state.effect().marks(), state.effect().items(), 0, "", Set.of()),
                Math.min(state.attempts(), 2),
                Optional.empty(),
                StepState.Course.NONE,
                StepState.WorkTime.NONE,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** Every event that speaks of the step; answers come only where something is under way. */
    private static List<RunEvent> all() {
        return List.of(
                new RunEvent.StepBegun("1"),
                new RunEvent.AttemptStarted(STEP, 1, 2),
                came(STEP, 1, Optional.empty()),
                came(STEP, 2, Optional.empty()),
                came(STEP, 1, Optional.of(trouble(false, false))),
                came(STEP, 1, Optional.of(trouble(false, true))),
                came(STEP, 2, Optional.of(trouble(true, false))),
                new RunEvent.AttemptFailed(STEP, 1, trouble(false, false)),
                new RunEvent.AttemptFailed(STEP, 1, trouble(true, false)),
                new RunEvent.StepSkipped("1", "not so"),
                new RunEvent.StepSkipped("1", "x", Optional.of("jdoe")),
                new RunEvent.StepAlreadyDone("1"),
                new RunEvent.StepDone("1"),
                new RunEvent.StepDone("1", Optional.of("x"), Optional.of("jdoe")),
                new RunEvent.StepFailed("1", trouble(false, false), true),
                new RunEvent.StepInDoubt("1", trouble(true, false)),
                new RunEvent.Decided("1", Decision.RETRY, "", "jdoe"),
                new RunEvent.AttemptStarted(UNDO, 1, 1),
                came(UNDO, 1, Optional.of(trouble(true, false))),
                new RunEvent.StepUndone("1", "by its rollback"),
                new RunEvent.StepLeft("1", "x", List.of()),
                new RunEvent.UndoFailed("1", trouble(false, false), "x"),
                new RunEvent.StepUndone("0", "by its rollback", List.of("1")));
    }

    private static RunEvent came(Work work, int item, Optional<Trouble> trouble) {
        return new RunEvent.CameBack(work, 1, item, trouble, Optional.empty());
    }

    private static Trouble trouble(boolean unknown, boolean partial) {
        return new Trouble("1", "lasting", unknown, "no", List.of(), Optional.empty(), partial);
    }
}
