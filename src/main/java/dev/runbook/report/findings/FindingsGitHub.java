package dev.runbook.report.findings;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Position;
import dev.runbook.diagnostic.Severity;
import java.util.Comparator;
import java.util.stream.Collectors;

/**
 * The findings as workflow commands of GitHub. It shows ten errors and ten warnings of a step and drops the rest without a
 * word (actions/toolkit, issue 734): so the errors come first, and the total stands at the end.
 */
final class FindingsGitHub {
    private FindingsGitHub() {}

    static String of(LintReport report) {
        String commands = report.findings().stream()
                .sorted(Comparator.comparing(Diagnostic::severity))
                .map(FindingsGitHub::command)
                .collect(Collectors.joining());
        return commands + report.totals() + "\n";
    }

    private static String command(Diagnostic finding) {
        Position start = finding.span().start();
        Position end = finding.span().end();
        String columns = end.line() == start.line() && end.column() > start.column()
                ? ",col=" + start.column() + ",endColumn=" + (end.column() - 1)
                : ",col=" + start.column();
        return "::" + word(finding.severity()) + " file="
                + property(finding.source().name()) + ",line=" + start.line() + columns + ",title="
                + property(finding.rule()) + "::" + message(finding.message()) + "\n";
    }

    private static String word(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case HINT -> "notice";
        };
    }

    private static String message(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return message(text).replace(":", "%3A").replace(",", "%2C");
    }
}
