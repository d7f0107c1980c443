package dev.runbook.endpoint.powershell;

import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.RemoteShell;
import dev.runbook.endpoint.ShellTarget;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Says what went wrong with a session on another computer. Decides on ids and types alone, for texts are translated.
 */
final class RemoteFailure {
    private static final String OPENING = ",PSSessionOpenFailed";
    private static final String NO_COMMAND = "CommandNotFoundException";
    private static final Set<String> TRANSPORT = Set.of(
            "System.Management.Automation.Remoting.PSRemotingTransportException",
            "System.Management.Automation.Remoting.PSRemotingTransportRedirectException",
            "System.Management.Automation.Remoting.PSRemotingDataStructureException");
    private static final String BROKEN = "PSSessionStateBroken";

    private RemoteFailure() {}

    /** The session, or the modules in it, cannot be opened. Nothing was asked there yet. */
    static Failure notOpened(ShellTarget target, RemoteShell remote, Failure said) {
        String place = remote.place().text();
        int end = said.code().indexOf(OPENING);
        if (end >= 0) {
            return session(said, said.code().substring(0, end), remote);
        }
        String modules = String.join(", ", target.modules());
        if (modules.isEmpty()) {
            return as(said.kind(), said, "The management shell on " + place + " cannot be opened.");
        }
        String why = said.code().startsWith(NO_COMMAND)
                ? place
                        + " lets nobody load modules: its cmdlets are ready. Delete 'modules:' under the shell in the site"
                        + " file."
                : "The management shell on " + place + " cannot load " + modules
                        + ". Name a computer that has the management tools, or write the right 'modules:' under the shell"
                        + " in the site file.";
        return as(Failure.Kind.LASTING, said, why);
    }

    /** The time for opening it is over. */
    static Failure late(RemoteShell remote, List<String> lastWords) {
        String place = remote.place().text();
        return new Failure(
                Failure.Outcome.DEFINITE,
                Failure.Kind.TRANSIENT,
                "remote-not-opened",
                "The management shell on " + place + " was not opened in time. Nothing was asked. Is " + place
                        + " running, and does this computer reach it?",
                OptionalInt.empty(),
                lastWords);
    }

    /** Whether an answer says that the session broke off before the cmdlet was sent. */
    static boolean isUnasked(JsonNode answer) {
        return isLost(answer) && !answer.path("asked").asBoolean(true);
    }

    /** Whether the session is gone. */
    static boolean isLost(JsonNode answer) {
        return answer.path("lost").asBoolean(false);
    }

    /** Whether nobody knows what became of a cmdlet: its session, or one that it used itself, broke off under it. */
    static boolean isCutOff(JsonNode answer) {
        JsonNode first = answer.path("errors").path(0);
        return isLost(answer)
                || TRANSPORT.contains(WireValue.textOf(first.path("type")))
                || WireValue.textOf(first.path("id")).startsWith(BROKEN);
    }

    /** What a broken session leaves. */
    static Failure cutOff(String cmdlet, JsonNode answer) {
        return new Failure(
                Failure.Outcome.UNKNOWN,
                Failure.Kind.TRANSIENT,
                "session-lost",
                "The session on the other computer broke off while " + cmdlet
                        + " ran. Whether the cmdlet did its work, or still does, is not known.",
                OptionalInt.empty(),
                messages(answer));
    }

    /** The session was gone before the cmdlet was sent, and so was the next one. */
    static Failure unasked(String cmdlet, JsonNode answer) {
        return new Failure(
                Failure.Outcome.DEFINITE,
                Failure.Kind.TRANSIENT,
                "session-lost",
                "The session on the other computer breaks off again and again. " + cmdlet + " was not sent.",
                OptionalInt.empty(),
                messages(answer));
    }

    private static Failure session(Failure said, String id, RemoteShell remote) {
        Unopened why = Unopened.of(id);
        String user = remote.login().map(RemoteShell.Login::user).orElse("the account that runs this program");
        return as(why.kind(), said, why.advice(remote.place().text(), user));
    }

    private static Failure as(Failure.Kind kind, Failure said, String message) {
        return new Failure(
                Failure.Outcome.DEFINITE, kind, said.code(), message, OptionalInt.empty(), List.of(said.message()));
    }

    private static List<String> messages(JsonNode answer) {
        return answer.path("errors")
                .valueStream()
                .map(error -> WireValue.textOf(error.path("message")))
                .toList();
    }
}
