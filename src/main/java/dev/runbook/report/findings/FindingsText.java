package dev.runbook.report.findings;

import dev.runbook.report.DiagnosticText;
import dev.runbook.report.Paint;
import java.util.stream.Collectors;

/** The findings as people read them, with an empty line between two. */
final class FindingsText {
    private FindingsText() {}

    static String of(LintReport report, Paint paint) {
        return report.findings().stream()
                .map(finding -> DiagnosticText.of(finding, paint))
                .collect(Collectors.joining("\n"));
    }
}
