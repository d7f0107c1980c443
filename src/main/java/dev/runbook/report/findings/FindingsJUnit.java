package dev.runbook.report.findings;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Position;
import dev.runbook.report.DiagnosticText;
import dev.runbook.suppression.Suppressions;
import java.util.List;

/**
 * The findings as test results: a suite for each file, a case for each finding, and one that passes for a file without
 * findings, since a report without cases counts as a failure on some build servers. A finding that is no failure is a case
 * that passes and tells its message as output.
 */
final class FindingsJUnit {
    private FindingsJUnit() {}

    static String of(LintReport report) {
        XmlText xml = new XmlText();
        xml.open(
                "testsuites",
                "name",
                "runbook lint",
                "tests",
                tests(report),
                "failures",
                failures(report),
                "errors",
                0);
        for (String file : report.files()) {
            List<Diagnostic> findings = report.in(file);
            long failures = findings.stream().filter(report::fails).count();
            List<Suppressions.Suppressed> suppressed = report.suppressedIn(file);
            xml.open(
                    "testsuite",
                    "name",
                    file,
                    "tests",
                    tests(report, file),
                    "failures",
                    failures,
                    "errors",
                    0,
                    "skipped",
                    suppressed.size());
            if (findings.isEmpty()) {
                xml.open("testcase", "classname", file, "name", "no findings").close();
            }
            findings.forEach(finding -> testCase(xml, finding, report.fails(finding)));
            suppressed.forEach(one -> skipped(xml, one));
            xml.close();
        }
        return xml.close().done();
    }

    private static void testCase(XmlText xml, Diagnostic finding, boolean failure) {
        int line = finding.span().start().line();
        int column = finding.span().start().column();
        String name = finding.rule() + " at line " + line + ", column " + column;
        xml.open("testcase", "classname", finding.source().name(), "name", name);
        if (failure) {
            xml.open("failure", "type", finding.severity().word(), "message", finding.message());
        } else {
            xml.open("system-out");
        }
        xml.text(DiagnosticText.of(finding)).close();
        xml.close();
    }

    private static void skipped(XmlText xml, Suppressions.Suppressed one) {
        Position start = one.finding().span().start();
        String name = one.finding().rule() + " at line " + start.line() + ", column " + start.column();
        xml.open("testcase", "classname", one.finding().source().name(), "name", name);
        xml.open("skipped", "message", "Suppressed: " + one.reason()).close();
        xml.close();
    }

    private static long tests(LintReport report) {
        return report.files().stream().mapToLong(file -> tests(report, file)).sum();
    }

    private static long tests(LintReport report, String file) {
        return Math.max(1, report.in(file).size()) + report.suppressedIn(file).size();
    }

    private static long failures(LintReport report) {
        return report.findings().stream().filter(report::fails).count();
    }
}
