package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TerminalWidthTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whoeverDrawsNeverWaitsForATerminalThatIsAskedAgain() throws InterruptedException {
        CountDownLatch answers = new CountDownLatch(1);
        CountDownLatch asksAgain = new CountDownLatch(1);
        Main.TerminalWidth width = new Main.TerminalWidth(
                () -> {
                    if (asked.incrementAndGet() > 1) {
                        asksAgain.countDown();
                        await(answers);
                    }
                    return 100 + asked.get();
                },
                now::get);
        assertThat(width.getAsInt()).isEqualTo(101);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(width.getAsInt()).isEqualTo(101);
        assertThat(asked).hasValue(1);

        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(width.getAsInt()).as("the one that is known").isEqualTo(101);
        assertThat(asksAgain.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(width.getAsInt()).isEqualTo(101);
        assertThat(asked).as("nobody asks twice at a time").hasValue(2);
        answers.countDown();
        while (width.getAsInt() == 101) {
            Thread.onSpinWait();
        }
        assertThat(width.getAsInt()).isEqualTo(102);
    }

    @Test
    void readsWhatAConsoleOfWindowsSaysInAnyLanguage() {
        assertThat(Main.TerminalWidth.columns("\r\nStatus von Gerät CON:\r\n---\r\n    Zeilen:          9001\r\n"
                        + "    Spalten:         120\r\n    Wiederholrate:   31\r\n"))
                .isEqualTo(120);
        assertThat(Main.TerminalWidth.columns(" Lines: 25\n Columns: 20\n")).isEqualTo(40);
        assertThat(Main.TerminalWidth.columns("The device is not there.")).isEqualTo(80);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
