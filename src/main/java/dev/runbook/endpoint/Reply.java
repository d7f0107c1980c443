package dev.runbook.endpoint;

/** What came of a question. */
public sealed interface Reply {
    /** How {@code by} ends when a person answered a question that stood on the screen. */
    String AT_THE_TERMINAL = " at the terminal";

    /**
     * Somebody answered.
     *
     * @param text the answer as typed, trimmed; of a choice the whole word
     * @param reason what was given behind a choice, such as its reason; empty where nothing was
     * @param by who answered, and by what way: {@code jdoe at the terminal}, {@code --approve}, {@code the rehearsal}
     */
    record Answered(String text, String reason, String by) implements Reply {}

    /** There is nobody to ask, and no answer was given beforehand. */
    enum Nobody implements Reply {
        /** Nobody can be asked in this process. */
        NO_TERMINAL("input and output are not both a terminal here"),
        /** Whoever could be asked is gone. */
        END_OF_INPUT("the input has ended"),
        /** Whoever is here began the run, and somebody else has to answer. */
        SAME_ACCOUNT("another account has to answer than the one that began the run, which is this one");

        private final String why;

        Nobody(String why) {
            this.why = why;
        }

        /** Why nobody can be asked, as a clause. */
        public String why() {
            return why;
        }
    }
}
