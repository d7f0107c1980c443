package dev.runbook.base;

import java.util.List;
import java.util.Optional;

/**
 * The outcome of reading something that an author wrote.
 *
 * @param value what was read; empty when an error stands in the way
 * @param diagnostics everything that was found, in the order of the source; may hold warnings beside a value
 * @param <T> what is read
 */
public record Checked<T>(Optional<T> value, List<Diagnostic> diagnostics) {
    /** Puts the diagnostics into the order of the source. */
    public Checked {
        diagnostics =
                diagnostics.stream().sorted(Diagnostic.BY_PLACE).distinct().toList();
    }

    /** A value, with warnings at most. */
    public static <T> Checked<T> of(T value, List<Diagnostic> diagnostics) {
        return new Checked<>(Optional.of(value), diagnostics);
    }

    /** Nothing, because of these mistakes. */
    public static <T> Checked<T> failed(List<Diagnostic> diagnostics) {
        return new Checked<>(Optional.empty(), diagnostics);
    }

    /** Whether an error was found. */
    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR);
    }
}
