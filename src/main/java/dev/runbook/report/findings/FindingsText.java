package dev.runbook.report.findings;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Excerpt;
import dev.runbook.report.DiagnosticText;
import dev.runbook.report.Paint;
import dev.runbook.suppression.Suppressions;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The findings as people read them, with an empty line between two. */
final class FindingsText {
    private FindingsText() {}

    static String of(LintReport report, Paint paint) {
        return Stream.concat(
                        report.findings().stream().map(finding -> DiagnosticText.of(finding, paint)),
                        report.suppressed().stream().map(one -> suppressed(one, paint)))
                .collect(Collectors.joining("\n"));
    }

    /** One line: it is there to be counted, not to be mended. */
    private static String suppressed(Suppressions.Suppressed one, Paint paint) {
        Diagnostic finding = one.finding();
        return paint.faint(Excerpt.name(finding.source().name()) + ":"
                        + finding.span().start().line() + ": suppressed [" + finding.rule() + "]"
                        + (one.reason().isEmpty() ? "" : ": " + Excerpt.oneLine(one.reason())))
                + "\n";
    }
}
