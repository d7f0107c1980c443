package dev.runbook.rehearsal.tds;

import dev.runbook.rehearsal.tds.Backend.Reply;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Writes what a session answers. The last word of each statement is held back until it is known whether another one follows,
 * for it must say so. Nothing is written any more once the client cancelled or is gone.
 */
final class WireReply implements Reply {
    private static final int LONGEST_BOUNDED = 4000;

    private final TokenWriter tokens;
    private final boolean call;
    private final Runnable breaking;
    private volatile boolean cancelled;
    private Ending held;
    private boolean failed;
    private OptionalInt handle = OptionalInt.empty();

    WireReply(TokenWriter tokens, boolean call, Runnable breaking) {
        this.tokens = tokens;
        this.call = call;
        this.breaking = breaking;
    }

    /** The end of one statement, not yet written. */
    private record Ending(int status, long count) {}

    /** Something to write. */
    private interface Writing {
        void write() throws IOException;
    }

    @Override
    public void result(List<Column> declared, List<List<Object>> rows) {
        List<Column> columns = IntStream.range(0, declared.size())
                .mapToObj(index -> wideEnough(declared.get(index), index, rows))
                .toList();
        write(() -> {
            releaseHeld();
            tokens.columns(columns);
            for (List<Object> row : rows) {
                tokens.row(columns, row);
            }
            held = new Ending(TokenWriter.COUNTED | TokenWriter.SELECTED, rows.size());
        });
    }

    /** A text that is longer than a bounded column can hold travels in one without a bound. */
    private static Column wideEnough(Column column, int index, List<List<Object>> rows) {
        boolean tooLong = column.type() == Column.Type.NVARCHAR
                && rows.stream()
                        .anyMatch(row -> row.get(index) instanceof String text && text.length() > LONGEST_BOUNDED);
        return tooLong ? new Column(column.name(), Column.Type.NVARCHAR_MAX) : column;
    }

    @Override
    public void done(long count) {
        write(() -> {
            releaseHeld();
            held = new Ending((count < 0 ? 0 : TokenWriter.COUNTED) | failure(), Math.max(0, count));
            failed = false;
        });
    }

    @Override
    public void message(SqlError error) {
        write(() -> {
            releaseHeld();
            tokens.message(error);
            failed |= error.isError();
            tokens.flush();
        });
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void drop() {
        cancelled = true;
        breaking.run();
    }

    /** The client wants no more of it. Called by another thread. */
    void cancel() {
        cancelled = true;
    }

    /** The number of what was prepared, told at the end of the call. */
    void handle(int number) {
        handle = OptionalInt.of(number);
    }

    /** Ends the message. */
    void end() throws IOException {
        if (cancelled) {
            tokens.done(TokenWriter.DONE, TokenWriter.FAILED, 0);
        } else if (call) {
            endCall();
        } else {
            endBatch();
        }
        tokens.end();
    }

    private void endBatch() throws IOException {
        if (held == null || failed) {
            releaseHeld();
            held = new Ending(failure(), 0);
        }
        tokens.done(TokenWriter.DONE, held.status(), held.count());
    }

    private void endCall() throws IOException {
        releaseHeld();
        tokens.returnStatus(0);
        if (handle.isPresent()) {
            tokens.returnHandle(handle.getAsInt());
        }
        tokens.done(TokenWriter.DONE_PROCEDURE, failure(), 0);
    }

    private int failure() {
        return failed ? TokenWriter.FAILED : 0;
    }

    private void releaseHeld() throws IOException {
        if (held != null) {
            int token = call ? TokenWriter.DONE_IN_PROCEDURE : TokenWriter.DONE;
            tokens.done(token, held.status() | TokenWriter.MORE, held.count());
            held = null;
        }
    }

    private void write(Writing writing) {
        if (cancelled) {
            return;
        }
        try {
            writing.write();
        } catch (IOException e) {
            // nobody is there to read it; the session learns of it by being cancelled
            cancelled = true;
        }
    }
}
