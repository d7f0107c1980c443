package dev.runbook.simulation;

import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import dev.runbook.journal.JournalReader;
import dev.runbook.runs.RunFolder;
import dev.runbook.simulation.Script.Action;
import dev.runbook.simulation.Script.Back;
import dev.runbook.simulation.Script.StepSpec;
import dev.runbook.simulation.SimulatedWorld.Effect;
import dev.runbook.simulation.SimulatedWorld.Fate;
import dev.runbook.site.SuppliedValue;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import dev.runbook.state.StepStatus;
import dev.runbook.yaml.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What has to hold of every run, whatever happens to it. It is looked at while a run goes on, after each process, and at the end. */
final class Invariants {
    /** One sentence that has to hold. */
    enum Invariant {
        /** No process ends with a mistake of the program. */
        NO_MISTAKE,
        /** The journal is whole, never gets shorter, and says what was written. */
        JOURNAL,
        /** Whatever was sent and was not taken back is known to the journal. */
        KNOWN,
        /** A step that is called done is done. */
        STEP_DONE,
        /** A step that is called taken back is taken back. */
        STEP_UNDONE,
        /** A run that says that it is done is done, and what it calls skipped did nothing. */
        RUN_DONE,
        /** A run that says that it is rolled back left nothing but what it names. */
        ROLLED_BACK,
        /** A run that says that it changed nothing changed nothing, and one that has nothing to take back neither. */
        NOTHING_CHANGED,
        /** A step with one attempt acts once, unless a person wants it again. */
        ONE_ATTEMPT,
        /** What may be repeated is repeated only if a fact has denied it, or a person wants it. */
        DENIED_BEFORE,
        /** Nothing is sent while the same is still at work. */
        NOT_AT_WORK,
        /** The rollback stops at a point of no return that may have happened. */
        NO_RETURN,
        /** The rollback deletes no file of anybody else. */
        OWN_FILES,
        /** Resume and rollback get to an end. */
        ENDS
    }

    /** One that does not hold, and how. */
    record Violation(Invariant invariant, String sentence) {
        @Override
        public String toString() {
            return invariant + ": " + sentence;
        }
    }

    private final SimulatedWorld world;
    private final List<Entry> entries;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<Invariant, Integer> looked = new EnumMap<>(Invariant.class);
    /** Every step there was, as it was written last. */
    private final Map<String, StepSpec> known = new LinkedHashMap<>();
    /** The line in which a step, or a file that it copied, was left as it is by a person, by its runbook or by name. */
    private final Map<String, Integer> left = new LinkedHashMap<>();
    /** The line in which a step was last called done. */
    private final Map<String, Integer> done = new LinkedHashMap<>();

    private List<StepSpec> steps = List.of();
    private List<Map<String, SuppliedValue>> values = List.of();
    private byte[] kept = new byte[0];

    /**
     * Of one run.
     *
     * @param entries its journal, which grows
     */
    Invariants(SimulatedWorld world, List<Entry> entries) {
        this.world = world;
        this.entries = entries;
    }

    List<Violation> violations() {
        return violations;
    }

    boolean isBroken() {
        return !violations.isEmpty();
    }

    /** How often each was looked at. */
    Map<Invariant, Integer> looked() {
        return looked;
    }

    /** Takes down whether one holds. */
    void look(Invariant invariant, boolean holds, Supplier<String> sentence) {
        looked.merge(invariant, 1, Integer::sum);
        if (!holds) {
            violations.add(new Violation(invariant, sentence.get()));
        }
    }

    /** From now on the run has these steps. */
    void runbook(List<StepSpec> now) {
        steps = now;
        now.forEach(step -> known.put(step.step(), step));
    }

    int highestId() {
        return known.values().stream().mapToInt(StepSpec::id).max().orElse(0);
    }

    // ---- while it goes on

    /** A line is on disk. */
    void written(RunEvent event, List<Map<String, SuppliedValue>> now) {
        values = now;
        if (event instanceof RunEvent.StepDone || event instanceof RunEvent.StepAlreadyDone) {
            String step = ((RunEvent.OfStep) event).step();
            done.put(step, entries.size());
            calledDone(step, event);
        } else if (event instanceof RunEvent.StepLeft stepLeft) {
            left.put(stepLeft.step(), entries.size());
        } else if (event instanceof RunEvent.StepUndone undone) {
            calledUndone(undone);
        } else if (event instanceof RunEvent.Sent order && order.work().isUndo()) {
            noFurtherBack(order.work().step());
        }
    }

