package dev.runbook.endpoint.powershell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Value;
import dev.runbook.endpoint.RemoteShell;
import dev.runbook.endpoint.RemoteShell.Authentication;
import dev.runbook.endpoint.RemoteShell.Login;
import dev.runbook.endpoint.RemoteShell.Place;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteRequestTest {
    private static final Optional<Login> DBA = Optional.of(new Login("LITWARE\\dba", new Value.Secret("s3cret")));

    @Test
    void namesAComputerAndNothingElseWhenNothingElseIsSaid() {
        RemoteShell remote = new RemoteShell(
                new Place.Computer("fe01"), Optional.empty(), Optional.empty(), Optional.empty(), false);
        assertThat(HostStart.RemoteRequest.of(remote)).hasToString("""
                {"session":{"ComputerName":"s:fe01"},"trust":false}""");
    }

    @Test
    void sendsThePasswordAsASecretBesideTheParametersOfTheSession() {
        RemoteShell remote = new RemoteShell(
                new Place.ConnectionUri("https://fe01/OcsPowershell"),
                DBA,
                Optional.of(Authentication.CREDSSP),
                Optional.of("Lync"),
                true);
        assertThat(HostStart.RemoteRequest.of(remote)).hasToString("""
                {"session":{"ConnectionUri":"s:https://fe01/OcsPowershell","Authentication":"s:Credssp",\
                "ConfigurationName":"s:Lync"},"user":"s:LITWARE\\\\dba","password":"x:s3cret","trust":true}""");
    }

    @ParameterizedTest
    @CsvSource({
        "KERBEROS, true, Kerberos",
        "NEGOTIATE, true, Negotiate",
        "NEGOTIATE, false, NegotiateWithImplicitCredential",
        "CREDSSP, true, Credssp",
        "BASIC, true, Basic"
    })
    void callsTheWayToLogInAsPowerShellDoes(Authentication scheme, boolean login, String name) {
        RemoteShell remote = new RemoteShell(
                new Place.Computer("fe01"),
                login ? DBA : Optional.empty(),
                Optional.of(scheme),
                Optional.empty(),
                false);
        assertThat(HostStart.RemoteRequest.of(remote).path("session").path("Authentication"))
                .hasToString("\"s:" + name + "\"");
    }
}
