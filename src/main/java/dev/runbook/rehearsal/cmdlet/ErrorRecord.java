package dev.runbook.rehearsal.cmdlet;

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
    public static ErrorRecord ofPowerShell(String message, String id, String category) {
        return new ErrorRecord(message, OF_POWERSHELL, id, category, "");
    }
}
