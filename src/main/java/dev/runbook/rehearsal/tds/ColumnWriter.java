package dev.runbook.rehearsal.tds;

import dev.runbook.rehearsal.wire.ByteWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** How the types of columns and their values travel. Every type is one that allows null. */
final class ColumnWriter {
    /** Latin1_General_CI_AS: without regard to case, as the servers of a pool are set up. */
    private static final byte[] COLLATION = {0x09, 0x04, (byte) 0xD0, 0x00, 0x34};

    private static final int BOUND = 8000;
    private static final int NCHAR_LENGTH = 20;
    private static final int NUMERIC_BYTES = 17;
    private static final int TICKS_A_SECOND = 300;
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);

    private ColumnWriter() {}

    /** The collation of every text, as the protocol writes it. */
    static byte[] collation() {
        return COLLATION.clone();
    }

    /** Describes a type. */
    static void type(Column.Type type, ByteWriter out) {
        switch (type) {
            case BIT -> out.u8(0x68).u8(1);
            case TINYINT -> out.u8(0x26).u8(1);
            case SMALLINT -> out.u8(0x26).u8(2);
            case INT -> out.u8(0x26).u8(4);
            case BIGINT -> out.u8(0x26).u8(8);
            case NUMERIC -> out.u8(0x6C).u8(NUMERIC_BYTES).u8(38).u8(0);
            case FLOAT -> out.u8(0x6D).u8(8);
            case REAL -> out.u8(0x6D).u8(4);
            case NCHAR -> out.u8(0xEF).u16(2 * NCHAR_LENGTH).bytes(COLLATION);
            case NVARCHAR -> out.u8(0xE7).u16(BOUND).bytes(COLLATION);
            case NVARCHAR_MAX -> out.u8(0xE7).u16(0xFFFF).bytes(COLLATION);
            case DATETIME -> out.u8(0x6F).u8(8);
            case UNIQUEIDENTIFIER -> out.u8(0x24).u8(16);
            case VARBINARY -> out.u8(0xA5).u16(BOUND);
        }
    }

    /** Writes a value of a type; null is null. */
    static void value(Column.Type type, Object value, ByteWriter out) {
        if (value == null) {
            absent(type, out);
            return;
        }
        switch (type) {
            case BIT -> out.u8(1).u8((Boolean) value ? 1 : 0);
            case TINYINT -> out.u8(1).u8(((Number) value).intValue());
            case SMALLINT -> out.u8(2).u16(((Number) value).intValue());
            case INT -> out.u8(4).i32(((Number) value).intValue());
            case BIGINT -> out.u8(8).i64(((Number) value).longValue());
            case NUMERIC -> numeric((BigDecimal) value, out);
            case FLOAT -> out.u8(8).i64(Double.doubleToLongBits(((Number) value).doubleValue()));
            case REAL -> out.u8(4).i32(Float.floatToIntBits(((Number) value).floatValue()));
            case NCHAR ->
                bounded(
                        ((String) value + " ".repeat(NCHAR_LENGTH))
                                .substring(0, NCHAR_LENGTH)
                                .getBytes(StandardCharsets.UTF_16LE),
                        out);
            case NVARCHAR -> bounded(((String) value).getBytes(StandardCharsets.UTF_16LE), out);
            case NVARCHAR_MAX -> chunk(((String) value).getBytes(StandardCharsets.UTF_16LE), out);
            case DATETIME -> dateTime((LocalDateTime) value, out);
            case UNIQUEIDENTIFIER -> guid((UUID) value, out);
            case VARBINARY -> bounded((byte[]) value, out);
        }
    }

    private static void absent(Column.Type type, ByteWriter out) {
        switch (type) {
            case NCHAR, NVARCHAR, VARBINARY -> out.u16(0xFFFF);
            case NVARCHAR_MAX -> out.i64(-1);
            case BIT, TINYINT, SMALLINT, INT, BIGINT, NUMERIC, FLOAT, REAL, DATETIME, UNIQUEIDENTIFIER -> out.u8(0);
        }
    }

    private static void numeric(BigDecimal value, ByteWriter out) {
        BigInteger whole = value.toBigIntegerExact();
        byte[] magnitude = whole.abs().toByteArray();
        out.u8(NUMERIC_BYTES).u8(whole.signum() < 0 ? 0 : 1);
        for (int i = 0; i < NUMERIC_BYTES - 1; i++) {
            int place = magnitude.length - 1 - i;
            out.u8(place >= 0 ? magnitude[place] : 0);
        }
    }

    private static void bounded(byte[] bytes, ByteWriter out) {
        if (bytes.length > BOUND) {
            throw new IllegalArgumentException(
                    "a value of " + bytes.length + " bytes in a column that holds " + BOUND + "; use NVARCHAR_MAX");
        }
        out.u16(bytes.length).bytes(bytes);
    }

    private static void chunk(byte[] bytes, ByteWriter out) {
        out.i64(bytes.length);
        if (bytes.length > 0) {
            out.i32(bytes.length).bytes(bytes);
        }
        out.i32(0);
    }

    private static void dateTime(LocalDateTime value, ByteWriter out) {
        long nanos = value.toLocalTime().toNanoOfDay();
        long ticks = (nanos * TICKS_A_SECOND + NANOS_A_SECOND / 2) / NANOS_A_SECOND;
        long ticksOfDay = 24L * 60 * 60 * TICKS_A_SECOND;
        // the last moment of a day rounds up into the next one
        long days = ChronoUnit.DAYS.between(FIRST_DAY, value.toLocalDate()) + ticks / ticksOfDay;
        out.u8(8).i32((int) days).i32((int) (ticks % ticksOfDay));
    }

    /** The first three groups are little-endian, the rest is not. */
    private static void guid(UUID value, ByteWriter out) {
        long high = value.getMostSignificantBits();
        out.u8(16).i32((int) (high >>> 32)).u16((int) (high >>> 16)).u16((int) high);
        out.bytes(ByteBuffer.allocate(Long.BYTES)
                .putLong(value.getLeastSignificantBits())
                .array());
    }
}
