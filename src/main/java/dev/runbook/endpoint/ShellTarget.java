package dev.runbook.endpoint;

import java.util.List;

/**
 * A management shell.
 *
 * @param modules opened at the start, by name or path; at least one
 * @param program the program that is started: {@code powershell.exe}, {@code pwsh}, or a path
 */
public record ShellTarget(List<String> modules, String program) {
    /** Copies the list. */
    public ShellTarget {
        modules = List.copyOf(modules);
    }
}
