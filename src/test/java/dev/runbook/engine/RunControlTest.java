package dev.runbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunControlTest {
    private static final RunControl.Unsafe RESTORE = new RunControl.Unsafe("4.1", "sqlb", "RESTORE", "half restored");

    private final RunControl control = new RunControl();

    @Test
    void theFirstRequestStopsAfterTheStepTheSecondInTheMiddle() {
        assertThat(control.isStopRequested()).isFalse();
        control.interrupt();
        assertThat(control.isStopRequested()).isTrue();
        assertThat(control.isCancelled()).isFalse();
        control.interrupt();
        assertThat(control.isCancelled()).isTrue();
        assertThat(control.cancellation().isRequested()).isTrue();
    }

    @Test
    void aRequestCanBeWithdrawnButNotACancellation() {
        control.interrupt();
        control.withdraw();
        assertThat(control.isStopRequested()).isFalse();

        control.cancel();
        control.withdraw();
        assertThat(control.isStopRequested()).isTrue();
    }

    @Test
    void whatMustNotBeCutOffIsKnownWhileItIsUnderWayAndItsEndIsHeard() {
        AtomicInteger heard = new AtomicInteger();
        control.whenOver(heard::incrementAndGet);

        control.underWay(Optional.empty());
        assertThat(heard).hasValue(0);
        control.underWay(Optional.of(RESTORE));
        assertThat(control.unsafe()).contains(RESTORE);
        assertThat(heard).hasValue(0);
        control.underWay(Optional.empty());
        assertThat(control.unsafe()).isEmpty();
        assertThat(heard).hasValue(1);
    }
}
