package dev.runbook.yaml;

import dev.runbook.base.Position;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import java.util.Arrays;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;

/**
 * A source as one text whose lines end in LF, with the way from an offset to a place and from the library's marks to an offset.
 * The library counts code points, we count UTF-16 code units.
 */
final class SourceText {
    private final String text;
    private final int[] lineStarts;
    private final int linesAbove;

    private SourceText(String text, int[] lineStarts, int linesAbove) {
        this.text = text;
        this.lineStarts = lineStarts;
        this.linesAbove = linesAbove;
    }

    static SourceText of(Source source) {
        return of(source.lines());
    }

    static SourceText of(List<String> lines) {
        return of(lines, 0);
    }

    /** Some lines, above which others stand. */
    static SourceText of(List<String> lines, int linesAbove) {
        int[] starts = new int[lines.size()];
        int offset = 0;
        for (int line = 0; line < starts.length; line++) {
            starts[line] = offset;
            offset += lines.get(line).length() + 1;
        }
        return new SourceText(String.join("\n", lines), starts, linesAbove);
    }

    String text() {
        return text;
    }

    int length() {
        return text.length();
    }

    char at(int offset) {
        return text.charAt(offset);
    }

    int offset(Mark mark) {
        if (mark.getLine() >= lineStarts.length) {
            return text.length();
        }
        int start = lineStarts[mark.getLine()];
        int points = Math.min(mark.getColumn(), text.codePointCount(start, lineEnd(start)));
        return text.offsetByCodePoints(start, points);
    }

    Position position(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Position(linesAbove + line + 1, offset - lineStarts[line] + 1);
    }

    Position position(Mark mark) {
        return position(offset(mark));
    }

    /** From one mark to another; at least one character. */
    Span span(Mark start, Mark end) {
        int from = offset(start);
        return new Span(
                position(from),
                position(from).compareTo(position(end)) < 0
                        ? position(end)
                        : position(from).right(1));
    }

    /** Where the line of an offset ends, the line end not included. */
    int lineEnd(int offset) {
        int end = text.indexOf('\n', offset);
        return end < 0 ? text.length() : end;
    }
}
