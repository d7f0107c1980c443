package dev.runbook.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines of a document that stand for themselves, as their author has indented them: an entry of a map with all that is below it,
 * or an item of a list.
 *
 * @param first line, counted from 0
 * @param end the line behind the last one
 * @param fits whether it begins as the others beside it do, as an item or as an entry
 */
record Piece(int first, int end, boolean fits) {
    private static final Pattern SECTION = Pattern.compile("[\\p{L}\\p{N}_-]+:\\s*(?:#.*)?");
    private static final Pattern ENTRY = Pattern.compile("[\"'\\p{L}\\p{N}][^:]*:(?:\\s.*)?");
    /** A tab is a mistake of whoever meant to write deeper. */
    private static final int TAB = 8;

    /** The pieces of some lines, in their order. Blank lines and comments between them belong to none. */
    static List<Piece> cut(List<String> lines, int first, int end) {
        List<Piece> pieces = new ArrayList<>();
        int start = first;
        while (start < end && isIdle(lines.get(start))) {
            start++;
        }
        if (start == end) {
            return pieces;
        }
        int column = column(lines.subList(start, end));
        boolean list = isList(lines.subList(start, end), column);
        for (int line = start + 1; line < end; line++) {
            if (begins(lines.get(line), column, list || !hasItemsBelow(lines.subList(start, line + 1), column))) {
                pieces.add(piece(lines, start, line, list));
                start = line;
            }
        }
        pieces.add(piece(lines, start, end, list));
        return pieces;
    }

    private static int column(List<String> lines) {
        return lines.stream()
                .filter(line -> !isIdle(line) && !hasTab(line))
                .findFirst()
                .map(Piece::indentation)
                .orElse(0);
    }

    /** What most of the lines are, since one of them may be spoilt. */
    private static boolean isList(List<String> lines, int column) {
        int items = 0;
        int entries = 0;
        for (String line : lines) {
            if (indentation(line) <= column) {
                items += isItem(line) ? 1 : 0;
                entries += isEntry(line) ? 1 : 0;
            }
        }
        return items > entries;
    }

    /** Whether the items of a list stand right below their key, in the same column. */
    private static boolean hasItemsBelow(List<String> lines, int column) {
        return lines.stream()
                .skip(1)
                .filter(line -> !isIdle(line))
                .findFirst()
                .filter(line -> isItem(line) && indentation(line) <= column)
                .isPresent();
    }

    private static boolean begins(String line, int column, boolean items) {
        if (isIdle(line) || indentation(line) > column) {
            return false;
        }
        char c = line.strip().charAt(0);
        // a bracket closes what is above
        return c != ']' && c != '}' && (items || !isItem(line));
    }

    /** What stands above the next piece is about that one. */
    private static Piece piece(List<String> lines, int first, int end, boolean list) {
        int last = end;
        int column = indentation(lines.get(first));
        while (isIdle(lines.get(last - 1))
                && (lines.get(last - 1).isBlank() || indentation(lines.get(last - 1)) <= column)) {
            last--;
        }
        return new Piece(first, last, list ? isItem(lines.get(first)) : isEntry(lines.get(first)));
    }

    private static boolean isIdle(String line) {
        return line.isBlank() || line.strip().startsWith("#");
    }

    private static boolean isItem(String line) {
        String content = line.strip();
        return content.equals("-") || content.startsWith("- ");
    }

    private static boolean isEntry(String line) {
        return ENTRY.matcher(line.strip()).matches();
    }

    private static int indentation(String line) {
        int column = 0;
        int at = 0;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            column += line.charAt(at) == ' ' ? 1 : TAB;
            at++;
        }
        return column;
    }

    private static boolean hasTab(String line) {
        return line.substring(0, line.length() - line.stripLeading().length()).contains("\t");
    }

    /**
     * Whether nobody can tell to what its lines belong: one that others could belong to is indented by a tab, or less than the
     * entries of this section, or there are both items and entries and one of them is.
     */
    boolean isShapeless(List<String> lines) {
        List<String> below = lines.subList(first + 1, end);
        int column = column(below);
        List<String> entries = below.stream()
                .filter(line -> !isIdle(line) && indentation(line) <= column)
                .toList();
        boolean mixed =
                entries.stream().anyMatch(Piece::isItem) && entries.stream().anyMatch(Piece::isEntry);
        boolean tab = below.stream().filter(Piece::hasTab).anyMatch(line -> isItem(line) || isHead(line));
        return tab || entries.stream().anyMatch(line -> indentation(line) < column && (mixed || isHead(line)));
    }

    private static boolean isHead(String line) {
        return line.stripTrailing().endsWith(":");
    }

    boolean holds(int line) {
        return first <= line && line < end;
    }

    /** Together with another one below. */
    Piece and(Piece below) {
        return new Piece(first, below.end, fits);
    }

    List<String> of(List<String> lines) {
        return lines.subList(first, end);
    }

    /** Whether nothing but a key stands in the first line, so that everything else are pieces of their own. */
    boolean isSection(List<String> lines) {
        return end - first > 1 && SECTION.matcher(lines.get(first)).matches();
    }

    boolean beginsWithTab(List<String> lines) {
        return hasTab(lines.get(first));
    }

    /** Whether nothing stands behind its first line. */
    boolean isHeadAlone(List<String> lines) {
        return lines.subList(first + 1, end).stream().allMatch(Piece::isIdle);
    }

    boolean isBlank(List<String> lines) {
        return of(lines).stream().allMatch(Piece::isIdle);
    }
}
