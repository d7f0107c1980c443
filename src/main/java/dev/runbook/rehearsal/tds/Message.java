package dev.runbook.rehearsal.tds;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;

/**
 * One message of a client: the contents of its packets, put together.
 *
 * @param type one of the constants here, or another number that nobody here understands
 * @param body without the packets' headers
 */
record Message(int type, byte[] body) {
    /** A batch of T-SQL. */
    static final int BATCH = 1;
    /** The call of a procedure by number or name. */
    static final int CALL = 3;
    /** The type of everything that a server says. */
    static final int REPLY = 4;
    /** Stop what you are doing. */
    static final int ATTENTION = 6;
    /** The login. */
    static final int LOGIN = 16;
    /** The greeting, and TLS records until the handshake is over. */
    static final int PRELOGIN = 18;

    /** Puts the packets of a client together to messages. Used by one thread. */
    static final class MessageReader {
        private static final int END_OF_MESSAGE = 1;
        private static final int HEADER = 8;
        /** Far above anything that a runbook sends; keeps a client that is broken from eating the memory. */
        private static final int LARGEST = 16 << 20;

        private final DataInputStream in;

        /** Reads packets from this stream. */
        MessageReader(InputStream in) {
            this.in = new DataInputStream(in);
        }

        /**
         * Waits for the next message.
         *
         * @throws EOFException when the client is gone
         * @throws ProtocolException when this is no TDS
         */
        Message next() throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            int type;
            int status;
            do {
                ByteReader header = new ByteReader(take(HEADER));
                type = header.u8();
                status = header.u8();
                int length = header.bigEndian16();
                if (type > Message.PRELOGIN || length < HEADER || body.size() > LARGEST) {
                    throw new ProtocolException("not a packet of TDS: type " + type + ", length " + length);
                }
                body.writeBytes(take(length - HEADER));
            } while ((status & END_OF_MESSAGE) == 0);
            return new Message(type, body.toByteArray());
        }

        private byte[] take(int length) throws IOException {
            byte[] content = new byte[length];
            in.readFully(content);
            return content;
        }
    }

    /** Cuts what a server says into packets. Used by one thread at a time. */
    static final class MessageWriter {
        /** The size of a packet with its header: what a client assumes until it hears of another one. */
        static final int PACKET_SIZE = 4096;

        private static final int HEADER = 8;

        private final OutputStream out;
        private final byte[] packet = new byte[PACKET_SIZE];
        private int filled = HEADER;
        private int number;

        /** Writes packets to this stream. */
        MessageWriter(OutputStream out) {
            this.out = out;
        }

        /** Adds to the message; full packets leave at once. */
        void write(byte[] bytes) throws IOException {
            int from = 0;
            while (from < bytes.length) {
                if (filled == PACKET_SIZE) {
                    send(false);
                }
                int count = Math.min(bytes.length - from, PACKET_SIZE - filled);
                System.arraycopy(bytes, from, packet, filled, count);
                filled += count;
                from += count;
            }
        }

        /** Sends what there is of a message that continues later. */
        void flush() throws IOException {
            if (filled > HEADER) {
                send(false);
            }
        }

        /** Ends the message and sends the rest of it. */
        void end() throws IOException {
            send(true);
        }

        private void send(boolean last) throws IOException {
            packet[0] = Message.REPLY;
            packet[1] = (byte) (last ? 1 : 0);
            packet[2] = (byte) (filled >>> 8);
            packet[3] = (byte) filled;
            packet[6] = (byte) ++number;
            out.write(packet, 0, filled);
            out.flush();
            filled = HEADER;
            if (last) {
                number = 0;
            }
        }
    }
}
