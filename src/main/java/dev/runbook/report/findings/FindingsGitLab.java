package dev.runbook.report.findings;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Fingerprints;
import dev.runbook.diagnostic.Severity;
import dev.runbook.report.JsonText;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The findings as a Code Quality report of GitLab: the part of the Code Climate format that it reads. */
final class FindingsGitLab {
    private FindingsGitLab() {}

    static String of(LintReport report) {
        Fingerprints fingerprints = report.fingerprints();
        ArrayNode issues = JsonText.array();
        report.findings().forEach(finding -> issues.add(issue(finding, fingerprints)));
        report.suppressed()
                .forEach(one -> issues.add(issue(one.finding(), fingerprints)
                        .put(
                                "description",
                                "Suppressed (" + one.reason() + "): "
                                        + one.finding().message())
                        .put("severity", "info")));
        return JsonText.pretty(issues);
    }

    private static ObjectNode issue(Diagnostic finding, Fingerprints fingerprints) {
        ObjectNode issue = JsonText.object();
        issue.put("description", finding.message());
        issue.put("check_name", finding.rule());
        issue.put("fingerprint", fingerprints.of(finding));
        issue.put("severity", severity(finding.severity()));
        ObjectNode location = issue.putObject("location");
        location.put("path", finding.source().name());
        location.putObject("lines")
                .put("begin", finding.span().start().line())
                .put("end", finding.span().end().line());
        return issue;
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case ERROR -> "major";
            case WARNING -> "minor";
            case HINT -> "info";
        };
    }
}
