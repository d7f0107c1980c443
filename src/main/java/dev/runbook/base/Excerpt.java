package dev.runbook.base;

/**
 * A line of a source as it can be shown, and what stands under it so that carets are exactly under a part of it. A line too
 * long for any screen is shown around that part. What nobody could see, or what would move the cursor, is shown as
 * {@code U+FFFD}.
 *
 * @param line the line, or the part of it that is shown
 * @param blanks as wide as what stands before the marked part; tabs stay tabs
 * @param carets as wide as the marked part, at least one column
 */
public record Excerpt(String line, String blanks, String carets) {
    /** A line up to this length is shown whole; in UTF-16 code units. */
    private static final int LONGEST = 200;
    /** So much of a longer line is shown before the marked part. */
    private static final int BEFORE = 60;

    private static final String CUT = "...";
    private static final int UNSEEN = 0xFFFD;

    /** The excerpt of a line whose characters from one index up to another are marked. */
    public static Excerpt of(String written, int from, int to) {
        String line = written.stripTrailing();
        int start = Math.min(Math.max(from, 0), written.length());
        int end = Math.min(Math.max(to, start), written.length());
        int first = line.length() <= LONGEST ? 0 : boundary(written, Math.max(0, start - BEFORE));
        int last = line.length() <= LONGEST
                ? Math.max(line.length(), end)
                : boundary(written, Math.min(line.length(), first + LONGEST));
        int markedEnd = Math.min(end, Math.max(last, start));
        String before = (first > 0 ? CUT : "") + shown(written.substring(first, start));
        String marked = shown(written.substring(start, markedEnd));
        String after =
                shown(written.substring(markedEnd, Math.max(last, markedEnd)).stripTrailing());
        StringBuilder blanks = new StringBuilder();
        before.codePoints().forEach(point -> blanks.append(point == '\t' ? "\t" : " ".repeat(width(point))));
        int width = Math.max(1, marked.codePoints().map(Excerpt::width).sum());
        return new Excerpt(
                before + marked + after + (last < line.length() ? CUT : ""),
                blanks.toString(),
                "^" + "~".repeat(width - 1));
    }

    /** A text on one line, with everything that nobody could see shown as {@code U+FFFD}. */
    public static String oneLine(String text) {
        return shown(text.replaceAll("\\s*[\r\n]+\\s*", " "));
    }

    /** The name of a file as the first word of a line: on one line, and never a command that a build server carries out. */
    public static String name(String name) {
        String line = oneLine(name);
        return line.stripLeading().startsWith("::") ? "./" + line : line;
    }

    /** A line, or the beginning of one that is too long to be shown whole; its columns stay as they are. */
    public static String cut(String line) {
        return line.length() <= LONGEST ? line : line.substring(0, boundary(line, LONGEST)) + CUT;
    }

    /** The same index, or the one before where it would cut a character in two. */
    private static int boundary(String text, int index) {
        boolean inside = index > 0
                && index < text.length()
                && Character.isLowSurrogate(text.charAt(index))
                && Character.isHighSurrogate(text.charAt(index - 1));
        return inside ? index - 1 : index;
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> shown.appendCodePoint(isUnseen(point) ? UNSEEN : point));
        // GitHub takes this for the beginning of a command, wherever it stands in a line of a log
        return shown.toString().replace("##[", "##(");
    }

    private static boolean isUnseen(int point) {
        int type = Character.getType(point);
        return point != '\t'
                && (type == Character.CONTROL
                        || type == Character.FORMAT
                        || type == Character.SURROGATE
                        || type == Character.LINE_SEPARATOR
                        || type == Character.PARAGRAPH_SEPARATOR);
    }

    /** Columns in a terminal: characters of East Asia and pictures take two, marks on a letter none. */
    private static int width(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(point) ? 2 : 1;
    }

    private static boolean isWide(int point) {
        return Character.isIdeographic(point)
                || point >= 0x1100 && point <= 0x115F
                || point >= 0x3000 && point <= 0x30FF
                || point >= 0xAC00 && point <= 0xD7A3
                || point >= 0xFF00 && point <= 0xFF60
                || point >= 0x1F300 && point <= 0x1FAFF;
    }
}