    private void calledDone(String id, RunEvent event) {
        StepSpec step = known.get(id);
        if (!shows(step) || isByHand(event)) {
            return;
        }
        look(
                Invariant.STEP_DONE,
                misses(step).isEmpty(),
                () -> "Step " + id + " is called " + event.getClass().getSimpleName() + ", and that is not so of "
                        + misses(step) + ".");
    }

    private static boolean isByHand(RunEvent event) {
        return event instanceof RunEvent.StepDone stepDone && stepDone.byHand().isPresent();
    }

    private static boolean shows(StepSpec step) {
        return step.proof() || step.action() == Action.COPY;
    }

    /** The parts that are not as the step wants them. */
    private List<String> misses(StepSpec step) {
        return parts(step).stream()
                .filter(part -> world.state(part) != goal(step))
                .toList();
    }

    private int goal(StepSpec step) {
        return step.goal()
                ? values.stream()
                        .filter(map -> map.containsKey("goal_" + step.id()))
                        .findFirst()
                        .map(map -> map.get("goal_" + step.id()).node())
                        .filter(Node.Scalar.class::isInstance)
                        .map(node -> Integer.valueOf(((Node.Scalar) node).value()))
                        .orElse(SimulatedWorld.ON)
                : SimulatedWorld.ON;
    }

    private List<String> parts(StepSpec step) {
        boolean elsewhere = values.stream().anyMatch(map -> map.containsKey("main_sql") && map.size() == 1);
        if (step.action() == Action.NONE) {
            return List.of((elsewhere ? "other.example.com:" : "") + "w2");
        }
        return step.action() == Action.COPY
                ? Stream.of(1, 2, 3)
                        .map(i -> "/target/" + step.step() + "_" + i + ".trn")
                        .toList()
                : step.parts().stream()
                        .map(part -> elsewhere && !step.side() && step.action() != Action.CMDLET
                                ? "other.example.com:" + part
                                : part)
                        .toList();
    }

    private void calledUndone(RunEvent.StepUndone undone) {
        String id = undone.step();
        // of copies, what is left is named
        open(id).filter(effect -> undone.how().contains(effect.part))
                .toList()
                .forEach(effect -> left.put(effect.part, entries.size()));
        boolean leftOut = known.get(id).backWhen() && isConditionDoubtful();
        if (undone.how().startsWith("by hand") || leftOut) {
            left.put(id, entries.size());
            return;
        }
        Optional<Effect> open = open(id).findFirst();
        look(
                Invariant.STEP_UNDONE,
                open.isEmpty(),
                () -> "Step " + id + " is called taken back " + undone.how() + ", and open is: " + open.get() + ".");
    }

    /** Whether the condition of ways back may have been untrue. */
    private boolean isConditionDoubtful() {
        return world.state("w1") != SimulatedWorld.ON
                || values.stream().anyMatch(map -> map.containsKey("main_sql") && map.size() == 1)
                || world.ledger.stream().anyMatch(effect -> effect.step.isEmpty() && effect.part.equals("w1"));
    }

    /**
     * A point of no return is not crossed on the way back, unless it is known that it did not happen, or that it did so before
     * the step was first sent: an edit may have put the step in front of it since.
     */
    private void noFurtherBack(String id) {
        List<String> ids = steps.stream().map(StepSpec::step).toList();
        int since = world.ledger.stream()
                .filter(effect -> effect.step.equals(id))
                .mapToInt(effect -> effect.line)
                .min()
                .orElse(0);
        steps.stream()
                .filter(step -> step.back() == Back.IMPOSSIBLE && ids.indexOf(step.step()) > ids.indexOf(id))
                .forEach(step -> look(
                        Invariant.NO_RETURN,
                        world.ledger.stream()
                                .noneMatch(effect ->
                                        effect.step.equals(step.step()) && effect.line >= since && mayHave(effect)),
                        () -> "The rollback of " + id + " goes past the point of no return " + step.step()
                                + ", which happened."));
    }

