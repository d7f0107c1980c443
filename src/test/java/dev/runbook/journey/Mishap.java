package dev.runbook.journey;

import java.io.IOException;

/** Something that goes wrong, until it is put right. */
interface Mishap {
    /** Lets it go wrong from now on. */
    void begin() throws IOException;

    /** Whether something met it. */
    boolean struck();

    /** Ends it. */
    void end() throws IOException;
}
