package dev.runbook.base;

/**
 * Makes text from outside - of servers, shells, files, journals, people - harmless for whoever reads it on a screen, on a page or in a file:
 * nothing in it moves the cursor, hides or turns around what stands beside it, or makes a line of its own. A sign that would is
 * written by its number. Text that has none comes back as it is, and so does text that was made harmless before.
 */
public final class Harmless {
    private Harmless() {}

    /** Text that is one line: an answer's message, a value within a sentence. Line ends and tabs become blanks. */
    public static String line(String text) {
        return of(text, false);
    }

    /** Text that may have lines, such as a statement. */
    public static String lines(String text) {
        return of(text, true);
    }

    /** Whether the sign does something to what stands around it. */
    public static boolean isActive(int sign) {
        return Character.isISOControl(sign)
                || sign == 0x061C
                || sign == 0x200E
                || sign == 0x200F
                || sign >= 0x2028 && sign <= 0x202E
                || sign >= 0x2066 && sign <= 0x2069
                || sign == 0xFEFF
                || sign >= 0xFFF9 && sign <= 0xFFFB
                || sign >= 0xE0000 && sign <= 0xE007F
                || sign >= Character.MIN_SURROGATE && sign <= Character.MAX_SURROGATE;
    }

    private static String of(String text, boolean keepsLines) {
        if (text.codePoints().noneMatch(Harmless::isActive)) {
            return text;
        }
        StringBuilder harmless = new StringBuilder();
        text.replace("\r\n", "\n").codePoints().forEach(sign -> {
            boolean space = sign == '\n' || sign == '\r' || sign == '\t' || sign == 0x2028 || sign == 0x2029;
            if (keepsLines && (sign == '\n' || sign == '\t')) {
                harmless.appendCodePoint(sign);
            } else if (space && !keepsLines) {
                harmless.append(' ');
            } else if (isActive(sign)) {
                harmless.append(String.format("<U+%04X>", sign));
            } else {
                harmless.appendCodePoint(sign);
            }
        });
        return harmless.toString();
    }
}
