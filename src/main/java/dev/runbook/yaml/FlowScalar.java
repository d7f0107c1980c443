package dev.runbook.yaml;

/** Undoes the quoting, the escapes and the folding of plain and quoted scalars, and keeps the places of their characters. */
final class FlowScalar {
    private static final String ESCAPES = "0abtnvfre \"/\\N_LP\t";
    private static final String MEANINGS = "\0\u0007\b\t\n\u000B\f\r\u001B \"/\\\u0085\u00A0\u2028\u2029\t";

    private final SourceText source;
    private final int end;
    private final char quote;
    private final Characters characters;
    private int at;

    private FlowScalar(SourceText source, int start, int end, char quote) {
        this.source = source;
        this.end = end;
        this.quote = quote;
        this.at = start;
        this.characters = new Characters(source);
    }

    /** A scalar without quotes. */
    static Characters plain(SourceText source, int start, int end) {
        return new FlowScalar(source, start, end, ' ').read();
    }

    /** A scalar between quotes, whose offsets include them. */
    static Characters quoted(SourceText source, int start, int end) {
        return new FlowScalar(source, start + 1, end - 1, source.at(start)).read();
    }

    private Characters read() {
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
