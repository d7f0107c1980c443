package dev.runbook.lint;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Excerpt;
import dev.runbook.base.Position;
import dev.runbook.report.DiagnosticText;
import dev.runbook.report.Paint;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The formats of findings. */
public enum Format {
    /** For people: place, message, the line and a caret under the wrong part. */
    TEXT(report -> Text.of(report, Paint.PLAIN)),
    /** One JSON document. */
    JSON(FindingsJson::document),
    /** A JSON object a line, one for each finding. */
    JSONL(FindingsJson::lines),
    /** SARIF 2.1.0, which code scanning of GitHub and others read. */
    SARIF(report -> new FindingsSarif(report).text()),
    /** Commands that GitHub shows as annotations of a change. */
    GITHUB(GitHub::of),
    /** The Code Quality report of GitLab. */
    GITLAB(FindingsJson.GitLab::of),
    /** Test results that every build server reads. */
    JUNIT(FindingsXml::junit),
    /** The report of Checkstyle, which many tools for reviews read. */
    CHECKSTYLE(FindingsXml::checkstyle);

    private final Function<LintReport, String> render;

    Format(Function<LintReport, String> render) {
        this.render = render;
    }

    /** As written on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of that word. */
    static Optional<Format> of(String word) {
        return Stream.of(values()).filter(format -> format.word().equals(word)).findFirst();
    }

    /** The findings in this format, without colours. */
    String render(LintReport report) {
        return render.apply(report);
    }

    /** As {@link #render(LintReport)}; text gets colours, all else has none. */
    String render(LintReport report, Paint paint) {
        return this == TEXT ? Text.of(report, paint) : render(report);
    }

    /** The findings as people read them, with an empty line between two. */
    private static final class Text {
        private Text() {}

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

    /**
     * The findings as workflow commands of GitHub. It shows ten errors and ten warnings of a step and drops the rest without a
     * word (actions/toolkit, issue 734): so the errors come first, and the total stands at the end.
     */
    private static final class GitHub {
        private GitHub() {}

        static String of(LintReport report) {
            String commands = report.findings().stream()
                    .sorted(Comparator.comparing(Diagnostic::severity))
                    .map(GitHub::command)
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

        private static String word(Diagnostic.Severity severity) {
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
}
