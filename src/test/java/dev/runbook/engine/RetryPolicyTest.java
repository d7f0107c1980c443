package dev.runbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Trouble;
import dev.runbook.language.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
    @ParameterizedTest(name = "{0} {1} after {2} of {3}: {4}")
    @CsvSource({
        "transient, 1205, 1, 3, true",
        "transient, 1205, 3, 3, false",
        "transient, 1205, 1, 1, false",
        "lasting, 3101, 1, 3, true",
        "lasting, 4305, 1, 3, false",
        "lasting, 4330, 1, 3, false",
        "lasting, not-done, 2, 3, true",
        "access, 18456, 1, 3, false",
        "access, 3101, 1, 3, false",
        "identity, wrong-server, 1, 3, false",
        "cancelled, cancelled, 1, 3, false",
    })
    void triesAgainWhatMayGoAway(String kind, String code, int made, int attempts, boolean expected) {
        Task.Retry retry =
                new Task.Retry(attempts, Duration.ofSeconds(5), 2, Duration.ofMinutes(1), 0, Set.of("3101", "4330"));
        Trouble trouble = new Trouble(code, kind, false, "", List.of(), Optional.empty());

        assertThat(RetryPolicy.triesAgain(retry, trouble, made)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "behind attempt {0} with {1}: {2} ms")
    @CsvSource({"1, 0.5, 5000", "2, 0.5, 10000", "3, 0.5, 20000", "5, 0.5, 60000", "60, 0.5, 60000"})
    void pausesGrowUpToTheLongest(int made, double random, long millis) {
        assertThat(RetryPolicy.pause(Task.Retry.times(9), made, random)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void jitterVariesAPauseBothWays() {
        Task.Retry retry = new Task.Retry(3, Duration.ofSeconds(10), 2, Duration.ofMinutes(1), 0.2, Set.of());

        assertThat(RetryPolicy.pause(retry, 1, 0)).isEqualTo(Duration.ofSeconds(8));
        assertThat(RetryPolicy.pause(retry, 1, 1)).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void looksGrowRarerUpToAQuarterOfAMinuteAndNeverPassTheEnd() {
        assertThat(RetryPolicy.nextLook(1, Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(RetryPolicy.nextLook(2, Duration.ofHours(1))).isEqualTo(Duration.ofMillis(1500));
        assertThat(RetryPolicy.nextLook(100, Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(15));
        assertThat(RetryPolicy.nextLook(100, Duration.ofSeconds(4))).isEqualTo(Duration.ofSeconds(4));
    }
}
