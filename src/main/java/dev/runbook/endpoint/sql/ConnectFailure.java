package dev.runbook.endpoint.sql;

import com.microsoft.sqlserver.jdbc.SQLServerError;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.Failure.Outcome;
import dev.runbook.endpoint.Reachability;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.sql.SqlErrors.ErrorChain;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
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

    private static final int USUAL_PORT = 1433;

    private static final int PATIENCE_MILLIS = 5000;

    /** A server's first answer, where it says that it has no encryption at all. */
    private static final int NO_ENCRYPTION = 2;

    /** The greeting of a client that can encrypt: its version (none), and its wish for encryption. */
    private static final byte[] GREETING = {
        0x12, 0x01, 0, 26, 0, 0, 1, 0, 0, 0, 11, 0, 6, 1, 0, 17, 0, 1, (byte) 0xFF, 0, 0, 0, 0, 0, 0, 1
    };

    private static final int HEADER = 8;
    private static final int ANSWER = 4;
    private static final int ENCRYPTION = 1;
    private static final int END = 0xFF;
    private static final int OPTION = 5;

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
        return unanswered(target, said);
    }

    /** Only where the network itself says no it is known that the server is not there: {@link Reachability} decides. */
    private static Failure unanswered(SqlTarget target, List<String> said) {
        Reachability found = Reachability.ofServer(target);
        List<String> details = found.said().isEmpty()
                ? said
                : Stream.concat(Stream.of(found.said()), said.stream()).toList();
        return switch (found.finding()) {
            case NO_SUCH_NAME -> failure(Kind.TRANSIENT, "unknown-name", unknownName(found), details);
            case NO_PORT -> failure(Kind.TRANSIENT, "no-browser", noPort(target), details);
            case NOT_DIALLED ->
                failure(
                        Kind.TRANSIENT,
                        "not-dialled",
                        target.name() + " was not dialled at " + found.place()
                                + ": this computer cannot. See whether its own network works.",
                        details);
            case OPEN -> unspoken(target, found, details);
            case REFUSED, NO_WAY, SILENT ->
                failure(Kind.TRANSIENT, SqlServer.UNREACHABLE, silent(target, found), details);
        };
    }

    private static String place(SqlTarget target) {
        return target.address()
                .orElseGet(() -> target.port().isPresent() || target.instance().isEmpty()
                        ? target.host() + ":" + target.port().orElse(USUAL_PORT)
                        : target.host());
    }

    /** Somebody listens; whether it is a server that only cannot agree on encryption, its first answer tells. */
    private static Failure unspoken(SqlTarget target, Reachability found, List<String> said) {
        OptionalInt offered = offeredEncryption(found.place());
        if (offered.isPresent() && target.encryption() == SqlTarget.Encryption.STRICT) {
            return failure(
                    Kind.LASTING,
                    "tls",
                    target.name()
                            + " does not begin with TLS, which  encrypt: strict  asks for (TDS 8). SQL Server knows it"
                            + " from 2022 on.",
                    said);
        }
        if (offered.isPresent() && offered.getAsInt() == NO_ENCRYPTION) {
            return failure(
                    Kind.LASTING,
                    "no-encryption",
                    target.name() + " offers no encryption at " + found.place() + ", so nobody logged in: "
                            + (ConnectionSettings.hasPassword(target.login())
                                    ? "a password is not sent in clear text"
                                    : "the site asks for it")
                            + ". No SQL Server of today does that; somebody else may be there in its place. Look who it is.",
                    said);
        }
        return failure(Kind.TRANSIENT, NO_CONVERSATION, noConversation(target, found), said);
    }

    /** What a SQL Server says of encryption in its first answer, which is never encrypted; empty from anybody else. */
    private static OptionalInt offeredEncryption(String place) {
        int colon = place.lastIndexOf(':');
        if (colon < 0 || !place.substring(colon + 1).matches("\\d{1,5}")) {
            return OptionalInt.empty();
        }
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(place.substring(0, colon), Integer.parseInt(place.substring(colon + 1))),
                    PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(GREETING);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int type = in.readUnsignedByte();
            in.readUnsignedByte();
            int length = in.readUnsignedShort() - HEADER;
            in.readInt();
            return type == ANSWER && length > 0 ? encryption(in.readNBytes(length)) : OptionalInt.empty();
        } catch (IOException | IllegalArgumentException e) {
            return OptionalInt.empty();
        }
    }

    private static OptionalInt encryption(byte[] options) {
        for (int at = 0; at + OPTION <= options.length && (options[at] & END) != END; at += OPTION) {
            int offset = (options[at + 1] & END) << 8 | options[at + 2] & END;
            if (options[at] == ENCRYPTION && offset < options.length) {
                return OptionalInt.of(options[offset]);
            }
        }
        return OptionalInt.empty();
    }

    private static String unknownName(Reachability found) {
        return "The name of " + found.place()
                + " is not known here, so nothing was dialled. Correct it; or, if whoever knew it is"
                + " down too, write  address: IP:PORT  beside the server in the site file.";
    }

    private static String noPort(SqlTarget target) {
        return "Nobody told the port of " + target.name()
                + ", so nothing was dialled, and nobody knows whether it is there. A named instance is found through the SQL"
                + " Server Browser, UDP port 1434: where that is off, closed or lost with the server, write the port instead, "
                + " HOST,PORT , or  address: HOST:PORT  beside the server in the site file.";
    }

    private static String noConversation(SqlTarget target, Reachability found) {
        return target.name() + " cannot be spoken to at " + found.place()
                + ": somebody listens, but does not answer as a SQL Server, or hung up while logging in. It may be starting,"
                + " overloaded or hanging, or another program has the port. Where you log in with an account of Windows, see also"
                + " whether a domain controller answers, whether the service principal name (SPN) of the server is right, and"
                + " whether the clocks agree.";
    }

    /** A server that let us in and was gone before it said who it is: nothing of the runbook was sent. */
    static Failure wentAway(SqlTarget target, Failure unknown) {
        List<String> said = Stream.concat(Stream.of(unknown.message()), unknown.details().stream())
                .toList();
        return failure(
                Kind.TRANSIENT,
                NO_CONVERSATION,
                target.name() + " was gone again from " + place(target) + " before it said who it is.",
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
                    + " Java, or broken. Have the server use another one.";
        }
        return "The certificate of " + target.name()
                + " is not trusted here, or is for another name; somebody else may answer in its place. Have the server use one"
                + " that this computer trusts, or put the authority that signed it into the trust store of Java"
                + " (docs/windows.md).";
    }

    private static String noTls(SqlTarget target) {
        return "No encrypted connection to " + target.name()
                + " could be agreed on. An old server may know only TLS 1.0,"
                + " which Java has switched off: install its updates for TLS 1.2.";
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

    private static String silent(SqlTarget target, Reachability found) {
        return target.name() + " does not answer at " + found.place() + ": "
                + found.finding().words() + ". The server may be down, TCP not enabled, or a firewall closed.";
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
}
