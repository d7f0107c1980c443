package dev.runbook.endpoint;

import dev.runbook.base.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A SQL Server and how to log in there.
 *
 * @param host as the site names it
 * @param instance of a named instance
 * @param port where the site names one instead of an instance
 * @param login how to log in
 * @param encryption how the wire is protected
 * @param trustServerCertificate whether a certificate that nobody vouches for is accepted
 * @param address where it is dialled, {@code host:port}, when that differs from who it is: a tunnel, a rehearsal
 * @param serverName what the server calls itself, when that differs from {@code host\instance}
 */
public record SqlTarget(
        String host,
        Optional<String> instance,
        OptionalInt port,
        Login login,
        Encryption encryption,
        boolean trustServerCertificate,
        Optional<String> address,
        Optional<String> serverName) {
    /** How to log in. */
    public sealed interface Login {
        /** What nobody may see of it. */
        default List<Value.Secret> secrets() {
            return List.of();
        }

        /** As whoever runs the program, through Windows. Needs Microsoft's library beside the program. */
        record Windows() implements Login {}

        /** With a login of SQL Server. */
        record Sql(String user, Value.Secret password) implements Login {
            @Override
            public List<Value.Secret> secrets() {
                return List.of(password);
            }
        }

        /** With an account of a domain, without a library of Windows. */
        record Ntlm(String domain, String user, Value.Secret password) implements Login {
            @Override
            public List<Value.Secret> secrets() {
                return List.of(password);
            }
        }

        /** With a Kerberos ticket, without a library of Windows. */
        record Kerberos() implements Login {}
    }

    /** How the wire is protected. */
    public enum Encryption {
        /** Not at all, the login excepted. */
        FALSE,
        /** TLS within TDS; the default. */
        TRUE,
        /** TDS within TLS (TDS 8). */
        STRICT
    }

    /** Who it is, as people write it: {@code HOST}, {@code HOST\INSTANCE} or {@code HOST,PORT}. */
    public String name() {
        return instance.map(name -> host + "\\" + name)
                .orElseGet(() -> port.isPresent() ? host + "," + port.getAsInt() : host);
    }
}
