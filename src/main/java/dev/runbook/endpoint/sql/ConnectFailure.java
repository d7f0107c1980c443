package dev.runbook.endpoint.sql;

import com.microsoft.sqlserver.jdbc.SQLServerError;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.Failure.Outcome;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.sql.SqlErrors.ErrorChain;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSException;

/** Judges why there is no connection, on numbers and types of exceptions, and says what to do. Nothing was sent yet. */
final class ConnectFailure {
    /** The code of a server that lets itself be dialled, and does not go on from there. */
    private static final String NO_CONVERSATION = "no-conversation";

    private ConnectFailure() {}

    static Failure of(SQLException thrown, SqlTarget target) {
        ErrorChain chain = ErrorChain.of(List.of(thrown));
        if (chain.reason().isPresent()) {
            return refused(chain.reason().get(), chain, target);
        }
        List<String> said = chain.ofDriver();
        if (isCausedBy(thrown, GeneralSecurityException.class::isInstance) && !isLogin(thrown)) {
            return failure(Kind.LASTING, "certificate", distrusted(target), said);
        }
        if (isCausedBy(thrown, SSLException.class::isInstance)) {
            return failure(Kind.LASTING, "tls", noTls(target), said);
        }
        if (isLogin(thrown)) {
            return failure(Kind.ACCESS, "authentication", noTicket(target), said);
        }
        return unanswered(PortProbe.at(target), target, said);
    }

    /** Only where the network itself says no it is known that the server is not there. */
    private static Failure unanswered(PortProbe probe, SqlTarget target, List<String> said) {
        PortProbe.Reachability reachability = probe.reachability();
        return switch (reachability) {
            case NO_SUCH_NAME -> failure(Kind.TRANSIENT, "unknown-name", unknownName(probe), said);
            case OPEN ->
                failure(
                        Kind.TRANSIENT,
                        NO_CONVERSATION,
                        target.name() + " cannot be spoken to at " + probe.place() + ": " + reachability.words()
                                + ". It may be starting, overloaded or hanging, or another program has the port.",
                        said);
            case REFUSED, NO_WAY, SILENT ->
                failure(Kind.TRANSIENT, SqlServer.UNREACHABLE, silent(probe.place(), reachability, target), said);
        };
    }

    private static String unknownName(PortProbe probe) {
        return "The name of " + probe.place()
                + " is not known here, so nothing was dialled. Correct it; or, if whoever knew it is"
                + " down too, write  address: IP:PORT  beside the server in the site file.";
    }

    /** A server that let us in and was gone before it said who it is: nothing of the runbook was sent. */
    static Failure wentAway(SqlTarget target, Failure unknown) {
        List<String> said = Stream.concat(Stream.of(unknown.message()), unknown.details().stream())
                .toList();
        return failure(
                Kind.TRANSIENT,
                NO_CONVERSATION,
                target.name() + " was gone again from " + PortProbe.at(target).place() + " before it said who it is.",
                said);
    }

    private static Failure refused(SQLServerError error, ErrorChain chain, SqlTarget target) {
        Kind kind = SqlErrors.kindOf(error.getErrorNumber(), error.getErrorMessage());
        String advice = kind == Kind.ACCESS
                ? " The exact reason stands in the error log of the server. What the site file says is read once, a password too:"
                        + " pause, correct the site file or the place that it names, and resume with --vars."
                : "";
        return failure(
                kind,
                Integer.toString(error.getErrorNumber()),
                target.name() + " refused the login: " + error.getErrorMessage() + advice,
                chain.rest());
    }

    private static String distrusted(SqlTarget target) {
        if (target.trustServerCertificate()) {
            return "The certificate of " + target.name()
                    + " cannot be used, although any is accepted: it may be too weak for"
                    + " Java, or broken. Have the server use another one, or write  encrypt: false  in the site file.";
        }
        // encrypt: strict looks at every certificate, whatever stands beside it
        String trust = target.encryption() == SqlTarget.Encryption.STRICT
                ? "encrypt: true  and  trust-server-certificate: true"
                : "trust-server-certificate: true";
        return "The certificate of " + target.name()
                + " is not trusted here, or is for another name. Either have the server"
                + " use one that this computer trusts, or write  " + trust + "  (any certificate will do)"
                + " or  encrypt: false  (none is asked for) in the site file.";
    }

