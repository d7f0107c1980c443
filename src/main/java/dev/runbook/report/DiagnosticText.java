package dev.runbook.report;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Position;
import dev.runbook.diagnostic.Severity;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes findings as people and editors read them: {@code file:line:column: message [rule]}, the line of the source, and a
 * caret line under the wrong part. The word of the severity stands before the message unless it is an error.
 */
public final class DiagnosticText {
    private DiagnosticText() {}

    /** All findings, one behind the other; every line ends in LF. */
    public static String of(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(DiagnosticText::of).collect(Collectors.joining());
    }

    /** One finding. */
    public static String of(Diagnostic diagnostic) {
        Position start = diagnostic.span().start();
        String severity = diagnostic.severity() == Severity.ERROR
                ? ""
                : diagnostic.severity().word() + ": ";
        String head = diagnostic.source().name() + ":" + start.line() + ":" + start.column() + ": " + severity
                + diagnostic.message() + " [" + diagnostic.rule() + "]\n";
        String line = diagnostic.source().line(start.line());
        if (line.isBlank()) {
            return head;
        }
        String number = start.line() + " | ";
        String margin = " ".repeat(number.length() - 2) + "| ";
        return head + number + printable(line.stripTrailing()) + "\n" + margin + carets(diagnostic, line) + "\n";
    }

    /** What a terminal would obey instead of showing it becomes a mark of the same width. */
    private static String printable(String line) {
        return line.replaceAll("[\\p{Cc}\\p{Cf}&&[^\t]]", "\uFFFD");
    }

    /** Tabs stay tabs and wide characters get a wide blank, so that the caret stands exactly under what it means. */
    private static String carets(Diagnostic diagnostic, String line) {
        int from = Math.min(diagnostic.span().start().column() - 1, line.length());
        Position end = diagnostic.span().end();
        boolean sameLine = end.line() == diagnostic.span().start().line();
        int to = Math.min(sameLine ? end.column() - 1 : line.stripTrailing().length(), line.length());
        String before = line.substring(0, from)
                .codePoints()
                .mapToObj(DiagnosticText::blank)
                .collect(Collectors.joining());
        int width = to > from
                ? line.substring(from, to)
                        .codePoints()
                        .map(point -> isWide(point) ? 2 : 1)
                        .sum()
                : 1;
        return before + "^" + "~".repeat(Math.max(0, width - 1));
    }

    private static String blank(int point) {
        return point == '\t' ? "\t" : isWide(point) ? "  " : " ";
    }

    /** Characters of East Asia and pictures take two columns in a terminal. */
    private static boolean isWide(int point) {
        return Character.isIdeographic(point)
                || point >= 0x1100 && point <= 0x115F
                || point >= 0x3000 && point <= 0x30FF
                || point >= 0xAC00 && point <= 0xD7A3
                || point >= 0xFF00 && point <= 0xFF60
                || point >= 0x1F300 && point <= 0x1FAFF;
    }
}
