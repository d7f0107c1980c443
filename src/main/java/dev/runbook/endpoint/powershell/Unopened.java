package dev.runbook.endpoint.powershell;

import dev.runbook.endpoint.Failure.Kind;
import java.util.Arrays;
import java.util.Set;

/**
 * Why a session on another computer could not be opened. The ids are those of PowerShell's own table of transport errors
 * ({@code WSManTransportManagerUtils}): what stands before {@code ,PSSessionOpenFailed}; a number where it has no name.
 */
enum Unopened {
    /** The user or the password. */
    LOGIN(
            Kind.ACCESS,
            Set.of("AccessDenied", "AuthenticationFailed", "LogonFailure", "ExplicitCredentialsRequired"),
            "{place} refuses the login of {user}. Look at 'user:' and 'password:' under 'remote:' in the site file, and at"
                    + " whether that account may use this endpoint. It is not tried again by itself, or the account may be"
                    + " locked."),
    /** The way to log in. */
    METHOD(
            Kind.LASTING,
            Set.of(
                    "InvalidAuthentication",
                    "ClientKerberosDisabled",
                    "ServerNotTrusted",
                    "WorkgroupCannotUseKerberos",
                    "CannotUseIPAddress",
                    "TargetUnknown"),
            "This computer and {place} find no common way to log in. Write the full name of the computer, not its number;"
                    + " outside its domain use https, or put it on the list of trusted hosts here; or write another"
                    + " 'authentication:' under 'remote:' in the site file."),
    /** Nobody answers. */
    SILENCE(
            Kind.TRANSIENT,
            Set.of(
                    "NetworkPathNotFound",
                    "ComputerNotFound",
                    "CannotConnect",
                    "CannotConnectWinRMService",
                    "WinRMOperationTimeout",
                    "WinRMOperationAborted",
                    "ShutDownInProgress",
                    "ServerOutOfMemory"),
            "{place} does not answer. Is it running, is remote management (WinRM) switched on there, and does the firewall"
                    + " let this computer through? Another computer that has the management tools will do as well: write it"
                    + " under 'remote:' in the site file."),
    /** The certificate, or the list of those that were called back. */
    CERTIFICATE(
            Kind.LASTING,
            Set.of("12175"),
            "The certificate of {place} is not accepted here, or nobody can be asked whether it is still good. If you are"
                    + " sure that it is the right computer, write 'trust-server-certificate: true' under 'remote:' in the"
                    + " site file."),
    /** There is no such endpoint. */
    ENDPOINT(
            Kind.LASTING,
            Set.of(
                    "URLNotAvailable",
                    "InvalidResourceUri",
                    "RemoteSessionDisallowed",
                    "RemoteConnectionDisallowed",
                    "RedirectInformationRequired",
                    "WinRMOperationNotSupportedOnServer",
                    "WinRMHttpError"),
            "{place} answers, but has no such endpoint, or lets nobody in there. Look at 'connection-uri:' and"
                    + " 'configuration:' under 'remote:' in the site file."),
    /** Anything else. */
    OTHER(Kind.LASTING, Set.of(), "The management shell on {place} cannot be opened.");

    private final Kind kind;
    private final Set<String> ids;
    private final String advice;

    Unopened(Kind kind, Set<String> ids, String advice) {
        this.kind = kind;
        this.ids = ids;
        this.advice = advice;
    }

    /** What an id means. */
    static Unopened of(String id) {
        return Arrays.stream(values())
                .filter(one -> one.ids.contains(id))
                .findFirst()
                .orElse(OTHER);
    }

    /** What sort of trouble. */
    Kind kind() {
        return kind;
    }

    /** What is wrong and what to do about it. */
    String advice(String place, String user) {
        return advice.replace("{place}", place).replace("{user}", user);
    }
}
