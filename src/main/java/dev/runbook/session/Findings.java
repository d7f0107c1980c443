package dev.runbook.session;

import dev.runbook.base.Diagnostic;
import dev.runbook.report.DiagnosticText;
import java.io.PrintStream;
import java.util.List;

/** Prints what is wrong with what somebody wrote. */
public final class Findings {
    private Findings() {}

    /**
     * Prints those of a file that keep somebody from going on. Of one that is sound, a line says how many warnings there are:
     * whoever runs it did not ask for a review. Hints are for {@code lint} alone.
     */
    static void tell(List<Diagnostic> found, String file, boolean sound, PrintStream stream) {
        if (!sound) {
            print(
                    found.stream()
                            .filter(one -> one.severity() != Diagnostic.Severity.HINT)
                            .toList(),
                    stream);
            return;
        }
        long warnings = found.stream()
                .filter(one -> one.severity() == Diagnostic.Severity.WARNING)
                .count();
        if (warnings > 0) {
            stream.println((warnings == 1 ? "1 warning" : warnings + " warnings") + ": runbook lint " + file + " shows "
                    + (warnings == 1 ? "it." : "them."));
        }
    }

    /** Prints them; nothing when there are none. */
    public static void print(List<Diagnostic> found, PrintStream stream) {
        stream.print(DiagnosticText.of(found));
        stream.flush();
    }
}
