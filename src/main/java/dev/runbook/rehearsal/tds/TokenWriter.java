package dev.runbook.rehearsal.tds;

import dev.runbook.rehearsal.wire.ByteWriter;
import dev.runbook.rehearsal.wire.MessageWriter;
import dev.runbook.rehearsal.wire.ServerVersion;
import java.io.IOException;
import java.util.List;

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
    /** Above the status, for the field behind it: the statement was a SELECT. */
    static final int SELECTED = 0x10000;

    private static final int LONGEST_MESSAGE = 2047;
    private static final int SELECT = 0xC1;
    private static final int UPDATE = 0xC5;
    private static final int NOT_ERROR = 10;
    private static final byte[] TDS_7_4 = {0x74, 0, 0, 4};
    private static final String NAME = "Microsoft SQL Server";

    private final MessageWriter out;

    TokenWriter(MessageWriter out) {
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
                        .u8(ServerVersion.MAJOR)
                        .u8(ServerVersion.MINOR)
                        .bigEndian16(ServerVersion.BUILD));
        String size = Integer.toString(MessageWriter.PACKET_SIZE);
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
}
