package dev.runbook.rehearsal.tds;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/**
 * The login record of a client.
 *
 * @param workstation the computer of the client
 * @param user empty for integrated security
 * @param password as typed
 * @param program the name the client gives itself
 * @param database that is asked for; may be empty
 * @param integrated whether the client wants to be known by its Windows account
 */
record Login7(String workstation, String user, String password, String program, String database, boolean integrated) {
    private static final int OPTION_FLAGS_2 = 25;
    private static final int INTEGRATED = 0x80;
    private static final int WORKSTATION = 36;
    private static final int USER = 40;
    private static final int PASSWORD = 44;
    private static final int PROGRAM = 48;
    private static final int DATABASE = 68;

    /** Reads the record; what follows (features, tokens of Windows) is not looked at. */
    static Login7 parse(byte[] body) throws ProtocolException {
        ByteReader record = new ByteReader(body);
        return new Login7(
                text(record, WORKSTATION),
                text(record, USER),
                new String(clear(raw(record, PASSWORD)), StandardCharsets.UTF_16LE),
                text(record, PROGRAM),
                text(record, DATABASE),
                (record.at(OPTION_FLAGS_2).u8() & INTEGRATED) != 0);
    }

    private static String text(ByteReader record, int entry) throws ProtocolException {
        return new String(raw(record, entry), StandardCharsets.UTF_16LE);
    }

    /** An entry is an offset and a length in UTF-16 units. */
    private static byte[] raw(ByteReader record, int entry) throws ProtocolException {
        int offset = record.at(entry).u16();
        int units = record.u16();
        return record.at(offset).bytes(2 * units);
    }

    /** Passwords travel with their half bytes exchanged and a fixed mask over them; it protects nothing. */
    private static byte[] clear(byte[] masked) {
        byte[] clear = new byte[masked.length];
        for (int i = 0; i < masked.length; i++) {
            int unmasked = (masked[i] ^ 0xA5) & 0xFF;
            clear[i] = (byte) (unmasked >>> 4 | unmasked << 4);
        }
        return clear;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Login7[" + user + " from " + workstation + " as " + program + "]";
    }
}
