package dev.runbook.report;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Excerpt;
import dev.runbook.base.Position;
import dev.runbook.base.Span;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes findings as people and editors read them: {@code file:line:column: message [rule]}, the line of the source, and a
 * caret line under the wrong part. The word of the severity stands before the message unless it is an error.
 */
public final class DiagnosticText {
    private DiagnosticText() {}

    /** All findings, one after the other; every line ends in LF. */
    public static String of(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(DiagnosticText::of).collect(Collectors.joining());
    }

    /** One finding. */
    public static String of(Diagnostic diagnostic) {
        return of(diagnostic, Paint.PLAIN);
    }

    /** One finding, with colours. */
    public static String of(Diagnostic diagnostic, Paint paint) {
        Position start = diagnostic.span().start();
        String place = Excerpt.name(diagnostic.source().name()) + ":" + start.line() + ":" + start.column() + ":";
        String head = paint.strong(place) + " " + message(diagnostic, paint)
                + paint.faint(" [" + diagnostic.rule() + "]") + "\n";
        String line = diagnostic.source().shown(start.line());
        if (line.isBlank()) {
            return head;
        }
        Excerpt excerpt = Excerpt.of(line, from(diagnostic.span()), to(diagnostic.span(), line));
        String number = start.line() + " | ";
        String margin = " ".repeat(number.length() - 2) + "| ";
        return head + paint.faint(number) + excerpt.line() + "\n" + paint.faint(margin) + excerpt.blanks()
                + severity(diagnostic.severity(), paint, excerpt.carets()) + "\n";
    }

    private static String message(Diagnostic diagnostic, Paint paint) {
        Diagnostic.Severity severity = diagnostic.severity();
        String message = Excerpt.oneLine(diagnostic.message());
        return severity == Diagnostic.Severity.ERROR
                ? message
                : severity(severity, paint, severity.word() + ":") + " " + message;
    }

    private static String severity(Diagnostic.Severity severity, Paint paint, String text) {
        return switch (severity) {
            case ERROR -> paint.bad(text);
            case WARNING, HINT -> paint.notable(text);
        };
    }

    private static int from(Span span) {
        return span.start().column() - 1;
    }

    private static int to(Span span, String line) {
        boolean sameLine = span.end().line() == span.start().line();
        return sameLine ? span.end().column() - 1 : line.stripTrailing().length();
    }
}
