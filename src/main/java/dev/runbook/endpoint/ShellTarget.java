package dev.runbook.endpoint;

import java.util.List;
import java.util.Optional;

/**
 * A management shell.
 *
 * @param modules opened at the start, by name or path; none where a remote endpoint has its cmdlets ready
 * @param program the program that is started here: {@code powershell.exe}, {@code pwsh}, or a path
 * @param remote where the cmdlets run; here where it is empty
 */
public record ShellTarget(List<String> modules, String program, Optional<RemoteShell> remote) {
    /** Copies the list. */
    public ShellTarget {
        modules = List.copyOf(modules);
    }

    /** A shell of this computer. */
    public ShellTarget(List<String> modules, String program) {
        this(modules, program, Optional.empty());
    }

    /** What people call it: its modules, and the other computer where they are not here. */
    public String name() {
        String names = String.join(", ", modules);
        return remote.map(there -> there.place().text())
                .map(place -> names.isEmpty() ? place : names + " on " + place)
                .orElse(names);
    }
}
