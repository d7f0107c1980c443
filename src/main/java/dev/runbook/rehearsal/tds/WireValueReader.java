package dev.runbook.rehearsal.tds;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;

/**
 * Reads typed values as a driver sends parameters: type, then value. A value is a String, Boolean, Integer (also for smaller
 * ones), Long, BigDecimal, Double, LocalDate, LocalDateTime, UUID, byte array, or null.
 */
final class WireValueReader {
    private static final int NULL_LENGTH = 0xFFFF;
    private static final int WITHOUT_BOUND = 0xFFFF;
    private static final int COLLATION = 5;
    private static final Charset ANSI = Charset.forName("windows-1252");

    private final ByteReader in;

    /** Reads from there. */
    WireValueReader(ByteReader in) {
        this.in = in;
    }

    /**
     * The next type and its value.
     *
     * @throws ProtocolException for a type that no parameter of a runbook has, naming it
     */
    Object next() throws ProtocolException {
        int type = in.u8();
        switch (type) {
            case 0x26: // INTN
                return integer(sized());
            case 0x68: // BITN
                byte[] bit = sized();
                return bit.length == 0 ? null : bit[0] != 0;
            case 0x6D: // FLTN
                return floating(sized());
            case 0x6A: // DECIMALN
            case 0x6C: // NUMERICN
                return decimal();
            case 0x24: // GUID
                return guid(sized());
            case 0x28: // DATEN
                byte[] date = in.bytes(in.u8());
                return date.length == 0 ? null : date(date, 0);
            case 0x2A: // DATETIME2N
                return dateTime();
            case 0xE7: // NVARCHAR
            case 0xEF: // NCHAR
                return text(bounded(COLLATION), StandardCharsets.UTF_16LE);
            case 0xA7: // VARCHAR
            case 0xAF: // CHAR
                return text(bounded(COLLATION), ANSI);
            case 0xA5: // VARBINARY
            case 0xAD: // BINARY
                return bounded(0);
            default:
                throw new ProtocolException(String.format("data type 0x%02X is not known here", type));
        }
    }

    /** A value after its largest and its real length; no bytes are a null. */
    private byte[] sized() throws ProtocolException {
        in.skip(1);
        return in.bytes(in.u8());
    }

    /** A value of up to 8,000 bytes, or one in chunks; null for null. */
    private byte[] bounded(int collation) throws ProtocolException {
        int most = in.u16();
        in.skip(collation);
        if (most == WITHOUT_BOUND) {
            return chunks();
        }
        int length = in.u16();
        return length == NULL_LENGTH ? null : in.bytes(length);
    }

    private byte[] chunks() throws ProtocolException {
        if (in.i64() == -1) {
            return null;
        }
        ByteWriter whole = new ByteWriter();
        for (int length = in.i32(); length != 0; length = in.i32()) {
            whole.bytes(in.bytes(length));
        }
        return whole.toBytes();
    }

    private static Object text(byte[] bytes, Charset charset) {
        return bytes == null ? null : new String(bytes, charset);
    }

    private static Object integer(byte[] bytes) {
        if (bytes.length == 0) {
            return null;
        }
        // a byte is the only one of them without a sign
        long value = bytes.length == 1 ? bytes[0] & 0xFF : new BigInteger(reversed(bytes)).longValueExact();
        if (bytes.length == Long.BYTES) {
            return value;
        }
        return (int) value;
    }

    private static Object floating(byte[] bytes) {
        if (bytes.length == 0) {
            return null;
        }
        ByteBuffer number = ByteBuffer.wrap(reversed(bytes));
        return bytes.length == Float.BYTES ? (double) number.getFloat() : number.getDouble();
    }

    private Object decimal() throws ProtocolException {
        in.skip(2);
        int scale = in.u8();
        byte[] bytes = in.bytes(in.u8());
        if (bytes.length == 0) {
            return null;
        }
        byte[] magnitude = new byte[bytes.length - 1];
        System.arraycopy(bytes, 1, magnitude, 0, magnitude.length);
        return new BigDecimal(new BigInteger(bytes[0] == 0 ? -1 : 1, reversed(magnitude)), scale);
    }

    private static Object guid(byte[] bytes) {
        if (bytes.length == 0) {
            return null;
        }
        ByteBuffer mixed = ByteBuffer.wrap(bytes);
        int first = Integer.reverseBytes(mixed.getInt());
        int second = Short.reverseBytes(mixed.getShort()) & 0xFFFF;
        int third = Short.reverseBytes(mixed.getShort()) & 0xFFFF;
        return new UUID((long) first << 32 | (long) second << 16 | third, mixed.getLong());
    }

    private Object dateTime() throws ProtocolException {
        int scale = in.u8();
        byte[] bytes = in.bytes(in.u8());
        if (bytes.length == 0) {
            return null;
        }
        int timeBytes = bytes.length - 3;
        long ticks = unsigned(bytes, 0, timeBytes);
        long nanos = BigInteger.TEN.pow(9 - scale).longValueExact() * ticks;
        return LocalDateTime.of(date(bytes, timeBytes), LocalTime.ofNanoOfDay(nanos));
    }

    private static LocalDate date(byte[] bytes, int from) {
        return LocalDate.of(1, 1, 1).plusDays(unsigned(bytes, from, 3));
    }

    private static long unsigned(byte[] bytes, int from, int length) {
        long value = 0;
        for (int i = from + length - 1; i >= from; i--) {
            value = value << 8 | bytes[i] & 0xFF;
        }
        return value;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
