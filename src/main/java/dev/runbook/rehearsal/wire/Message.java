package dev.runbook.rehearsal.wire;

/**
 * One message of a client: the contents of its packets, put together.
 *
 * @param type one of the constants here, or another number that nobody here understands
 * @param body without the packets' headers
 */
public record Message(int type, byte[] body) {
    /** A batch of T-SQL. */
    public static final int BATCH = 1;
    /** The call of a procedure by number or name. */
    public static final int CALL = 3;
    /** The type of everything that a server says. */
    public static final int REPLY = 4;
    /** Stop what you are doing. */
    public static final int ATTENTION = 6;
    /** The login. */
    public static final int LOGIN = 16;
    /** The greeting, and TLS records until the handshake is over. */
    public static final int PRELOGIN = 18;
}
