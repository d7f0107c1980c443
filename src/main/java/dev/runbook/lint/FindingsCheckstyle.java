package dev.runbook.lint;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Severity;

/** The findings as Checkstyle reports them: files with their errors. */
final class FindingsCheckstyle {
    /** The version of Checkstyle whose report this is like; readers want one. */
    private static final String VERSION = "8.0";

    private FindingsCheckstyle() {}

    static String of(LintReport report) {
        FindingsJUnit.XmlText xml = new FindingsJUnit.XmlText();
        xml.open("checkstyle", "version", VERSION);
        for (String file : report.files()) {
            xml.open("file", "name", file);
            report.in(file).forEach(finding -> error(xml, finding, severity(finding.severity()), finding.message()));
            report.suppressedIn(file)
                    .forEach(one -> error(
                            xml,
                            one.finding(),
                            "ignore",
                            "Suppressed (" + one.reason() + "): "
                                    + one.finding().message()));
            xml.close();
        }
        return xml.close().done();
    }

    private static void error(FindingsJUnit.XmlText xml, Diagnostic finding, String severity, String message) {
        xml.open(
                        "error",
                        "line",
                        finding.span().start().line(),
                        "column",
                        finding.span().start().column(),
                        "severity",
                        severity,
                        "message",
                        message,
                        "source",
                        "runbook." + finding.rule())
                .close();
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case HINT -> "info";
        };
    }
}
