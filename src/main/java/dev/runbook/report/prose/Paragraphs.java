package dev.runbook.report.prose;

import dev.runbook.report.Columns;
import dev.runbook.report.Paint;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects lines that fit. */
final class Paragraphs {
    private static final Pattern ITEM = Pattern.compile("(- |\\d+\\. )(.+)");

    private final int width;
    private final Paint paint;
    private final List<String> lines = new ArrayList<>();

    Paragraphs(int width, Paint paint) {
        this.width = width;
        this.paint = paint;
    }

    void gap() {
        lines.add("");
    }

    void heading(String text) {
        Columns.wrapped(text, width).forEach(line -> lines.add(paint.strong(line)));
    }

    /** A text; each of its lines is a paragraph, or an item of a list. */
    void add(int indent, String text) {
        for (String line :
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
            Matcher item = ITEM.matcher(line);
            if (item.matches()) {
                item(indent, item.group(1), item.group(2));
            } else {
                lines.addAll(Columns.wrapped(" ".repeat(indent) + line, width));
            }
        }
    }

    /** An item of a list. */
    void item(int indent, String text) {
        item(indent, "- ", text.replaceAll("\\s*\\R\\s*", " "));
    }

    private void item(int indent, String mark, String text) {
        List<String> wrapped = Columns.wrapped(" ".repeat(indent + mark.length()) + text, width);
        lines.add(" ".repeat(indent) + mark + wrapped.get(0).strip());
        lines.addAll(wrapped.subList(1, wrapped.size()));
    }

    /** Lines that stay as they are, such as T-SQL. */
    void verbatim(int indent, String text) {
        text.lines().forEach(line -> lines.add(" ".repeat(indent) + line.stripTrailing()));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
