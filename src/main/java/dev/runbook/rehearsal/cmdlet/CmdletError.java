package dev.runbook.rehearsal.cmdlet;

/** A cmdlet ends with an error; nothing it wrote before reaches the client. */
public final class CmdletError extends RuntimeException {
    private final transient ErrorRecord record;

    /** With this record. */
    public CmdletError(ErrorRecord record) {
        super(record.message());
        this.record = record;
    }

    /**
     * As a cmdlet raises it itself.
     *
     * @param id the first part of the error id; the name of the cmdlet follows it
     * @param category such as {@code ObjectNotFound}
     */
    public static CmdletError of(String message, String id, String category, String cmdlet) {
        return new CmdletError(
                new ErrorRecord(message, "System.InvalidOperationException", id + "," + cmdlet, category, ""));
    }

    /** What PowerShell says about it. */
    public ErrorRecord record() {
        return record;
    }
}
