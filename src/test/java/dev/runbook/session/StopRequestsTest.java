package dev.runbook.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Source;
import dev.runbook.engine.RunControl;
import dev.runbook.event.Actor;
import dev.runbook.language.RunbookReader;
import dev.runbook.language.Text;
import dev.runbook.report.Outline;
import dev.runbook.report.Paint;
import dev.runbook.report.RunPace;
import dev.runbook.report.RunText;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.Person;
import dev.runbook.terminal.RunScreen;
import dev.runbook.windows.ConsoleInput;
import dev.runbook.windows.StuckTerminal;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StopRequestsTest {
    private final StuckTerminal window = new StuckTerminal();
    private final RunControl control = new RunControl();
    private final CliContext context = context();
    private final RunScreen screen = screen();
    private final StopRequests requests = new StopRequests(control, screen, new Person(context, screen, text -> text));

    @AfterEach
    void letGo() {
        window.loosen();
    }

    @Test
    void aStopIsAskedForBeforeAnythingIsDrawn() {
        window.stick();
        Thread signal = new Thread(requests::interrupted);
        signal.setDaemon(true);
        signal.start();

        while (!control.isStopRequested()) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(control.isCancelled()).isFalse();
        assertThat(window.shown()).isEmpty();
    }

    @Test
    void aSecondOneCutsTheStepOff() {
        requests.interrupted();
        assertThat(control.isCancelled()).isFalse();
        requests.interrupted();

        assertThat(control.isCancelled()).isTrue();
    }

    @Test
    void aWindowThatIsClosedLeavesTheWorkOfServersAlone() {
        requests.leftAlone();

        assertThat(control.isStopRequested()).isTrue();
        assertThat(control.isCancelled()).isFalse();
    }

    private RunScreen screen() {
        Outline outline = Outline.of(
                new RunbookReader()
                        .read(Source.of("x", "runbook: x\ntitle: t\nsteps:\n  - {step: 1, title: t, confirm: a}\n"))
                        .value()
                        .orElseThrow(),
                Text::raw);
        return new RunScreen(
                new RunText(outline, new RunText.Layout(Paint.PLAIN, false), () -> ""),
                context,
                new RunPace(List.of("1"), RunPace.StepTimes.of(List.of()), Optional.empty()));
    }

    private CliContext context() {
        PrintStream out = new PrintStream(window, true, StandardCharsets.UTF_8);
        return new CliContext(
                new ConsoleInput(),
                out,
                out,
                Map.of(),
                Path.of(""),
                true,
                () -> 80,
                CliContext.Language.ENGLISH,
                question -> Optional.empty(),
                Clock.systemUTC(),
                new Actor("jdoe", "jump1", 42, "0.1.0"));
    }
}
