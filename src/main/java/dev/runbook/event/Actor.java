package dev.runbook.event;

/**
 * Who works on a run.
 *
 * @param user the account
 * @param host the computer
 * @param process the process id
 * @param version of this program
 */
public record Actor(String user, String host, long process, String version) {
    /** {@code user@host}. */
    public String name() {
        return user + "@" + host;
    }
}
