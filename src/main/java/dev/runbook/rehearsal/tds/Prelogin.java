package dev.runbook.rehearsal.tds;

import java.net.ProtocolException;

/**
 * The greeting of a client, of which only the wish for TLS matters.
 *
 * @param wish the byte that the client sent
 */
record Prelogin(int wish) {
    private static final int VERSION = 0;
    private static final int ENCRYPTION = 1;
    private static final int TERMINATOR = 0xFF;
    private static final int ON = 1;
    private static final int NOT_SUPPORTED = 2;
    private static final int REQUIRED = 3;

    /** Reads the list of options; without a wish for TLS there is none. */
    static Prelogin parse(byte[] body) throws ProtocolException {
        ByteReader options = new ByteReader(body);
        while (options.peek() != TERMINATOR) {
            int option = options.u8();
            int offset = options.bigEndian16();
            options.skip(2);
            if (option == ENCRYPTION) {
                return new Prelogin(options.at(offset).u8());
            }
        }
        return new Prelogin(NOT_SUPPORTED);
    }

    /** Whether everything from here on goes through TLS. */
    boolean wantsTls() {
        return wish == ON || wish == REQUIRED;
    }

    /**
     * What the server says to it. A client that can do without TLS gets none at all, not even for its login: this server
     * listens on loopback only.
     */
    byte[] answer() {
        int headers = 2 * 5 + 1;
        return new ByteWriter()
                .u8(VERSION)
                .bigEndian16(headers)
                .bigEndian16(6)
                .u8(ENCRYPTION)
                .bigEndian16(headers + 6)
                .bigEndian16(1)
                .u8(TERMINATOR)
                .u8(ServerVersion.MAJOR)
                .u8(ServerVersion.MINOR)
                .bigEndian16(ServerVersion.BUILD)
                .u16(0)
                .u8(wantsTls() ? ON : NOT_SUPPORTED)
                .toBytes();
    }

    /** The version that the simulated servers give themselves on the wire: SQL Server 2014 SP3. */
    static final class ServerVersion {
        /** 12 is SQL Server 2014. */
        static final int MAJOR = 12;
        /** Always 0. */
        static final int MINOR = 0;
        /** Service pack 3. */
        static final int BUILD = 6024;

        private ServerVersion() {}
    }
}
