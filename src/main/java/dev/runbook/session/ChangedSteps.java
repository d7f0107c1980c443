package dev.runbook.session;

import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.plan.Passages;
import dev.runbook.site.VariablesUsed;
import dev.runbook.state.RunState;
import dev.runbook.state.StepStatus;
import dev.runbook.terminal.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares a runbook that was edited with the one that a run worked with so far, by the lines as written: its variables, its
 * facts, its steps. A fact is part of every step that asks it. A variable is not: what counts of it is its value.
 */
public final class ChangedSteps {
    private final Runbook before;
    private final Runbook now;
    private final RunState state;
    private final List<String> lines = new ArrayList<>();
    /** Changes of what was done by now, and those that nobody may accept. */
    private final List<String> acted = new ArrayList<>();

    private final List<String> doubtful = new ArrayList<>();
    private final List<String> moved = new ArrayList<>();
    private final List<String> takenOut = new ArrayList<>();

    private ChangedSteps(Runbook before, Runbook now, RunState state) {
        this.before = before;
        this.now = now;
        this.state = state;
    }

    /**
     * What changed, in lines: each part that is another one, line by line.
     *
     * @param accept whether steps that are finished, and facts that they or a step in doubt ask, may be other ones too; what is
     *     finished stays so, and is not done again
     * @throws Refusal if such a one changed and that is not accepted, or a step that is in doubt did
     */
    public static List<String> between(Runbook before, Runbook now, RunState state, boolean accept) {
        ChangedSteps changes = new ChangedSteps(before, now, state);
        changes.variables();
        changes.facts();
        changes.steps();
        changes.order();
        changes.refuse(changes.doubtful, "A step in doubt cannot change any more.");
        changes.refuse(changes.takenOut, "A step that may have done something stays: a rollback needs it.");
        changes.refuse(changes.moved, "Steps that have begun keep their order.");
        if (!accept) {
            changes.refuse(
                    changes.acted,
                    "What is finished is not done again, and what is in doubt was begun as it was written then."
                            + " To go on with the new runbook all the same: --accept-changed.");
        }
        return List.copyOf(changes.lines);
    }

    private void variables() {
        compare(
                "variable ",
                Passages.variables(before),
                Passages.variables(now),
                name -> ", used by " + ids(using(name, VariablesUsed::of)));
    }

    private void facts() {
        compare("fact ", Passages.facts(before), Passages.facts(now), name -> {
            List<String> asking = using(name, VariablesUsed::facts);
            List<String> late = asking.stream().filter(this::hasBegun).toList();
            if (!late.isEmpty()) {
                acted.add("the fact \"" + name + "\" of " + ids(late)
                        + fate(now.facts().containsKey(name)));
            }
            return ", asked by " + ids(asking);
        });
    }

    private void steps() {
        compare("step ", Passages.steps(before), Passages.steps(now), id -> {
            StepStatus status = status(id);
            if (hasBegun(id)) {
                String change = "step " + id + fate(now.step(id).isPresent());
                boolean lost = now.step(id).isEmpty() && state.step(id).mayHaveHappened();
                (lost ? takenOut : status.isDoubtful() ? doubtful : acted).add(change);
            }
            return status.isFinished() ? ", and is finished" : "";
        });
    }

    /** Describes what differs. What is asked to say more of a part is asked of those alone that the run knew. */
    private void compare(
            String kind, Map<String, List<String>> old, Map<String, List<String>> edited, UnaryOperator<String> more) {
        old.forEach((name, text) -> {
            if (!text.equals(edited.get(name))) {
                describe(
                        kind + name + fate(edited.containsKey(name)) + more.apply(name) + ":",
                        text,
                        edited.getOrDefault(name, List.of()));
            }
        });
        edited.forEach((name, text) -> {
            if (!old.containsKey(name)) {
                describe(kind + name + " is new:", List.of(), text);
            }
        });
    }

    private void describe(String heading, List<String> old, List<String> edited) {
        lines.add(heading);
        LineDiff.of(old, edited).forEach(line -> lines.add("    " + line));
    }

    /** The ids of the steps that use something, now or as the runbook was. */
    private List<String> using(String name, BiFunction<Runbook, Step, Collection<String>> used) {
        return Stream.of(before, now)
                .flatMap(runbook -> runbook.steps().stream()
                        .filter(step -> used.apply(runbook, step).contains(name)))
                .map(step -> step.id().text())
                .distinct()
                .toList();
    }

    private static String fate(boolean isThere) {
        return isThere ? " was changed" : " was taken out";
    }

    private StepStatus status(String id) {
        return state.step(id).status();
    }

    /** Whether a step is finished, or may have done something: also one that failed, or was left between two attempts. */
    private boolean hasBegun(String id) {
        return status(id).isFinished() || state.step(id).mayHaveHappened();
    }

    /** Steps that began keep their order: a rollback takes them back in the order in which they were done. */
    private void order() {
        List<String> was = begun(before);
        List<String> is = begun(now);
        was.retainAll(is);
        is.retainAll(was);
        if (!was.equals(is)) {
            String change = "the order of the steps " + String.join(", ", was) + " is now " + String.join(", ", is);
            lines.add(change + ".");
            moved.add(change);
        }
    }

    private List<String> begun(Runbook runbook) {
        return runbook.steps().stream()
                .map(step -> step.id().text())
                .filter(this::hasBegun)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static String ids(List<String> ids) {
        return switch (ids.size()) {
            case 0 -> "no step";
            case 1 -> "step " + ids.get(0);
            default -> "steps " + String.join(", ", ids);
        };
    }

    private void refuse(List<String> changes, String why) {
        if (!changes.isEmpty()) {
            throw Refusal.usage(String.join("\n", lines) + "\nIn "
                    + now.source().name() + " " + String.join(", ", changes) + ". " + why + " Nothing was begun.");
        }
    }
}
