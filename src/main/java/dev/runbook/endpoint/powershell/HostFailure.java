package dev.runbook.endpoint.powershell;

import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.ShellTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Says what went wrong with a shell or in it. Decides on ids and categories alone, for texts are translated. */
final class HostFailure {
    private static final String NOT_STARTED = "shell-not-started";
    private static final String MODULE_MISSING = "ErrorLoadingModulesOnRunspaceOpen";
    private static final Set<String> ACCESS = Set.of("PermissionDenied", "AuthenticationError", "SecurityError");
    private static final Set<String> TRANSIENT =
            Set.of("ConnectionError", "ResourceBusy", "OperationTimeout", "ResourceUnavailable");

    private HostFailure() {}

    /** The program is not there, or may not be run. */
    static Failure noProgram(ShellTarget target, String reason) {
        return Failure.definite(
                Failure.Kind.LASTING,
                NOT_STARTED,
                "Cannot start the program '" + target.program() + "' of the management shell (" + reason
                        + "). Run this on a computer that has PowerShell and the management tools ("
                        + String.join(", ", target.modules())
                        + "), or write the right 'program:' under the shell in the site file.");
    }

    /** The program runs, but our host in it does not answer. */
    static Failure notReady(ShellTarget target, HostLine end, List<String> lastWords) {
        String program = "'" + target.program() + "'";
        if (end instanceof HostLine.Stop stop && stop.reason() == HostLine.Reason.CANCELLED) {
            return Failure.definite(
                    Failure.Kind.CANCELLED, "cancelled", program + " was stopped while it started. Nothing was asked.");
        }
        boolean refused = lastWords.stream().anyMatch(HostFailure::namesLanguageMode);
        String what = end instanceof HostLine.Stop
                ? program + " started, but did not become ready in time."
                : program + " started, but ended before it was ready.";
        String why = refused
                ? " This computer runs PowerShell in constrained language mode, which refuses the host script:"
                : " If this computer forbids encoded commands, or runs PowerShell in constrained language mode:";
        Failure.Kind kind = end instanceof HostLine.Stop && !refused ? Failure.Kind.TRANSIENT : Failure.Kind.LASTING;
        return with(
                Failure.definite(
                        kind, NOT_STARTED, what + why + " ask its administrator to allow it, or use another one."),
                lastWords);
    }

    /** The modules cannot be opened. */
    static Failure notOpened(ShellTarget target, JsonNode answer) {
        Failure said = raised(answer);
        if (target.remote().isPresent()) {
            return RemoteFailure.notOpened(target, target.remote().get(), said);
        }
        return said.code().startsWith(MODULE_MISSING)
                ? with(
                        Failure.definite(
                                said.kind(),
                                said.code(),
                                "The management shell cannot load " + String.join(", ", target.modules())
                                        + ". Run this on a computer that has the management tools installed,"
                                        + " or write the right 'modules:' under the shell in the site file."),
                        List.of(said.message()))
                : said;
    }

    /** The shell ended, by itself or by somebody else's hand, while a cmdlet ran. */
    static Failure died(String cmdlet, List<String> lastWords) {
        return with(
                Failure.unknown(
                        Failure.Kind.TRANSIENT,
                        "shell-died",
                        "The management shell ended while " + cmdlet
                                + " ran. Whether the cmdlet did its work is not known."),
                lastWords);
    }

    /** The cmdlet was cut off. */
    static Failure stopped(String cmdlet, HostLine.Reason reason) {
        return switch (reason) {
            case TIMEOUT ->
                Failure.unknown(
                        Failure.Kind.CANCELLED,
                        "timeout",
                        cmdlet + " did not end in time and was stopped. Whether it did its work is not known.");
            case CANCELLED ->
                Failure.unknown(
                        Failure.Kind.CANCELLED,
                        "cancelled",
                        cmdlet + " was stopped on request. Whether it did its work is not known.");
        };
    }

    /** The cmdlet ended, but what it says cannot be taken. */
    static Failure unreadable(String cmdlet, boolean tooLong) {
        return tooLong
                ? tooMuch(cmdlet, "more than " + StreamLink.LONGEST_LINE / (1024 * 1024) + " MB")
                : Failure.unknown(
                        Failure.Kind.LASTING,
                        "answer-unreadable",
                        cmdlet + " ended, but its answer cannot be read: another program wrote into the middle of it.");
    }

    /** The cmdlet ended, but answers more than anybody wants to keep. */
    static Failure tooMuch(String cmdlet, String amount) {
        return Failure.unknown(
                Failure.Kind.LASTING,
                "answer-too-large",
                cmdlet + " ended, but answers " + amount + ". Ask for less: name one object with its parameters.");
    }

    /** What the cmdlet raised. The first error decides; the rest are details. */
    static Failure raised(JsonNode answer) {
        List<JsonNode> errors = answer.path("errors").valueStream().toList();
        if (errors.isEmpty()) {
            return Failure.unknown(
                    Failure.Kind.LASTING,
                    "error-without-name",
                    "The management shell reports a failure without a reason.");
        }
        JsonNode first = errors.get(0);
        Failure failure = Failure.definite(
                kind(WireValue.textOf(first.path("category"))),
                WireValue.textOf(first.path("id")),
                WireValue.textOf(first.path("message")));
        return with(
                failure,
                errors.stream()
                        .skip(1)
                        .map(error -> WireValue.textOf(error.path("message")))
                        .toList());
    }

    private static Failure.Kind kind(String category) {
        if (ACCESS.contains(category)) {
            return Failure.Kind.ACCESS;
        }
        return TRANSIENT.contains(category) ? Failure.Kind.TRANSIENT : Failure.Kind.LASTING;
    }

    // ids such as CannotCreateTypeConstrainedLanguage, which Windows PowerShell prints below the translated text
    private static boolean namesLanguageMode(String line) {
        return line.contains("ConstrainedLanguage");
    }

    private static Failure with(Failure failure, List<String> more) {
        List<String> details = new ArrayList<>(failure.details());
        details.addAll(more);
        return new Failure(
                failure.outcome(), failure.kind(), failure.code(), failure.message(), OptionalInt.empty(), details);
    }
}
