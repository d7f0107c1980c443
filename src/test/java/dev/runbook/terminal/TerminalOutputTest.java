package dev.runbook.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.windows.StuckTerminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TerminalOutputTest {
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final StuckTerminal window = new StuckTerminal();
    private final TerminalOutput output = new TerminalOutput(System::nanoTime, 1000, SHORT);
    private final PrintStream out = output.to(window, StandardCharsets.UTF_8);

    @AfterEach
    void letGo() {
        window.loosen();
    }

    @Test
    void nobodyWaitsForAWindowThatTakesNothing() {
        window.stick();
        out.println("first");
        out.println("second");

        assertThat(output.drain(SHORT)).isFalse();
        assertThat(window.shown()).isEmpty();
        window.loosen();
        assertThat(output.drain(LONG)).isTrue();
        assertThat(window.shown()).isEqualToNormalizingNewlines("first\nsecond\n");
    }

    @Test
    void whatIsTooMuchIsLeftOutAndTheWindowSaysSo() {
        window.stick();
        for (int line = 0; line < 500; line++) {
            out.println("line " + line);
        }
        window.loosen();
        assertThat(output.drain(LONG)).isTrue();
        out.println("after");

        assertThat(output.drain(LONG)).isTrue();
        assertThat(window.shown())
                .startsWith("line 0")
                .contains("are left out here: the window took no output")
                .doesNotContain("line 499")
                .endsWith("after" + System.lineSeparator());
    }

    @Test
    void aWindowThatIsMerelySlowLosesNothing() {
        OutputStream slow = new OutputStream() {
            @Override
            public void write(int one) {
                window.write(one);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                Thread.yield();
                window.write(bytes, from, length);
            }
        };
        TerminalOutput patient = new TerminalOutput(System::nanoTime, 1000, LONG);
        PrintStream stream = patient.to(slow, StandardCharsets.UTF_8);
        for (int line = 0; line < 2000; line++) {
            stream.println("line " + line);
        }

        assertThat(patient.drain(LONG)).isTrue();
        assertThat(window.shown().lines()).hasSize(2000).last().isEqualTo("line 1999");
    }

    @Test
    void outputAndErrorsKeepTheirOrder() {
        PrintStream err = output.to(window, StandardCharsets.UTF_8);
        out.print("a");
        err.print("b");
        out.print("c");

        assertThat(output.drain(LONG)).isTrue();
        assertThat(window.shown()).isEqualTo("abc");
    }

    @Test
    void aTerminalThatIsGoneIsTold() {
        PrintStream gone = output.to(
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException("the window is closed");
                    }
                },
                StandardCharsets.UTF_8);
        gone.println("a");
        output.drain(LONG);
        gone.println("b");

        assertThat(gone.checkError()).isTrue();
    }
}
