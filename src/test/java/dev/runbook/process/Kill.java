package dev.runbook.process;

import java.util.Random;

/**
 * A moment at which a run is killed, drawn from a seed.
 *
 * @param seed draws the rest
 * @param procedure what runs
 * @param line of the journal behind which it is killed; 0 for not at all
 * @param millis how long behind it
 * @param resumedLine of the journal behind which its first resumption is killed too; 0 for not at all
 */
record Kill(int seed, Procedure procedure, int line, int millis, int resumedLine) {
    /** Long enough that a statement arrives at the other side, or its answer on this one. */
    private static final int MOST_MILLIS = 80;

    /** Every third resumption is killed, a few lines on. */
    private static final int EVERY = 3;

    private static final int FEW_LINES = 40;

    static Kill of(int seed) {
        Random random = new Random(seed);
        Procedure procedure = Procedure.values()[seed % Procedure.values().length];
        int line = 1 + random.nextInt(procedure.lines());
        int millis = random.nextInt(MOST_MILLIS);
        boolean again = random.nextInt(EVERY) == 0;
        return new Kill(seed, procedure, line, millis, again ? line + 1 + random.nextInt(FEW_LINES) : 0);
    }
}
