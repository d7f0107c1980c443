package dev.runbook.endpoint.powershell;

import dev.runbook.base.Value;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.RemoteShell;
import dev.runbook.endpoint.RemoteShell.Place;
import dev.runbook.endpoint.ShellTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Starts a host and opens its modules, here or on another computer. All failures are definite, for nothing was asked yet.
 *
 * @param target what is started
 * @param launcher starts it
 * @param random draws the nonces
 * @param patience how long the parts of a start and the answer to a stop may take
 */
record HostStart(ShellTarget target, ShellLauncher launcher, RandomGenerator random, Patience patience) {
    /** How long a host may take: to say that it listens, to load its modules, to say that it stopped a call. */
    record Patience(Duration ready, Duration modules, Duration stop) {
        /** A module of the size of SkypeForBusiness takes a minute to load on a slow machine. */
        static final Patience USUAL = new Patience(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofSeconds(5));
    }

    /** A host that waits for calls, or why there is none. */
    sealed interface Opened {
        /** It waits. */
        record Open(HostSession session) implements Opened {}

        /** There is none. */
        record Closed(Failure failure) implements Opened {}
    }

    /** Starts one, unless somebody wants to stop meanwhile. */
    Opened start(Limits limits) {
        Bootstrap bootstrap = Bootstrap.draw(random);
        ShellLink link;
        try {
            link = launcher.launch(target.program(), bootstrap.arguments());
        } catch (IOException e) {
            return new Opened.Closed(HostFailure.noProgram(target, e.getMessage()));
        }
        HostSession session = new HostSession(link, bootstrap.nonce(), patience.stop());
        Optional<Failure> failure = open(session, bootstrap, limits);
        if (failure.isPresent()) {
            session.close();
            return new Opened.Closed(failure.get());
        }
        return new Opened.Open(session);
    }

    private Optional<Failure> open(HostSession session, Bootstrap bootstrap, Limits limits) {
        HostSession.HostLine greeting = session.greet(bootstrap.script(), bounded(limits, patience.ready()));
        if (!(greeting instanceof HostSession.HostLine.Ready)) {
            return Optional.of(HostFailure.notReady(target, greeting, session.lastWords()));
        }
        HostSession.HostLine end = session.call(opening(), bounded(limits, patience.modules()));
        if (!(end instanceof HostSession.HostLine.Answered answer)) {
            return Optional.of(unanswered(end, session.lastWords()));
        }
        return answer.body().path("ok").asBoolean(false)
                ? Optional.empty()
                : Optional.of(HostFailure.notOpened(target, answer.body()));
    }

    private Failure unanswered(HostSession.HostLine end, List<String> lastWords) {
        boolean late =
                end instanceof HostSession.HostLine.Stop stop && stop.reason() == HostSession.HostLine.Reason.TIMEOUT;
        return late && target.remote().isPresent()
                ? HostFailure.RemoteFailure.late(target.remote().get(), lastWords)
                : HostFailure.notReady(target, end, lastWords);
    }

    private ObjectNode opening() {
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        target.modules().forEach(names::add);
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("op", "open").set("modules", names);
        target.remote().ifPresent(remote -> request.set("remote", RemoteRequest.of(remote)));
        return request;
    }

    private static Limits bounded(Limits limits, Duration most) {
        return new Limits(Optional.of(most), limits.cancellation(), limits.progress());
    }

    /**
     * How a host is started: the arguments of the program, and the host script that follows as the first line on its standard
     * input. So there is no script file and no data in the argument list. The execution policy is for the modules, whose
     * script files it applies to.
     *
     * @param nonce random digits that every line of the host begins with; any other line is somebody else's output
     */
    record Bootstrap(String nonce) {
        private static final String HOST = "host.ps1";

        // It must not mention the automatic variable for piped input: PowerShell would then read standard input itself.
        private static final String READ_AND_RUN =
                // where the language is constrained none of the rest would run, and the loop would never end
                "$m=$ExecutionContext.SessionState.LanguageMode;"
                        + "if($m -ne 'FullLanguage'){'%1$s {\"refused\":\"'+$m+'\"}';exit};"
                        + "$t=[Console]::OpenStandardInput();$b=New-Object System.Collections.ArrayList;"
                        + "while(($c=$t.ReadByte()) -ne 10){[void]$b.Add([byte]$c)};"
                        + "& ([scriptblock]::Create([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String("
                        + "[Text.Encoding]::ASCII.GetString($b.ToArray()))))) '%1$s'";

        /** One for a new process. */
        static Bootstrap draw(RandomGenerator random) {
            byte[] digits = new byte[16];
            random.nextBytes(digits);
            return new Bootstrap(HexFormat.of().formatHex(digits));
        }

        /** What the program is started with. */
        List<String> arguments() {
            byte[] command = String.format(READ_AND_RUN, nonce).getBytes(StandardCharsets.UTF_16LE);
            return List.of(
                    "-NoLogo",
                    "-NoProfile",
                    "-NonInteractive",
                    "-ExecutionPolicy",
                    "RemoteSigned",
                    "-OutputFormat",
                    "Text",
                    "-EncodedCommand",
                    Base64.getEncoder().encodeToString(command));
        }

        /** The host script as one line. */
        String script() {
            try (InputStream host = Bootstrap.class.getResourceAsStream(HOST)) {
                return Base64.getEncoder().encodeToString(host.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What the host is told about another computer. The password goes over standard input, as a secret of the wire. */
    static final class RemoteRequest {
        private RemoteRequest() {}

        /** {@code session} holds parameters of {@code New-PSSession} by name; the host adds what only it can make. */
        static ObjectNode of(RemoteShell remote) {
            Map<String, Value> session = new LinkedHashMap<>();
            String where = remote.place() instanceof Place.Computer ? "ComputerName" : "ConnectionUri";
            session.put(where, Value.of(remote.place().text()));
            remote.authentication()
                    .ifPresent(scheme -> session.put(
                            "Authentication",
                            Value.of(mechanism(scheme, remote.login().isPresent()))));
            remote.configuration().ifPresent(name -> session.put("ConfigurationName", Value.of(name)));
            Map<String, Value> request = new LinkedHashMap<>();
            request.put("session", new Value.Fields(session));
            remote.login().ifPresent(login -> {
                request.put("user", Value.of(login.user()));
                request.put("password", login.password());
            });
            request.put("trust", Value.of(remote.trustServerCertificate()));
            return WireValue.encode(request);
        }

        /** As PowerShell calls it. */
        private static String mechanism(RemoteShell.Authentication scheme, boolean login) {
            return switch (scheme) {
                case KERBEROS -> "Kerberos";
                case NEGOTIATE -> login ? "Negotiate" : "NegotiateWithImplicitCredential";
                case CREDSSP -> "Credssp";
                case BASIC -> "Basic";
            };
        }
    }
}
