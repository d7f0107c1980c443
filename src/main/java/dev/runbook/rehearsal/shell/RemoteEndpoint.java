package dev.runbook.rehearsal.shell;

import dev.runbook.base.Value;
import dev.runbook.rehearsal.shell.CmdletError.ErrorRecord;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Another computer that a host can open a session on.
 *
 * @param place its name, or the address of an endpoint that has its cmdlets ready
 * @param ready whether it is such an endpoint, which loads no modules
 * @param user who may log in
 * @param password of that user
 */
public record RemoteEndpoint(String place, boolean ready, String user, String password) {
    private static final String TRANSPORT = "System.Management.Automation.Remoting.PSRemotingTransportException";

    /** Whether a request, as the host reads it, is for this one. */
    boolean isMeant(Map<String, Value> remote) {
        return place.equalsIgnoreCase(place(remote));
    }

    /**
     * Lets somebody in.
     *
     * @throws CmdletError unless the request has the right user and password
     */
    void admit(Map<String, Value> remote) {
        boolean known = remote.getOrDefault("user", Value.NOTHING).text().equalsIgnoreCase(user);
        boolean right = remote.get("password") instanceof Value.Secret given
                && given.reveal().equals(password);
        if (!known || !right) {
            throw refused(place, "AccessDenied", "Access is denied.");
        }
    }

    /** What New-PSSession says where nobody is. */
    static CmdletError missing(Map<String, Value> remote) {
        return refused(
                place(remote),
                "NetworkPathNotFound",
                "The WinRM client cannot process the request because the server name cannot be resolved.");
    }

    /** What a session without a language of its own says to a cmdlet that it does not offer. */
    static CmdletError unknown(String cmdlet) {
        return new CmdletError(new ErrorRecord(
                "The term '" + cmdlet
                        + "' is not recognized as the name of a cmdlet, function, script file, or operable"
                        + " program. Check the spelling of the name, or if a path was included, verify that the path is"
                        + " correct and try again.",
                "System.Management.Automation.RemoteException",
                "CommandNotFoundException",
                "ObjectNotFound",
                cmdlet));
    }

    /** What Import-Module says on a computer that has no such module. */
    static CmdletError withoutModule(String module) {
        return new CmdletError(new ErrorRecord(
                "The specified module '" + module
                        + "' was not loaded because no valid module file was found in any module directory.",
                "System.Management.Automation.RemoteException",
                "Modules_ModuleNotFound,Microsoft.PowerShell.Commands.ImportModuleCommand",
                "ResourceUnavailable",
                module));
    }

    private static CmdletError refused(String place, String id, String reason) {
        return new CmdletError(new ErrorRecord(
                "[" + place + "] Connecting to remote server " + place + " failed with the following error message : "
                        + reason + " For more information, see the about_Remote_Troubleshooting Help topic.",
                TRANSPORT,
                id + ",PSSessionOpenFailed",
                "OpenError",
                "System.Management.Automation.RemoteRunspace"));
    }

    private static String place(Map<String, Value> remote) {
        Map<String, Value> session = remote.get("session") instanceof Value.Fields fields ? fields.values() : Map.of();
        return Stream.of("ComputerName", "ConnectionUri")
                .filter(session::containsKey)
                .map(key -> session.get(key).text())
                .findFirst()
                .orElse("");
    }
}
