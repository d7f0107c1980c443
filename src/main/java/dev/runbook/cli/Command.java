package dev.runbook.cli;

import dev.runbook.console.ExitCode;

/** One word of the command line. */
interface Command {
    /**
     * Does it.
     *
     * @throws dev.runbook.console.Refusal when what is asked for cannot be done
     */
    ExitCode execute();
}
