package dev.runbook.yaml;

import java.util.ArrayList;
import java.util.List;

/** Undoes the indentation, the folding and the chomping of block scalars, and keeps the places of their characters. */
final class BlockScalar {
    private final SourceText source;
    private final boolean folded;
    private final Characters characters;
    /** Line ends that belong to the text only if more text follows, or if the header keeps them. */
    private List<Integer> pending = new ArrayList<>();

    private int indentation;
    private int at;

    private BlockScalar(SourceText source, int start) {
        this.source = source;
        this.folded = source.at(start) == '>';
        this.characters = new Characters(source);
    }

    /**
     * Reads a block scalar.
     *
     * @param start the offset of its indicator
     * @param parentColumn the column, counted from 0, of the map or list that holds it; -1 if nothing does
     */
    static Characters read(SourceText source, int start, int parentColumn) {
        BlockScalar scalar = new BlockScalar(source, start);
        int headerEnd = source.lineEnd(start);
        String header = source.text().substring(start + 1, headerEnd).split(" ", 2)[0];
        scalar.at = Math.min(headerEnd + 1, source.length());
        int least = Math.max(1, parentColumn + 1);
        scalar.indentation = header.chars()
                .filter(Character::isDigit)
                .map(digit -> least + digit - '1')
                .findFirst()
                .orElseGet(() -> Math.max(least, scalar.firstIndentation()));
        scalar.lines(header.contains("+"), header.contains("-"));
        return scalar.characters;
    }

    /** The deepest indentation up to the first line that holds text. */
    private int firstIndentation() {
        int deepest = 0;
        int offset = at;
        while (offset < source.length()) {
            int text = skipSpaces(offset, Integer.MAX_VALUE);
            deepest = Math.max(deepest, text - offset);
            if (text >= source.length() || source.at(text) != '\n') {
                break;
            }
            offset = text + 1;
        }
        return deepest;
    }

    private void lines(boolean keep, boolean strip) {
        boolean inside = nextLine();
        int lineEnd = -1;
        while (inside) {
            pending.forEach(offset -> characters.add('\n', offset));
            boolean starts = !isBlank(source.at(at));
            int end = source.lineEnd(at);
            characters.addAll(at, end);
            lineEnd = end < source.length() ? end : -1;
            at = Math.min(end + 1, source.length());
            inside = nextLine() && lineEnd >= 0;
            if (inside) {
                join(lineEnd, starts && !isBlank(source.at(at)));
            }
        }
        if (!strip && lineEnd >= 0) {
            characters.add('\n', lineEnd);
        }
        if (keep) {
            pending.forEach(offset -> characters.add('\n', offset));
        }
    }

    /** Two lines of text meet: folded to a space where both begin with text and no empty line lies between. */
    private void join(int lineEnd, boolean bothText) {
        if (!folded || !bothText) {
            characters.add('\n', lineEnd);
        } else if (pending.isEmpty()) {
            characters.add(' ', lineEnd);
        }
    }

    /** Steps over indentation and empty lines, remembering their ends. False when the text is over. */
    private boolean nextLine() {
        pending = new ArrayList<>();
        while (at < source.length()) {
            int text = skipSpaces(at, indentation);
            if (text < source.length() && source.at(text) == '\n') {
                pending.add(text);
                at = text + 1;
            } else {
                boolean deepEnough = text - at == indentation && text < source.length();
                at = deepEnough ? text : at;
                return deepEnough;
            }
        }
        return false;
    }

    private int skipSpaces(int from, int most) {
        int offset = from;
        while (offset < source.length() && offset - from < most && source.at(offset) == ' ') {
            offset++;
        }
        return offset;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
