package dev.runbook.endpoint.powershell;

import dev.runbook.endpoint.RemoteShell;
import dev.runbook.endpoint.RemoteShell.Place;
import dev.runbook.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What the host is told about another computer. The password goes over standard input, as a secret of the wire. */
final class RemoteRequest {
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
