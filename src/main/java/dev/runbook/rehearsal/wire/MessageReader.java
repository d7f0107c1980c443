package dev.runbook.rehearsal.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/** Puts the packets of a client together to messages. Used by one thread. */
public final class MessageReader {
    private static final int END_OF_MESSAGE = 1;
    private static final int HEADER = 8;
    /** Far above anything that a runbook sends; keeps a client that is broken from eating the memory. */
    private static final int LARGEST = 16 << 20;

    private final DataInputStream in;

    /** Reads packets from this stream. */
    public MessageReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /**
     * Waits for the next message.
     *
     * @throws EOFException when the client is gone
     * @throws ProtocolException when this is no TDS
     */
    public Message next() throws IOException {
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
