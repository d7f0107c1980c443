package dev.runbook.endpoint.powershell;

import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.RemoteShell;
import dev.runbook.endpoint.ShellTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Says what went wrong with a shell or in it. Decides on ids and categories alone, for texts are translated. */
final class HostFailure {
    private static final String NOT_STARTED = "shell-not-started";
    private static final String MODULE_MISSING = "ErrorLoadingModulesOnRunspaceOpen";
    private static final String OF_A_PROGRAM = "NativeCommandError";
    /** Before version 7.2 the standard error of a program ends the cmdlet that runs it. */
    private static final String ENDED_BY_A_PROGRAM =
            "A program that the cmdlet runs wrote to standard error, at which this version of PowerShell ended the cmdlet. A part"
                    + " of its work may be done.";

    private static final String NO_COMMAND = "CommandNotFoundException";
    private static final String ASKED_THERE = "InvalidOperation";
    private static final String FROM_THERE = "System.Management.Automation.RemoteException";
    private static final String NOBODY_THERE =
            "The cmdlet asked for something, and on the other computer nobody can be asked: perhaps a parameter is missing that has"
                    + " to be there, or the cmdlet wants to be sure (Force).";
    private static final Set<String> REFUSALS = Set.of(
            "Ambiguous",
            "CannotConvertArgument",
            "MissingArgument",
            "MissingMandatoryParameter",
            "NamedParameterNotFound",
            "ParameterAlreadyBound",
            "ParameterArgument");
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
    static Failure notReady(ShellTarget target, HostSession.HostLine end, List<String> lastWords) {
        String program = "'" + target.program() + "'";
        if (end instanceof HostSession.HostLine.Stop stop && stop.reason() == HostSession.HostLine.Reason.CANCELLED) {
            return Failure.definite(
                    Failure.Kind.CANCELLED, "cancelled", program + " was stopped while it started. Nothing was asked.");
        }
        if (end instanceof HostSession.HostLine.Refused mode) {
            return Failure.definite(
                    Failure.Kind.LASTING,
                    NOT_STARTED,
                    program + " runs in the language mode " + mode.languageMode()
                            + " on this computer (AppLocker or Device Guard), which does not let the host script in: ask its"
                            + " administrator to allow it, or use another computer.");
        }
        boolean refused = lastWords.stream().anyMatch(HostFailure::namesLanguageMode);
        String what = end instanceof HostSession.HostLine.Stop
                ? program + " started, but did not become ready in time."
                : program + " started, but ended before it was ready.";
        String why = refused
                ? " This computer runs PowerShell in constrained language mode, which refuses the host script:"
                : " If this computer forbids encoded commands, or its antivirus ended PowerShell for them:";
        Failure.Kind kind =
                end instanceof HostSession.HostLine.Stop && !refused ? Failure.Kind.TRANSIENT : Failure.Kind.LASTING;
        return with(
                Failure.definite(
                        kind, NOT_STARTED, what + why + " ask its administrator to allow it, or use another one."),
                lastWords);
    }

    /** The modules cannot be opened. */
    static Failure notOpened(ShellTarget target, JsonNode answer) {
        Failure raised = raised("", answer);
        Failure said = with(Failure.definite(raised.kind(), raised.code(), raised.message()), raised.details());
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
    static Failure stopped(String cmdlet, HostSession.HostLine.Reason reason) {
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

    /**
     * What the cmdlet raised. The first error decides; the rest are details. Only where PowerShell itself refused the call it is
     * known that nothing happened: from within, a cmdlet may have done a part of its work.
     */
    static Failure raised(String cmdlet, JsonNode answer) {
        List<JsonNode> errors = answer.path("errors").valueStream().toList();
        if (errors.isEmpty()) {
            return Failure.unknown(
                    Failure.Kind.LASTING,
                    "error-without-name",
                    "The management shell reports a failure without a reason.");
        }
        JsonNode first = errors.get(0);
        String id = WireValue.textOf(first.path("id"));
        String message = WireValue.textOf(first.path("message"));
        boolean ofProgram = id.startsWith(OF_A_PROGRAM);
        List<String> details = new ArrayList<>(ofProgram ? List.of(message) : List.of());
        if (id.equals(ASKED_THERE) && WireValue.textOf(first.path("type")).equals(FROM_THERE)) {
            details.add(NOBODY_THERE);
        }
        errors.stream()
                .skip(1)
                .map(error -> WireValue.textOf(error.path("message")))
                .forEach(details::add);
        return new Failure(
                isRefused(cmdlet, id, WireValue.textOf(first.path("target")))
                        ? Failure.Outcome.DEFINITE
                        : Failure.Outcome.PARTLY,
                kind(WireValue.textOf(first.path("category"))),
                id,
                ofProgram ? ENDED_BY_A_PROGRAM : message,
                OptionalInt.empty(),
                details,
                errors.stream().map(error -> WireValue.textOf(error.path("id"))).toList());
    }

    /** Whether the error is one of those that end a call before the cmdlet runs. One that it calls itself may be refused too. */
    private static boolean isRefused(String cmdlet, String id, String target) {
        int comma = id.indexOf(',');
        return id.equals(NO_COMMAND) && target.isEmpty() // the host names no target, PowerShell the command
                || comma > 0
                        && REFUSALS.stream().anyMatch(id::startsWith)
                        && id.substring(comma + 1).equalsIgnoreCase(cmdlet);
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

    /**
     * Says what went wrong with a session on another computer. Decides on ids and types alone, for texts are translated.
     */
    static final class RemoteFailure {
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
}
