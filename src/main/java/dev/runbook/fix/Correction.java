package dev.runbook.fix;

import java.util.List;

/** One kind of mistake that can be corrected without asking. */
interface Correction {
    /** What is corrected, in the words of messages. */
    String what();

    /** The edits of each place that has to be corrected; those of one place belong together. */
    List<List<Edit>> places(Draft draft);

    /** Whether edits of some places did what they should, and nothing else. */
    boolean succeeded(Draft before, Draft after);
}