    // ---- what is open

    private static boolean mayHave(Effect effect) {
        return effect.fate == Fate.HAPPENED || effect.fate == Fate.PENDING;
    }

    /** The effects of a step that may have happened, and were neither taken back nor undone by anybody else, nor left. */
    private Stream<Effect> open(String step) {
        return world.ledger.stream().filter(effect -> effect.step.equals(step) && isOpen(effect));
    }

    private boolean isOpen(Effect effect) {
        int leftSince = Math.max(left.getOrDefault(effect.step, 0), left.getOrDefault(effect.part, 0));
        if (effect.step.isEmpty() || effect.undo || !mayHave(effect) || effect.line < leftSince) {
            return false;
        }
        int at = effect.fate == Fate.HAPPENED ? effect.at : Integer.MAX_VALUE;
        return world.ledger.stream().noneMatch(later -> later.part.equals(effect.part) && closed(later) > at);
    }

    /**
     * When an effect ended what was before it; 0 for one that does not. A way back that looks at nothing can know no more than
     * what its server says.
     */
    private int closed(Effect effect) {
        if (effect.step.isEmpty()) {
            return effect.at;
        }
        if (!effect.undo) {
            return 0;
        }
        int said = known.get(effect.step).backProof() ? 0 : effect.saidAt;
        return Math.max(said, effect.fate == Fate.HAPPENED ? effect.at : 0);
    }

    // ---- after a process

    /** The journal as the next process reads it. */
    void readBack(JournalReader.Result result) {
        look(
                Invariant.JOURNAL,
                result instanceof JournalReader.Result.Whole whole
                        && whole.read().entries().equals(entries),
                () -> "What was written is not what is read: " + result);
    }

    /** What a process left behind. */
    void afterProcess(RunFolder folder, Optional<Ending> ending) throws IOException {
        byte[] content = Files.readAllBytes(folder.journal());
        look(
                Invariant.JOURNAL,
                content.length >= kept.length && Arrays.mismatch(content, 0, kept.length, kept, 0, kept.length) < 0,
                () -> "The journal lost lines that it had.");
        int length = content.length;
        while (length > 0 && content[length - 1] != '\n') {
            length--;
        }
        kept = Arrays.copyOf(content, length);
        RunState state = RunState.of(entries);
        known.keySet()
                .forEach(step -> look(
                        Invariant.KNOWN,
                        open(step).findFirst().isEmpty() || state.step(step).started(),
                        () -> "What " + step + " sent is not known to the journal."));
        heard(Invariant.NOT_AT_WORK, world.twiceAtWork);
        heard(Invariant.OWN_FILES, world.foreignDeleted);
        look(Invariant.NO_MISTAKE, true, () -> "");
        ending.ifPresent(end -> isTrue(end, state));
    }

    /** What the world itself noticed. */
    private void heard(Invariant invariant, List<String> complaints) {
        look(invariant, complaints.isEmpty(), () -> String.join(" ", complaints));
        complaints.clear();
    }

    private void isTrue(Ending ending, RunState state) {
        if (ending == Ending.DONE) {
            steps.forEach(step -> isDone(step, state.step(step.step())));
        }
        if (ending == Ending.FAILED_UNCHANGED) {
            nothingOpen(Invariant.NOTHING_CHANGED, "The run says that it changed nothing");
        }
        if (ending == Ending.ROLLED_BACK) {
            nothingOpen(Invariant.ROLLED_BACK, "The run says that it is rolled back");
        }
    }

    private void nothingOpen(Invariant invariant, String said) {
        Optional<Effect> open = world.ledger.stream().filter(this::isOpen).findFirst();
        look(invariant, open.isEmpty(), () -> said + ", and open is: " + open.get() + ".");
    }

    /** The program says that there is nothing to take back, but for what stands before a point of no return. */
    void nothingToTakeBack(boolean barrier) {
        if (!barrier) {
            nothingOpen(Invariant.NOTHING_CHANGED, "There is said to be nothing to take back");
        }
    }

