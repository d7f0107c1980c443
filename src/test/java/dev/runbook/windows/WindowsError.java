package dev.runbook.windows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * What Windows says when it refuses something with a file, as Java passes it on. Few of these numbers have a type of their own
 * in Java; all others come as a plain {@link FileSystemException} that has the text, and that in the language of the computer.
 * (Numbers and texts: Microsoft's list "System Error Codes". What Java makes of them: {@code translateToIOException} in the
 * JDK's {@code WindowsException}.)
 */
public enum WindowsError {
    /** ERROR_FILE_NOT_FOUND. */
    FILE_NOT_FOUND(2, "The system cannot find the file specified."),
    /** ERROR_PATH_NOT_FOUND: a folder above it is not there, or the drive. */
    PATH_NOT_FOUND(3, "The system cannot find the path specified."),
    /** ERROR_ACCESS_DENIED: also what is said of a file that is about to vanish. */
    ACCESS_DENIED(5, "Access is denied."),
    /** ERROR_NOT_READY: a drive without a disk. */
    NOT_READY(21, "The device is not ready."),
    /** ERROR_SHARING_VIOLATION: somebody has it open and shares it with nobody. */
    SHARING_VIOLATION(32, "The process cannot access the file because it is being used by another process."),
    /** ERROR_BAD_NETPATH: nobody of that name answers. */
    BAD_NETPATH(53, "The network path was not found."),
    /** ERROR_UNEXP_NET_ERR. */
    UNEXPECTED_NETWORK_ERROR(59, "An unexpected network error occurred."),
    /** ERROR_NETNAME_DELETED: the connection to the share went away. */
    NETNAME_DELETED(64, "The specified network name is no longer available."),
    /** ERROR_NETWORK_ACCESS_DENIED. */
    NETWORK_ACCESS_DENIED(65, "Network access is denied."),
    /** ERROR_BAD_NET_NAME: the computer answers, and has no such share. */
    BAD_NET_NAME(67, "The network name cannot be found."),
    /** ERROR_REQ_NOT_ACCEP: the share has as many users as it may have. */
    TOO_MANY_CONNECTIONS(71, "No more connections can be made to this remote computer at this time."),
    /** ERROR_FILE_EXISTS. */
    FILE_EXISTS(80, "The file exists."),
    /** ERROR_DISK_FULL. */
    DISK_FULL(112, "There is not enough space on the disk."),
    /** ERROR_SEM_TIMEOUT. */
    SEM_TIMEOUT(121, "The semaphore timeout period has expired."),
    /** ERROR_DIRECTORY. */
    DIRECTORY(267, "The directory name is invalid."),
    /** ERROR_SESSION_CREDENTIAL_CONFLICT: a drive of that server is mapped with another account. */
    SESSION_CREDENTIAL_CONFLICT(
            1219, "Multiple connections to a server or shared resource by the same user are not allowed."),
    /** ERROR_NETWORK_UNREACHABLE. */
    NETWORK_UNREACHABLE(1231, "The network location cannot be reached."),
    /** ERROR_SMB_GUEST_LOGON_BLOCKED. */
    GUEST_LOGON_BLOCKED(
            1272, "You can't access this shared folder because your organization's security policies block it."),
    /** ERROR_NO_LOGON_SERVERS: no domain controller answers. */
    NO_LOGON_SERVERS(1311, "There are currently no logon servers available to service the logon request."),
    /** ERROR_LOGON_FAILURE. */
    LOGON_FAILURE(1326, "The user name or password is incorrect.");

    private final int number;
    private final String text;

    WindowsError(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** Its number. */
    public int number() {
        return number;
    }

    /** Its text in English. */
    public String text() {
        return text;
    }

    /** What Java throws for it when this file is meant. */
    public IOException exception(String file) {
        return exception(file, null);
    }

    IOException exception(String file, String other) {
        return switch (this) {
            case FILE_NOT_FOUND, PATH_NOT_FOUND -> new NoSuchFileException(file, other, null);
            case FILE_EXISTS -> new FileAlreadyExistsException(file, other, null);
            case ACCESS_DENIED -> new AccessDeniedException(file, other, null);
            case DIRECTORY -> new NotDirectoryException(file);
            default -> new FileSystemException(file, other, text);
        };
    }
}
