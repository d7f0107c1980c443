package dev.runbook.cli;

import java.util.function.IntSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * How many columns the terminal has. Picocli knows how to ask, on Windows too; asking starts a process, so what is known is good
 * for some seconds: a window that is made narrower is noticed soon.
 */
final class TerminalWidth implements IntSupplier {
    private static final int NARROWEST = 40;
    private static final long GOOD_FOR_NANOS = 2_000_000_000L;
    private int known;
    private long asked;

    @Override
    public synchronized int getAsInt() {
        if (known == 0 || System.nanoTime() - asked > GOOD_FOR_NANOS) {
            CommandLine probe = new CommandLine(CommandSpec.create());
            probe.setUsageHelpAutoWidth(true);
            known = Math.max(NARROWEST, probe.getUsageHelpWidth());
            asked = System.nanoTime();
        }
        return known;
    }
}
