package dev.runbook.yaml;

import dev.runbook.base.Origin.Run;
import java.util.ArrayList;
import java.util.List;

/** The characters of a scalar as the author meant it, and the places where they stand. */
final class ScalarPlaces {
    private final YamlReader.SourceText source;
    private final StringBuilder value = new StringBuilder();
    private final List<Run> runs = new ArrayList<>();
    private int expected = -1;

    private ScalarPlaces(YamlReader.SourceText source) {
        this.source = source;
    }

    /** A character that stands at an offset of the source, or stands for what is written there. */
    private void add(char character, int offset) {
        if (offset != expected) {
            runs.add(new Run(value.length(), source.position(offset)));
        }
        value.append(character);
        // after a line end begins another line, which is another run
        expected = character == '\n' ? -1 : offset + 1;
    }

    /** The characters of the source from one offset up to another. */
    private void addAll(int from, int to) {
        for (int offset = from; offset < to; offset++) {
            add(source.at(offset), offset);
        }
    }

    String value() {
        return value.toString();
    }

    List<Run> runs() {
        return runs;
    }

    /** Undoes the quoting, the escapes and the folding of plain and quoted scalars, and keeps the places of their characters. */
    static final class Flow {
        private static final String ESCAPES = "0abtnvfre \"/\\N_LP\t";
        private static final String MEANINGS = "\0\u0007\b\t\n\u000B\f\r\u001B \"/\\\u0085\u00A0\u2028\u2029\t";

        private final YamlReader.SourceText source;
        private final int end;
        private final char quote;
        private final ScalarPlaces characters;
        private int at;

        private Flow(YamlReader.SourceText source, int start, int end, char quote) {
            this.source = source;
            this.end = end;
            this.quote = quote;
            this.at = start;
            this.characters = new ScalarPlaces(source);
        }

        /** A scalar without quotes. */
        static ScalarPlaces plain(YamlReader.SourceText source, int start, int end) {
            return new Flow(source, start, end, ' ').read();
        }

        /** A scalar between quotes, whose offsets include them. */
        static ScalarPlaces quoted(YamlReader.SourceText source, int start, int end) {
            return new Flow(source, start + 1, end - 1, source.at(start)).read();
        }

        private ScalarPlaces read() {
            while (at < end) {
                char c = source.at(at);
                if (c == ' ' || c == '\t' || c == '\n') {
                    blanks();
                } else if (c == '\\' && quote == '"') {
                    escape();
                } else {
                    characters.add(c, at);
                    // a doubled single quote stands for one
                    at += c == '\'' && quote == '\'' ? 2 : 1;
                }
            }
            return characters;
        }

        /** Blanks within a line stay; a line end with the blanks around it becomes a space, further ones stay line ends. */
        private void blanks() {
            int next = skipBlanks(at, true);
            if (next >= end || source.at(next) != '\n') {
                characters.addAll(at, next);
                at = next;
                return;
            }
            int first = next;
            at = next + 1;
            if (!lineEnds()) {
                characters.add(' ', first);
            }
        }

        /** Takes the line ends that follow as they are. */
        private boolean lineEnds() {
            boolean any = false;
            // the library lets a tab at the start of a continued plain line belong to the text
            at = skipBlanks(at, quote != ' ');
            while (at < end && source.at(at) == '\n') {
                characters.add('\n', at);
                any = true;
                at = skipBlanks(at + 1, quote != ' ');
            }
            return any;
        }

        private void escape() {
            char kind = source.at(at + 1);
            int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
            if (kind == '\n') {
                at += 2;
                lineEnds();
            } else if (digits > 0) {
                int code = Integer.parseInt(source.text().substring(at + 2, at + 2 + digits), 16);
                for (char c : Character.toChars(code)) {
                    characters.add(c, at);
                }
                at += 2 + digits;
            } else {
                characters.add(MEANINGS.charAt(ESCAPES.indexOf(kind)), at);
                at += 2;
            }
        }

        private int skipBlanks(int from, boolean tabsToo) {
            int offset = from;
            while (offset < end && (source.at(offset) == ' ' || tabsToo && source.at(offset) == '\t')) {
                offset++;
            }
            return offset;
        }
    }

    /** Undoes the indentation, the folding and the chomping of block scalars, and keeps the places of their characters. */
    static final class Block {
        private final YamlReader.SourceText source;
        private final boolean folded;
        private final ScalarPlaces characters;
        /** Line ends that belong to the text only if more text follows, or if the header keeps them. */
        private List<Integer> pending = new ArrayList<>();

        private int indentation;
        private int at;

        private Block(YamlReader.SourceText source, int start) {
            this.source = source;
            this.folded = source.at(start) == '>';
            this.characters = new ScalarPlaces(source);
        }

        /**
         * Reads a block scalar.
         *
         * @param start the offset of its indicator
         * @param parentColumn the column, counted from 0, of the map or list that holds it; -1 if nothing does
         */
        static ScalarPlaces read(YamlReader.SourceText source, int start, int parentColumn) {
            Block scalar = new Block(source, start);
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
}
