package dev.runbook.session;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.report.DiagnosticText;
import java.io.PrintStream;
import java.util.List;

/** Prints what is wrong with what somebody wrote. */
public final class Findings {
    private Findings() {}

    /** Prints them; nothing when there are none. */
    public static void print(List<Diagnostic> found, PrintStream stream) {
        stream.print(DiagnosticText.of(found));
        stream.flush();
    }
}
