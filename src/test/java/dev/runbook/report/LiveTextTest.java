package dev.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has room in the line of the step under way. */
class LiveTextTest {
    private static final Instant NOW = Instant.parse("2026-11-21T13:42:41Z");
    private static final List<String> CLOCKS = List.of("T+1:13", "about 1:46 left", "RTO 1:00:00: 58:47 left");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        200 | "15/23  ...              0:12  4.2    Bring mgc online on the backup server  40 % [########------------]  T+1:13, about 1:46 left, RTO 1:00:00: 58:47 left"
        138 | "15/23  ...              0:12  4.2    Bring mgc online on...  40 % [########------------]  T+1:13, about 1:46 left, RTO 1:00:00: 58:47 left"
        120 | "15/23  4.2  0:12  Bring mgc online on...  40 % [########------------]  T+1:13, about 1:46 left, RTO 1:00:00: 58:47 left"
        100 | "15/23  4.2  0:12  Bring mgc online on the b...  40 % [########------------]  T+1:13, about 1:46 left"
        80  | "15/23  4.2  0:12  Bring mgc online on th...  40 % [########------------]  T+1:13"
        64  | "15/23  4.2  0:12  Bring mgc onli...  40 % [########------------]"
        50  | "15/23  4.2  0:12  40 % [########------------]"
        40  | "15/23  4.2  0:12  40 % [########-----..."
        """)
    void theTitleIsShortenedFirstThenClockAfterClockGoes(int columns, String line) {
        assertThat(line("", LiveText.Doing.advanced(40, 0, "%"), columns)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        120 | "15/23  4.2  0:12  Bring mgc online on the ba...  2 of 5  waits 28:30 at most: mgc is online on the backup server  T+1:13"
        80  | "15/23  4.2  0:12  2 of 5  waits 28:30 at most: mgc is online on the backup se..."
        40  | "15/23  4.2  0:12  2 of 5  waits 28:30..."
        """)
    void whatIsWaitedForBeginsWithHowLong(int columns, String line) {
        LiveText.Doing waiting = LiveText.Doing.waiting(
                "mgc is online on the backup server", "Nothing was found.", NOW.plus(Duration.ofSeconds(1710)));

        assertThat(line("2 of 5", waiting, columns)).isEqualTo(line);
    }

    @Test
    void theCountdownToTheNextAttemptIsSeenOnEveryTerminal() {
        LiveText.Doing pausing = LiveText.Doing.pausing(2, NOW.plusSeconds(5));

        assertThat(line("", pausing, 80)).contains("attempt 2 follows in 0:05").contains("T+1:13");
        assertThat(line("", pausing, 44)).contains("attempt 2 follows in 0:05");
    }

    @Test
    void aLostAnswerIsTold() {
        LiveText.Doing waiting =
                LiveText.Doing.waiting("the old session is gone", "sqlb does not answer.", NOW.plusSeconds(1700));
        RunText.UnderWay lost = step("", Optional.of(Duration.ofSeconds(42)));

        assertThat(new LiveText(lost, waiting.text(lost, NOW), CLOCKS).in(79))
                .isEqualTo("15/23  4.2  0:12  answer lost 0:42 ago, asks for 28:20 more: sqlb does not a...");
        assertThat(new LiveText(lost, LiveText.Doing.NOTHING.text(lost, NOW), List.of()).in(60))
                .isEqualTo("15/23  4.2  0:12  Bring mgc online...  answer lost 0:42 ago");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20, 39, 60, 79, 119, 240})
    void noLineIsWiderThanTheTerminal(int columns) {
        LiveText.Doing waiting = LiveText.Doing.waiting("備援伺服器上的 mgc 已上線", "沒有。", NOW.plusSeconds(30));

        assertThat(Columns.of(line("2 of 5", waiting, columns))).isLessThanOrEqualTo(columns);
    }

    private static String line(String position, LiveText.Doing doing, int columns) {
        RunText.UnderWay step = step(position, Optional.empty());
        return new LiveText(step, doing.text(step, NOW), CLOCKS).in(columns);
    }

    private static RunText.UnderWay step(String position, Optional<Duration> lost) {
        return new RunText.UnderWay(
                "15/23  ...              0:12  4.2  ",
                "15/23  4.2  0:12",
                "Bring mgc online on the backup server",
                position,
                lost);
    }
}
