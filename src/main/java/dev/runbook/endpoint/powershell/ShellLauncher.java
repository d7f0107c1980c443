package dev.runbook.endpoint.powershell;

import java.io.IOException;
import java.util.List;

/** Starts shells. The real one starts a program; a rehearsal hands in one that connects to its simulated shell. */
public interface ShellLauncher {
    /**
     * Starts a shell.
     *
     * @param program as the site names it
     * @param arguments in order, each passed on as it is
     * @throws IOException when there is no such program, or it cannot be started
     */
    ShellLink launch(String program, List<String> arguments) throws IOException;
}