    private void isDone(StepSpec step, StepState state) {
        String id = step.step();
        look(
                Invariant.RUN_DONE,
                state.status().isFinished(),
                () -> "The run is done, and step " + id + " is " + state.status() + ".");
        if (state.status() == StepStatus.SKIPPED && !state.isSkippedByPerson()) {
            look(
                    Invariant.RUN_DONE,
                    open(id).findFirst().isEmpty(),
                    () -> "Step " + id + " is called skipped, and did something.");
        }
        boolean called = state.status() == StepStatus.DONE || state.status() == StepStatus.ALREADY_DONE;
        if (called && !state.isByHand() && shows(step) && !isTouchedSince(step, done.getOrDefault(id, 0))) {
            look(
                    Invariant.RUN_DONE,
                    misses(step).isEmpty(),
                    () -> "The run is done, and step " + id + " with it, and that is not so of " + misses(step) + ".");
        }
    }

    /** Whether somebody else changed it since, or a person gave another server: what was found done there is not asked again. */
    private boolean isTouchedSince(StepSpec step, int line) {
        List<String> servers = IntStream.range(0, entries.size())
                .filter(at -> at >= line || at == lastResumed(line))
                .mapToObj(at -> entries.get(at).event())
                .flatMap(event -> server(event).stream())
                .distinct()
                .toList();
        boolean elsewhere = servers.size() > 1;
        return elsewhere
                || world.ledger.stream()
                        .anyMatch(effect -> effect.step.isEmpty()
                                && effect.line >= line
                                && parts(step).contains(effect.part));
    }

    /** Where the journal last told of the values before a line. */
    private int lastResumed(int line) {
        return IntStream.range(0, Math.min(line, entries.size()))
                .filter(at -> server(entries.get(at).event()).isPresent())
                .max()
                .orElse(0);
    }

    private static Optional<String> server(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            return Optional.ofNullable(started.variables().get("main_sql"));
        }
        return event instanceof RunEvent.RunResumed resumed
                ? Optional.ofNullable(resumed.variables().get("main_sql"))
                : Optional.empty();
    }

    // ---- what is done twice

    /** Nothing is done twice that neither a person wants nor, where it may be repeated, a fact has denied. */
    void onceForEachWish() {
        for (StepSpec step : known.values()) {
            Map<String, Effect> last = new LinkedHashMap<>();
            for (Effect effect : world.ledger) {
                boolean own = effect.step.equals(step.step());
                if (closed(effect) > 0 && (effect.step.isEmpty() || own)) {
                    last.remove(effect.part);
                } else if (own && !effect.undo && mayHave(effect)) {
                    Optional.ofNullable(last.put(effect.part, effect))
                            .ifPresent(before -> wanted(step, before, effect));
                }
            }
        }
    }

    private void wanted(StepSpec step, Effect before, Effect effect) {
        boolean person = entries.subList(before.line, Math.min(effect.line, entries.size())).stream()
                .map(Entry::event)
                .anyMatch(event -> isWish(event, step.step()));
        if (step.attempts() == 1) {
            look(
                    Invariant.ONE_ATTEMPT,
                    person,
                    () -> "Step " + step.step() + " with one attempt did its work twice, and nobody wanted that: "
                            + effect + ".");
        } else {
            look(
                    Invariant.DENIED_BEFORE,
                    person || !step.proof() || isDenied(step, before, effect),
                    () -> "Step " + step.step()
                            + " did its work twice, and neither a fact had denied it nor did anybody" + " want it: "
                            + effect + ".");
        }
    }

    private static boolean isWish(RunEvent event, String step) {
        return event instanceof RunEvent.Decided decided
                        && decided.step().equals(step)
                        && (decided.decision() == Decision.RETRY || decided.decision() == Decision.CHANGE)
                || event instanceof RunEvent.Answered answer && answer.step().equals(step) && answer.accepted()
                || event instanceof RunEvent.StepUndone undone && undone.step().equals(step);
    }

    private boolean isDenied(StepSpec step, Effect before, Effect effect) {
        return world.looks.stream()
                .filter(look ->
                        look.about().equals(step.step()) && look.line() >= before.line && look.line() <= effect.line)
                .anyMatch(look -> look.seen().values().stream().anyMatch(state -> state != effect.value));
    }
}
