package dev.runbook.report.findings;

import dev.runbook.report.Paint;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The formats of findings. */
public enum Format {
    /** For people: place, message, the line and a caret under the wrong part. */
    TEXT(report -> FindingsText.of(report, Paint.PLAIN)),
    /** One JSON document. */
    JSON(FindingsJson::document),
    /** A JSON object a line, one for each finding. */
    JSONL(FindingsJson::lines),
    /** SARIF 2.1.0, which code scanning of GitHub and others read. */
    SARIF(report -> new FindingsSarif(report).text()),
    /** Commands that GitHub shows as annotations of a change. */
    GITHUB(FindingsGitHub::of),
    /** The Code Quality report of GitLab. */
    GITLAB(FindingsGitLab::of),
    /** Test results that every build server reads. */
    JUNIT(FindingsJUnit::of),
    /** The report of Checkstyle, which many tools for reviews read. */
    CHECKSTYLE(FindingsCheckstyle::of);

    private final Function<LintReport, String> render;

    Format(Function<LintReport, String> render) {
        this.render = render;
    }

    /** As written on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of that word. */
    public static Optional<Format> of(String word) {
        return Stream.of(values()).filter(format -> format.word().equals(word)).findFirst();
    }

    /** The findings in this format, without colours. */
    public String render(LintReport report) {
        return render.apply(report);
    }

    /** As {@link #render(LintReport)}; text gets colours, all else has none. */
    public String render(LintReport report, Paint paint) {
        return this == TEXT ? FindingsText.of(report, paint) : render(report);
    }
}
