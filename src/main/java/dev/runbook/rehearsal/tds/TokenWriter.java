package dev.runbook.rehearsal.tds;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Writes the tokens of a server's messages. Used by one thread at a time. */
final class TokenWriter {
    /** The end of a statement of a batch. */
    static final int DONE = 0xFD;
    /** The end of a procedure. */
    static final int DONE_PROCEDURE = 0xFE;
    /** The end of a statement of a procedure. */
    static final int DONE_IN_PROCEDURE = 0xFF;

    /** Status: another statement follows. */
    static final int MORE = 0x01;
    /** Status: the statement failed. */
    static final int FAILED = 0x02;
    /** Status: the count counts. */
    static final int COUNTED = 0x10;
    /** Status: this is the receipt of a cancel. */
    static final int CANCELLED = 0x20;
    /** Above the status, for the field after it: the statement was a SELECT. */
    static final int SELECTED = 0x10000;

    private static final int LONGEST_MESSAGE = 2047;
    private static final int SELECT = 0xC1;
    private static final int UPDATE = 0xC5;
    private static final int NOT_ERROR = 10;
    private static final byte[] TDS_7_4 = {0x74, 0, 0, 4};
    private static final String NAME = "Microsoft SQL Server";

    private final Message.MessageWriter out;

    TokenWriter(Message.MessageWriter out) {
        this.out = out;
    }

    /** The answer to a login that was granted. */
    void welcome() throws IOException {
        byte[] collation = ColumnWriter.collation();
        environment(1, "master", "master");
        write(new ByteWriter()
                .u8(0xE3)
                .u16(8)
                .u8(7)
                .u8(collation.length)
                .bytes(collation)
                .u8(0));
        environment(2, "us_english", "");
        token(
                0xAD,
                new ByteWriter()
                        .u8(1)
                        .bytes(TDS_7_4)
                        .shortText(NAME)
                        .u8(Prelogin.ServerVersion.MAJOR)
                        .u8(Prelogin.ServerVersion.MINOR)
                        .bigEndian16(Prelogin.ServerVersion.BUILD));
        String size = Integer.toString(Message.MessageWriter.PACKET_SIZE);
        environment(4, size, size);
        done(DONE, 0, 0);
        end();
    }

    void columns(List<Column> columns) throws IOException {
        ByteWriter token = new ByteWriter().u8(0x81).u16(columns.size());
        for (Column column : columns) {
            token.i32(0).u16(0x0009);
            ColumnWriter.type(column.type(), token);
            token.shortText(column.name());
        }
        write(token);
    }

    void row(List<Column> columns, List<Object> values) throws IOException {
        if (columns.size() != values.size()) {
            throw new IllegalArgumentException(
                    "a row has " + values.size() + " values for " + columns.size() + " columns");
        }
        ByteWriter token = new ByteWriter().u8(0xD1);
        for (int i = 0; i < columns.size(); i++) {
            ColumnWriter.value(columns.get(i).type(), values.get(i), token);
        }
        write(token);
    }

    void message(SqlError error) throws IOException {
        token(
                error.severity() <= NOT_ERROR ? 0xAB : 0xAA,
                new ByteWriter()
                        .i32(error.number())
                        .u8(error.state())
                        .u8(error.severity())
                        .longText(shortened(error.message()))
                        .shortText("")
                        .shortText(error.procedure())
                        .i32(error.line()));
    }

    /** A server says no more than that at a time. */
    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 3) + "...";
    }

    /** The end of a statement; {@link #SELECTED} in the status goes to the field where it belongs. */
    void done(int token, int status, long count) throws IOException {
        boolean selected = (status & SELECTED) != 0;
        int command = selected ? SELECT : (status & COUNTED) != 0 ? UPDATE : 0;
        write(new ByteWriter().u8(token).u16(status).u16(command).i64(count));
    }

    void returnStatus(int status) throws IOException {
        write(new ByteWriter().u8(0x79).i32(status));
    }

    /** The number of a prepared statement, as the value of an output parameter. */
    void returnHandle(int handle) throws IOException {
        ByteWriter token =
                new ByteWriter().u8(0xAC).u16(0).shortText("").u8(1).i32(0).u16(0);
        ColumnWriter.type(Column.Type.INT, token);
        ColumnWriter.value(Column.Type.INT, handle, token);
        write(token);
    }

    /** The receipt of a cancel, a message of its own. */
    void attentionDone() throws IOException {
        done(DONE, CANCELLED, 0);
        end();
    }

    /** Sends what there is. */
    void flush() throws IOException {
        out.flush();
    }

    /** Ends the message. */
    void end() throws IOException {
        out.end();
    }

    private void environment(int kind, String now, String before) throws IOException {
        token(0xE3, new ByteWriter().u8(kind).shortText(now).shortText(before));
    }

    private void token(int kind, ByteWriter content) throws IOException {
        write(new ByteWriter().u8(kind).u16(content.size()).bytes(content.toBytes()));
    }

    private void write(ByteWriter token) throws IOException {
        out.write(token.toBytes());
    }

    /** How the types of columns and their values travel. Every type is one that allows null. */
    private static final class ColumnWriter {
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
}
