package dev.runbook.rehearsal.estate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TickerTest {
    @Test
    void saysSoWhenTimeComesToAStop() throws InterruptedException {
        LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        AtomicInteger ticks = new AtomicInteger();
        Runnable tick = () -> {
            if (ticks.incrementAndGet() == 3) {
                throw new IllegalStateException("a job without a step");
            }
        };

        Ticker ticker = Ticker.start(tick, pause -> {}, heard::add);
        try {
            assertThat(heard.poll(10, TimeUnit.SECONDS))
                    .contains("Time stands still in the rehearsal")
                    .contains("a job without a step");
        } finally {
            ticker.close();
        }
        assertThat(ticks).hasValue(3);
    }
}
