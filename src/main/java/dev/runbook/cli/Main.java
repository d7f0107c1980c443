package dev.runbook.cli;

/** Starts the command line. */
public final class Main {
    private Main() {}

    /** Prints the name of the program. */
    public static void main(String[] args) {
        System.out.println("runbook");
    }
}