    private static String noTls(SqlTarget target) {
        return "No encrypted connection to " + target.name()
                + " could be agreed on. An old server may know only TLS 1.0,"
                + " which Java has switched off: update the server, or write  encrypt: false  in the site file.";
    }

    private static String noTicket(SqlTarget target) {
        if (target.login() instanceof SqlTarget.Login.Windows) {
            return "Windows authentication needs Microsoft's library mssql-jdbc_auth-<version>.x64.dll of the same version as"
                    + " the driver: put it into a folder of the PATH, or start java with -Djava.library.path=FOLDER."
                    + " Without it, write  authentication: ntlm  or  authentication: kerberos  in the site file.";
        }
        return "There is no usable Kerberos ticket for " + target.name()
                + ". Get one (kinit), check krb5.conf, or write" + "  authentication: ntlm  in the site file.";
    }

    private static String silent(String place, PortProbe.Reachability reachability, SqlTarget target) {
        String browser = target.instance().isPresent() && target.address().isEmpty()
                ? " A named instance is found through the SQL Browser service, UDP port 1434: where that is off or closed,"
                        + " write the port instead,  HOST,PORT , or  address: HOST:PORT ."
                : "";
        return target.name() + " does not answer at " + place + ": " + reachability.words()
                + ". The server may be down, TCP not" + " enabled, or a firewall closed." + browser;
    }

    private static boolean isLogin(SQLException thrown) {
        return isCausedBy(
                thrown,
                cause -> cause instanceof UnsatisfiedLinkError
                        || cause instanceof LoginException
                        || cause instanceof GSSException);
    }

    private static boolean isCausedBy(SQLException thrown, Predicate<Throwable> test) {
        return Stream.iterate((Throwable) thrown, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .anyMatch(test);
    }

    private static Failure failure(Kind kind, String code, String message, List<String> details) {
        return new Failure(Outcome.DEFINITE, kind, code, message, OptionalInt.empty(), details);
    }

    /**
     * Looks once more why a server could not be dialled: the driver says it in words alone, in the language of the computer. Opens
     * a connection at most, and sends nothing.
     */
    static final class PortProbe {
        private static final int USUAL_PORT = 1433;
        private static final int PATIENCE_MILLIS = 5000;

        private final String host;
        private final OptionalInt port;

        private PortProbe(String host, OptionalInt port) {
            this.host = host;
            this.port = port;
        }

        /** What is there. */
        enum Reachability {
            /** Nobody here knows the name. */
            NO_SUCH_NAME("the name is not known here"),
            /** The computer is there, and says that nobody listens. */
            REFUSED("the port is refused"),
            /** There is no way there. */
            NO_WAY("there is no way to it"),
            /** Nobody says anything; or the port of an instance is not told. */
            SILENT("no answer"),
            /** Somebody listens, but did not say what a SQL Server says. */
            OPEN("somebody listens, but does not answer as a SQL Server");

            private final String words;

            Reachability(String words) {
                this.words = words;
            }

            /** For people. */
            String words() {
                return words;
            }
        }

        /** At the place where a target is dialled. */
        static PortProbe at(SqlTarget target) {
            if (target.address().isPresent()) {
                String address = target.address().get();
                int colon = address.lastIndexOf(':');
                return new PortProbe(
                        address.substring(0, colon), OptionalInt.of(Integer.parseInt(address.substring(colon + 1))));
            }
            boolean asked = target.port().isEmpty() && target.instance().isPresent();
            return new PortProbe(
                    target.host(),
                    asked ? OptionalInt.empty() : OptionalInt.of(target.port().orElse(USUAL_PORT)));
        }

        /** Where that is. */
        String place() {
            return port.isPresent() ? host + ":" + port.getAsInt() : host;
        }

        /** What is there now. */
        Reachability reachability() {
            try {
                InetAddress address = InetAddress.getByName(host);
                return port.isPresent()
                        ? reachability(new InetSocketAddress(address, port.getAsInt()))
                        : Reachability.SILENT;
            } catch (UnknownHostException e) {
                return Reachability.NO_SUCH_NAME;
            }
        }

        private static Reachability reachability(InetSocketAddress address) {
            try (Socket socket = new Socket()) {
                socket.connect(address, PATIENCE_MILLIS);
                return Reachability.OPEN;
            } catch (NoRouteToHostException e) {
                return Reachability.NO_WAY;
            } catch (ConnectException e) {
                return Reachability.REFUSED;
            } catch (IOException e) {
                return Reachability.SILENT;
            }
        }
    }
}
