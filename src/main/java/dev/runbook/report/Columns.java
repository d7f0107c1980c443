package dev.runbook.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much room a text takes on a terminal, and how it is fitted into what there is. Colours take none, Chinese signs take two. */
public final class Columns {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Pattern GAP = Pattern.compile(" {2,}(?=\\S)|^ +(?=\\S)");
    /** What is never broken: a word, or a Chinese sign with the punctuation after it. */
    private static final Pattern PIECE = Pattern.compile(
            " *(?:[\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFF00-\uFF60][\u3001\u3002\u300D\uFF01\uFF0C\uFF1A\uFF1B\uFF1F\uFF09]*|[^"
                    + " \u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFF00-\uFF60]+)");

    private Columns() {}

    /** How many columns a line takes. */
    public static int of(String line) {
        return COLOUR.matcher(line)
                .replaceAll("")
                .codePoints()
                .map(sign -> isWide(sign) ? 2 : 1)
                .sum();
    }

    /** The beginning of a line without colours, as much as fits. */
    static String cut(String line, int columns) {
        StringBuilder shown = new StringBuilder();
        int room = columns;
        for (int sign : line.codePoints().toArray()) {
            room -= isWide(sign) ? 2 : 1;
            if (room < 0) {
                break;
            }
            shown.appendCodePoint(sign);
        }
        return shown.toString();
    }

    /**
     * A line as several that fit. What is broken goes on under the column where the text of the line begins; a word that is
     * longer than the room stays whole.
     */
    public static List<String> wrapped(String line, int columns) {
        if (of(line) <= columns) {
            return List.of(line);
        }
        String indent = " ".repeat(hanging(line, columns / 2));
        List<String> lines = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        Matcher pieces = PIECE.matcher(line);
        while (pieces.find()) {
            boolean fits = of(current.toString()) + of(pieces.group()) <= columns;
            if (!fits && current.length() > 0) {
                lines.add(current.toString());
                current.setLength(0);
                current.append(indent).append(pieces.group().stripLeading());
            } else {
                current.append(pieces.group());
            }
        }
        lines.add(current.toString());
        return lines;
    }

    /** The column after the last gap of two blanks or more in the first part of a line: there its text begins. */
    private static int hanging(String line, int limit) {
        String plain = COLOUR.matcher(line).replaceAll("");
        int column = 0;
        Matcher gaps = GAP.matcher(plain);
        while (gaps.find() && gaps.end() <= limit) {
            column = gaps.end();
        }
        return column;
    }

    private static boolean isWide(int sign) {
        return sign >= 0x1100 && sign <= 0x115F
                || sign >= 0x2E80 && sign <= 0xA4CF
                || sign >= 0xAC00 && sign <= 0xD7A3
                || sign >= 0xF900 && sign <= 0xFAFF
                || sign >= 0xFE30 && sign <= 0xFE6F
                || sign >= 0xFF00 && sign <= 0xFF60;
    }
}
