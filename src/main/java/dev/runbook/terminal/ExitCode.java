package dev.runbook.terminal;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the program says to whoever started it. Published: a number never changes its meaning. */
public enum ExitCode {
    /** Everything is as asked: the run is done, nothing was found. */
    DONE(0, "done"),
    /** Something was found: a mistake in a runbook, a fact that is not as required, a journal that is not whole. */
    FINDINGS(1, "something was found: by lint, check or verify-journal; or the journal of a run was changed"),
    /** The command line, a variable or the runbook is wrong; nothing was begun. */
    USAGE(2, "wrong usage, a wrong value or an invalid runbook; nothing was begun"),
    /** The run failed, and the estate is as it was: nothing was changed, or all of it was taken back. */
    FAILED_UNCHANGED(3, "failed; the estate is as it was before"),
    /** The run failed, and changes of it remain. */
    FAILED_CHANGED(4, "failed; changes of this run remain"),
    /** A person did not say yes. */
    DECLINED(5, "declined: an answer was not yes"),
    /** The run is paused or in doubt, and waits to be resumed. */
    RESUME_NEEDED(6, "paused or in doubt: resume is needed"),
    /** A question is open, and there is nobody to ask: no terminal, or its input has ended. */
    NEEDS_ANSWER(7, "needs an answer, and there is nobody to ask"),
    /** The program itself is wrong. */
    OUR_BUG(70, "a mistake in this program"),
    /**
     * What was asked for could not be written: printed in full, or a new run begun in its folder. Of a run that has begun the exit
     * code says how it ended, whatever becomes of the output.
     */
    OUTPUT_LOST(74, "what was asked for could not be written: a full disk; no run was begun"),
    /** Somebody else is at work. What was asked for can be tried again later. */
    BUSY(75, "busy: another process has the run, or another run has the servers; try again"),
    /** Ctrl-C ended it. */
    INTERRUPTED(130, "interrupted with Ctrl-C");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** What the shell sees. */
    public int number() {
        return number;
    }

    /** All codes with their meaning, for help texts. */
    public static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            meanings.put(String.valueOf(code.number), code.meaning);
        }
        return meanings;
    }
}
