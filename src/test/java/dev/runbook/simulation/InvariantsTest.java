package dev.runbook.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.language.RunbookReader;
import dev.runbook.simulation.Invariants.Invariant;
import dev.runbook.simulation.Script.Action;
import dev.runbook.simulation.Script.Back;
import dev.runbook.simulation.Script.Command;
import dev.runbook.simulation.Script.Happening;
import dev.runbook.simulation.Script.StepSpec;
import dev.runbook.simulation.Script.Typed;
import dev.runbook.simulation.Script.What;
import dev.runbook.simulation.SimulatedWorld.Lie;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each invariant of the simulation breaks where the world, or what stands between it and the engine, is not as it should be. */
class InvariantsTest {
    private static final int REQUIRE = 2;
    private static final int PROOF = 8;
    private static final int BACK_PROOF = 512;
    private static final RunbookReader READER = new RunbookReader();

    private static final StepSpec PLAIN = step(1, Action.STATEMENT, Back.ACTION, 1, PROOF);
    private static final StepSpec PROVED = step(1, Action.STATEMENT, Back.ACTION, 1, PROOF | BACK_PROOF);
    private static final StepSpec COPY = step(1, Action.COPY, Back.BUILT_IN, 1, 0);
    private static final StepSpec FOR_GOOD = step(2, Action.STATEMENT, Back.IMPOSSIBLE, 1, PROOF);

    static Stream<Arguments> lies() {
        Happening late = new Happening(0, What.LATE, 399);
        Happening foreign = new Happening(16, What.OUTSIDE_FILE, 7);
        return Stream.of(
                broken(Lie.MISTAKE, Invariant.NO_MISTAKE, script(false, List.of(PLAIN))),
                broken(Lie.SHORT_JOURNAL, Invariant.JOURNAL, script(true, List.of(PLAIN))),
                broken(Lie.FORGETFUL_JOURNAL, Invariant.KNOWN, script(false, List.of(PLAIN))),
                broken(Lie.ALL_IS_DONE, Invariant.STEP_DONE, script(false, List.of(PLAIN))),
                broken(Lie.ALL_IS_BACK, Invariant.STEP_UNDONE, script(true, List.of(PROVED))),
                broken(Lie.ALL_IS_BACK, Invariant.ROLLED_BACK, script(true, List.of(PROVED))),
                broken(Lie.WRONG_JOURNAL, Invariant.RUN_DONE, script(false, List.of(PLAIN))),
                broken(Lie.QUESTIONS_ACT, Invariant.NOTHING_CHANGED, refusedBeforehand()),
                broken(Lie.TWICE, Invariant.ONE_ATTEMPT, script(false, List.of(PLAIN))),
                broken(
                        Lie.TWICE,
                        Invariant.DENIED_BEFORE,
                        script(false, List.of(step(1, Action.STATEMENT, Back.ACTION, 3, PROOF)))),
                broken(
                        Lie.NOTHING_AT_WORK,
                        Invariant.NOT_AT_WORK,
                        script(false, List.of(step(1, Action.STATEMENT, Back.ACTION, 3, PROOF)), late)),
                broken(Lie.REFUSED_AND_DONE, Invariant.NO_RETURN, script(true, List.of(PLAIN, FOR_GOOD))),
                broken(Lie.FILES_GONE, Invariant.OWN_FILES, script(true, List.of(COPY), foreign)),
                broken(Lie.NOBODY_DECIDES, Invariant.ENDS, script(false, List.of(FOR_GOOD))));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void anInvariantBreaksWhereTheWorldLies(Lie lie, Invariant invariant, Script script) {
        assertThat(play(script, Lie.NONE).violations()).isEmpty();

        Simulation.Outcome outcome = play(script, lie);

        assertThat(outcome.violations())
                .as(outcome.told())
                .extracting(Invariants.Violation::invariant)
                .contains(invariant);
    }

    @Test
    void everyInvariantIsBrokenByALie() {
        assertThat(lies().map(lie -> lie.get()[1]).distinct()).containsExactlyInAnyOrder((Object[]) Invariant.values());
    }

    @Test
    void aFailingSeedShrinksToOneStepAndNoEvents() {
        Script script = Script.of(7);
        assertThat(script.steps()).hasSizeGreaterThan(1);
        assertThat(script.events()).isNotEmpty();
        assertThat(play(script, Lie.MISTAKE).broken()).contains(Invariant.NO_MISTAKE);

        Script least = Shrinking.least(script, each -> play(each, Lie.MISTAKE));

        assertThat(play(least, Lie.MISTAKE).broken()).contains(Invariant.NO_MISTAKE);
        assertThat(least.steps()).hasSize(1);
        assertThat(least.steps().get(0).features()).hasSizeLessThan(3);
        assertThat(least.events()).isEmpty();
        assertThat(least.commands()).isEmpty();
        assertThat(least.told()).contains("steps:", "happens:", "answers:", "commands: RUN");
    }

    @Test
    void aScriptPlayedTwicePlaysTheSame() {
        Script script = Script.of(11);

        assertThat(play(script, Lie.NONE).told().replaceAll("modified=[^]]*", ""))
                .isEqualTo(play(Script.of(11), Lie.NONE).told().replaceAll("modified=[^]]*", ""));
    }

    private static Arguments broken(Lie lie, Invariant invariant, Script script) {
        return Arguments.of(lie, invariant, script);
    }

    private static Simulation.Outcome play(Script script, Lie lie) {
        return Simulation.play(script, READER::read, lie);
    }

    private static StepSpec step(int id, Action action, Back back, int attempts, int shape) {
        return new StepSpec(id, action, back, attempts, 0, shape);
    }

    /** Somebody makes untrue what the only step requires, and nobody is there to decide. */
    private static Script refusedBeforehand() {
        StepSpec step = step(1, Action.STATEMENT, Back.ACTION, 1, PROOF | REQUIRE);
        Happening off = new Happening(0, What.OUTSIDE, 1);
        return new Script(List.of(step), List.of(off), List.of(7), new Command(Typed.RUN, 0), List.of(), false);
    }

    /** These steps, carried out and, where wanted, taken back. */
    private static Script script(boolean back, List<StepSpec> steps, Happening... events) {
        Command run = new Command(Typed.RUN, 0);
        List<Command> later = back ? List.of(new Command(Typed.ROLLBACK, 0)) : List.of();
        return new Script(steps, List.of(events), List.of(), run, later, back);
    }
}
