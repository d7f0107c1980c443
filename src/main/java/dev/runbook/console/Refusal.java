package dev.runbook.console;

/** What the operator asked for cannot be done, and why. Ends the command with one message and without a stack trace. */
public final class Refusal extends RuntimeException {
    private final ExitCode code;

    /**
     * A refusal.
     *
     * @param code what the program ends with
     * @param message what is wrong and what to do instead; may have several lines
     */
    public Refusal(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    /** Something on the command line is wrong. */
    public static Refusal usage(String message) {
        return new Refusal(ExitCode.USAGE, message);
    }

    /** What the program ends with. */
    public ExitCode code() {
        return code;
    }
}
