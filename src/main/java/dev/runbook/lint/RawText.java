package dev.runbook.lint;

import dev.runbook.base.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a file with its line ends and its byte order mark, which a source of diagnostics does not keep. */
final class RawText {
    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

    private final String text;
    private final List<Integer> lineStarts = new ArrayList<>();

    RawText(String text) {
        this.text = text;
        lineStarts.add(text.startsWith("\uFEFF") ? 1 : 0);
        Matcher end = LINE_END.matcher(text);
        while (end.find()) {
            lineStarts.add(end.end());
        }
    }

    /** Where a place of the source stands in the text. */
    int offset(Position position) {
        return Math.min(lineStarts.get(position.line() - 1) + position.column() - 1, text.length());
    }

    char charAt(Position position) {
        int offset = offset(position);
        return offset < text.length() ? text.charAt(offset) : 0;
    }

    /** The text after edits that do not overlap. */
    String with(List<Edit> edits) {
        StringBuilder changed = new StringBuilder(text);
        edits.stream()
                .sorted(Comparator.comparingInt(Edit::start).reversed())
                .forEach(edit -> changed.replace(edit.start(), edit.end(), edit.replacement()));
        return changed.toString();
    }

    @Override
    public String toString() {
        return text;
    }

    /**
     * A change of some characters.
     *
     * @param start offset of the first one
     * @param end offset after the last one
     * @param replacement what stands there instead
     */
    record Edit(int start, int end, String replacement) {
        static Edit replace(int offset, String replacement) {
            return new Edit(offset, offset + 1, replacement);
        }

        static Edit insert(int offset, String inserted) {
            return new Edit(offset, offset, inserted);
        }

        static Edit delete(int start, int end) {
            return new Edit(start, end, "");
        }
    }
}
