package dev.runbook.lint;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Excerpt;
import dev.runbook.report.JsonText;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The findings as JSON. A finding has {@code file}, {@code line}, {@code column}, {@code endLine}, {@code endColumn},
 * {@code severity}, {@code rule}, {@code message}, {@code written} (the line of the source, cut where it is long) and {@code fingerprint}; one that a comment has switched
 * off has {@code suppressed} besides, the reason. Keys may be
 * added, none is ever taken away.
 */
final class FindingsJson {
    private FindingsJson() {}

    /** One document, with the files, the counts and what was not checked. */
    static String document(LintReport report) {
        ObjectNode document = JsonText.object();
        document.put("program", report.program());
        ArrayNode files = document.putArray("files");
        report.files().forEach(files::add);
        ArrayNode findings = document.putArray("findings");
        Fingerprints fingerprints = report.fingerprints();
        report.findings().forEach(finding -> findings.add(finding(finding, fingerprints)));
        ArrayNode suppressed = document.putArray("suppressed");
        report.suppressed()
                .forEach(one ->
                        suppressed.add(finding(one.finding(), fingerprints).put("suppressed", one.reason())));
        ObjectNode counts = document.putObject("counts");
        for (Diagnostic.Severity severity : Diagnostic.Severity.values()) {
            counts.put(severity.word(), report.count(severity));
        }
        ArrayNode notChecked = document.putArray("notChecked");
        report.notChecked().forEach(notChecked::add);
        return JsonText.pretty(document);
    }

    /** A line for each finding; no line where nothing was found. */
    static String lines(LintReport report) {
        Fingerprints fingerprints = report.fingerprints();
        return Stream.concat(
                        report.findings().stream().map(finding -> finding(finding, fingerprints)),
                        report.suppressed().stream()
                                .map(one -> finding(one.finding(), fingerprints).put("suppressed", one.reason())))
                .map(JsonText::line)
                .collect(Collectors.joining());
    }

    private static ObjectNode finding(Diagnostic finding, Fingerprints fingerprints) {
        ObjectNode object = JsonText.object();
        object.put("file", finding.source().name());
        object.put("line", finding.span().start().line());
        object.put("column", finding.span().start().column());
        object.put("endLine", finding.span().end().line());
        object.put("endColumn", finding.span().end().column());
        object.put("severity", finding.severity().word());
        object.put("rule", finding.rule());
        object.put("message", finding.message());
        object.put(
                "written",
                Excerpt.cut(finding.source().shown(finding.span().start().line())));
        object.put("fingerprint", fingerprints.of(finding));
        return object;
    }

    /** The findings as a Code Quality report of GitLab: the part of the Code Climate format that it reads. */
    static final class GitLab {
        private GitLab() {}

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

        private static String severity(Diagnostic.Severity severity) {
            return switch (severity) {
                case ERROR -> "major";
                case WARNING -> "minor";
                case HINT -> "info";
            };
        }
    }
}
