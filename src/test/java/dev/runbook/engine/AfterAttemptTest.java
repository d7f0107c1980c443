package dev.runbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Trouble;
import dev.runbook.language.Task;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every combination of what came back, what was seen, and whether an attempt is left. */
class AfterAttemptTest {
    @ParameterizedTest(name = "{0}, seen {1}, attempts {2}: {3}")
    @CsvSource({
        // what came back, what done-when says, attempts in all (one was made), what follows
        "success, holds, 1, Finished",
        "success, holds, 3, Finished",
        "success, not, 1, Failed",
        "success, not, 3, TryAgain",
        "success, unknown, 1, Doubt",
        "success, unknown, 3, Doubt",
        "lasting, holds, 1, Finished",
        "lasting, not, 1, Failed",
        "lasting, not, 3, Failed",
        "lasting, none, 3, Failed",
        "lasting, unknown, 3, Failed",
        "transient, not, 1, Failed",
        "transient, not, 3, TryAgain",
        "transient, none, 3, TryAgain",
        "lost, holds, 1, Finished",
        "lost, not, 1, Doubt",
        "lost, not, 3, TryAgain",
        "lost, none, 1, Doubt",
        "lost, none, 3, TryAgain",
        "lost, unknown, 1, Doubt",
        "lost, unknown, 3, Doubt",
        "lost, at work, 1, Doubt",
        "lost, at work, 3, Doubt",
        "cancelled, at work, 3, Doubt",
        "cancelled, not, 3, Doubt",
        "cancelled, none, 3, Doubt",
        "cancelled, unknown, 3, Doubt",
    })
    void decides(String result, String seen, int attempts, String expected) {
        RetryPolicy.Next next = RetryPolicy.decide(result(result), verdict(seen), Task.Retry.times(attempts), 1);

        Object what = next instanceof RetryPolicy.Next.End end ? end.outcome() : next;
        assertThat(what.getClass().getSimpleName()).isEqualTo(expected);
    }

    private static Optional<Trouble> result(String word) {
        return switch (word) {
            case "success" -> Optional.empty();
            case "lost" -> Optional.of(trouble("transient", true));
            case "cancelled" -> Optional.of(trouble("cancelled", true));
            default -> Optional.of(trouble(word, false));
        };
    }

    private static Conditions.Verdict verdict(String word) {
        return switch (word) {
            case "holds" -> new Conditions.Verdict.Holds();
            case "at work" ->
                new Conditions.Verdict.Unknown(
                        "the old session is gone",
                        new Trouble(
                                RetryPolicy.AT_WORK, "lasting", true, "still at work", List.of(), Optional.empty()));
            case "unknown" -> new Conditions.Verdict.Unknown("mgc is online", trouble("lasting", false));
            default ->
                new Conditions.Verdict.DoesNotHold("mgc is online", "state_desc: found RESTORING, wanted ONLINE.");
        };
    }

    private static Trouble trouble(String kind, boolean unknown) {
        return new Trouble("1", kind, unknown, "it did not go well", List.of(), Optional.empty());
    }
}
