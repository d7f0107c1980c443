package dev.runbook.endpoint;

import dev.runbook.base.Value;
import java.util.Optional;

/**
 * Where the cmdlets of a management shell run, when that is another computer.
 *
 * @param place which one
 * @param login who logs in there; whoever runs the program where it is empty
 * @param authentication how; what PowerShell takes by itself where it is empty
 * @param configuration the name of the endpoint there; the usual one where it is empty
 * @param trustServerCertificate whether a certificate that nobody vouches for is accepted
 */
public record RemoteShell(
        Place place,
        Optional<Login> login,
        Optional<Authentication> authentication,
        Optional<String> configuration,
        boolean trustServerCertificate) {
    /** Which computer. */
    public sealed interface Place {
        /** As people write it. */
        String text();

        /** By its name; modules are loaded there. */
        record Computer(String text) implements Place {}

        /** By the address of an endpoint, such as {@code https://fe.example.com/OcsPowershell}. */
        record ConnectionUri(String text) implements Place {}
    }

    /** A user and the password; the user as Windows knows it: {@code DOMAIN\NAME} or {@code name@domain}. */
    public record Login(String user, Value.Secret password) {}

    /** How to log in. */
    public enum Authentication {
        /** With a Kerberos ticket. */
        KERBEROS,
        /** Kerberos or NTLM, as both sides can. */
        NEGOTIATE,
        /** Handing the password on, so that the other computer can log in to a third one with it. */
        CREDSSP,
        /** With the password as it is; only within TLS. */
        BASIC
    }
}
