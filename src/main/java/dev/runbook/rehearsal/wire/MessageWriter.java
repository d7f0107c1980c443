package dev.runbook.rehearsal.wire;

import java.io.IOException;
import java.io.OutputStream;

/** Cuts what a server says into packets. Used by one thread at a time. */
public final class MessageWriter {
    /** The size of a packet with its header: what a client assumes until it hears of another one. */
    public static final int PACKET_SIZE = 4096;

    private static final int HEADER = 8;

    private final OutputStream out;
    private final byte[] packet = new byte[PACKET_SIZE];
    private int filled = HEADER;
    private int number;

    /** Writes packets to this stream. */
    public MessageWriter(OutputStream out) {
        this.out = out;
    }

    /** Adds to the message; full packets leave at once. */
    public void write(byte[] bytes) throws IOException {
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

    /** Sends what there is of a message that goes on later. */
    public void flush() throws IOException {
        if (filled > HEADER) {
            send(false);
        }
    }

    /** Ends the message and sends the rest of it. */
    public void end() throws IOException {
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
