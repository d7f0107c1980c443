package dev.runbook.rehearsal.tds;

/** What stands behind the wire of one simulated server. Called by a thread for each connection. */
public interface Backend {
    /** Lets somebody in or not. */
    Admission admit(Login login);

    /**
     * Who asks to be let in.
     *
     * @param user empty for integrated security
     * @param password as typed
     * @param program the name the client gives itself
     * @param workstation the computer of the client
     * @param database that is asked for; empty for the default one
     */
    record Login(String user, String password, String program, String workstation, String database) {}

    /** The answer to a login. */
    sealed interface Admission {
        /** Come in. */
        record Granted(Session session) implements Admission {}

        /** No: an error token with this number, then the connection ends. */
        record Refused(SqlError error) implements Admission {}
    }
}
