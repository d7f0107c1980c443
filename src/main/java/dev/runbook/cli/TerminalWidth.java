package dev.runbook.cli;

import java.util.function.IntSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** How many columns the terminal has. Picocli knows how to ask, on Windows too; asking starts a process, so it is done once. */
final class TerminalWidth implements IntSupplier {
    private static final int NARROWEST = 40;
    private int known;

    @Override
    public synchronized int getAsInt() {
        if (known == 0) {
            CommandLine probe = new CommandLine(CommandSpec.create());
            probe.setUsageHelpAutoWidth(true);
            known = Math.max(NARROWEST, probe.getUsageHelpWidth());
        }
        return known;
    }
}
