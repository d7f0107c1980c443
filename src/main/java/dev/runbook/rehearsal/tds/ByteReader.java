package dev.runbook.rehearsal.tds;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads the numbers and texts of one message, little-endian. Reading past the end is a {@link ProtocolException}. */
final class ByteReader {
    private final ByteBuffer bytes;

    /** Reads these bytes from their beginning; they are not copied. */
    ByteReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether everything was read. */
    boolean isAtEnd() {
        return !bytes.hasRemaining();
    }

    /** How many bytes are left. */
    int remaining() {
        return bytes.remaining();
    }

    /** The next byte, without taking it. */
    int peek() throws ProtocolException {
        need(1);
        return bytes.get(bytes.position()) & 0xFF;
    }

    /** Goes to an offset counted from the beginning. */
    ByteReader at(int offset) throws ProtocolException {
        if (offset < 0 || offset > bytes.limit()) {
            throw new ProtocolException(
                    "offset " + offset + " lies outside of a message of " + bytes.limit() + " bytes");
        }
        bytes.position(offset);
        return this;
    }

    /** An unsigned byte. */
    int u8() throws ProtocolException {
        need(1);
        return bytes.get() & 0xFF;
    }

    /** An unsigned number of two bytes. */
    int u16() throws ProtocolException {
        need(2);
        return bytes.getShort() & 0xFFFF;
    }

    /** An unsigned number of two bytes in network order, which only the greeting uses. */
    int bigEndian16() throws ProtocolException {
        return u8() << 8 | u8();
    }

    /** A number of four bytes. */
    int i32() throws ProtocolException {
        need(4);
        return bytes.getInt();
    }

    /** A number of eight bytes. */
    long i64() throws ProtocolException {
        need(8);
        return bytes.getLong();
    }

    /** So many bytes. */
    byte[] bytes(int length) throws ProtocolException {
        need(length);
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    /** A text of so many UTF-16 units. */
    String text(int units) throws ProtocolException {
        return new String(bytes(Math.multiplyExact(units, 2)), StandardCharsets.UTF_16LE);
    }

    /** Leaves out so many bytes. */
    void skip(int length) throws ProtocolException {
        need(length);
        bytes.position(bytes.position() + length);
    }

    private void need(int length) throws ProtocolException {
        if (length < 0 || length > bytes.remaining()) {
            throw new ProtocolException("a message ends " + (length - (long) bytes.remaining()) + " bytes too early");
        }
    }
}
