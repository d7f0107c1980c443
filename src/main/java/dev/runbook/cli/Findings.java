package dev.runbook.cli;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.report.DiagnosticText;
import java.io.PrintStream;
import java.util.List;

/** Prints what is wrong with what somebody wrote. */
final class Findings {
    private Findings() {}

    static void print(List<Diagnostic> found, PrintStream stream) {
        found.forEach(diagnostic -> stream.println(DiagnosticText.of(diagnostic)));
        stream.flush();
    }
}
