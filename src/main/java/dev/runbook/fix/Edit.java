package dev.runbook.fix;

/**
 * A change of some characters.
 *
 * @param start offset of the first one
 * @param end offset behind the last one
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
