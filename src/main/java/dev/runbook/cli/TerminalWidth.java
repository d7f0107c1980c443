package dev.runbook.cli;

import dev.runbook.terminal.ThisProcess;
import java.util.function.IntSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * How many columns the terminal has. Picocli knows how to ask, on Windows too; asking starts a process, so what is known is good
 * until the system says that the window has another size, and where it never says so for some seconds.
 */
final class TerminalWidth implements IntSupplier {
    private static final int NARROWEST = 40;
    private static final long GOOD_FOR_NANOS = 2_000_000_000L;
    private boolean hears;
    private int known;
    private long asked;
    private boolean asking;

    @Override
    public synchronized int getAsInt() {
        if (!hears) {
            hears = true;
            ThisProcess.onSignal("WINCH", this::forget);
        }
        boolean old = System.nanoTime() - asked > GOOD_FOR_NANOS;
        if (known == 0) {
            keep(probe());
        } else if (old && !asking) {
            // whoever draws does not wait for it
            asking = true;
            Thread asker = new Thread(() -> keep(probe()), "width of the terminal");
            asker.setDaemon(true);
            asker.start();
        }
        return known;
    }

    private static int probe() {
        CommandLine probe = new CommandLine(CommandSpec.create());
        probe.setUsageHelpAutoWidth(true);
        return Math.max(NARROWEST, probe.getUsageHelpWidth());
    }

    private synchronized void keep(int columns) {
        known = columns;
        asked = System.nanoTime();
        asking = false;
    }

    private synchronized void forget() {
        known = 0;
    }
}
