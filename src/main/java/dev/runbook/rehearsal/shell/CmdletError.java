package dev.runbook.rehearsal.shell;

/** A cmdlet ends with an error; nothing it wrote before reaches the client. */
public final class CmdletError extends RuntimeException {
    private final transient ErrorRecord record;

    /** With this record. */
    CmdletError(ErrorRecord record) {
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

    /**
     * What PowerShell says about an error.
     *
     * @param message for people
     * @param type full name of the .NET exception
     * @param id FullyQualifiedErrorId
     * @param category such as {@code InvalidArgument}
     * @param target what it is about; empty where nothing is named
     */
    public record ErrorRecord(String message, String type, String id, String category, String target) {
        /** The type of the errors that PowerShell itself raises before a cmdlet runs. */
        public static final String OF_POWERSHELL = "System.Management.Automation.ParentContainsErrorRecordException";

        /** An error of PowerShell itself, before a cmdlet runs. */
        static ErrorRecord ofPowerShell(String message, String id, String category) {
            return new ErrorRecord(message, OF_POWERSHELL, id, category, "");
        }
    }
}
