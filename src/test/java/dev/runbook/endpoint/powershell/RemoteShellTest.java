package dev.runbook.endpoint.powershell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.RemoteShell;
import dev.runbook.endpoint.RemoteShell.Login;
import dev.runbook.endpoint.RemoteShell.Place;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.rehearsal.shell.CmdletError;
import dev.runbook.rehearsal.shell.ProbeModule;
import dev.runbook.rehearsal.shell.RemoteEndpoint;
import dev.runbook.rehearsal.shell.ShellFaults;
import dev.runbook.rehearsal.shell.SimulatedShell;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteShellTest {
    private static final String PASSWORD = "correct horse \u2018battery\u2019";
    private static final Place COMPUTER = new Place.Computer("fe01.litwareinc.com");
    private static final Place READY = new Place.ConnectionUri("https://fe02.litwareinc.com/OcsPowershell");
    private static final List<String> PROBE = List.of("powershell-probe");

    private PowerShellHost host;

    @AfterEach
    void end() {
        host.close();
    }

    @Test
    void callsCmdletsOfModulesThatAreLoadedOnAnotherComputer() {
        host = host(PROBE, COMPUTER, PASSWORD);
        assertThat(call("Get-Echo")).isInstanceOf(Answer.Rows.class);
    }

    @Test
    void callsCmdletsOfAnEndpointThatHasThemReady() {
        host = host(List.of(), READY, PASSWORD);
        assertThat(host.invoke("Get-Echo", Map.of("Value", Value.of("x")), List.of("Value"), Limits.none()))
                .isEqualTo(Answer.of(List.of(Row.of("Value", Value.of("x")))));
    }

    @Test
    void saysThatALoginIsRefusedAndThatNothingWasAsked() {
        host = host(PROBE, COMPUTER, "wrong one");
        Failure failure = failure(call("Get-Echo"));
        assertThat(failure.outcome()).isEqualTo(Failure.Outcome.DEFINITE);
        assertThat(failure.kind()).isEqualTo(Failure.Kind.ACCESS);
        assertThat(failure.code()).isEqualTo("AccessDenied,PSSessionOpenFailed");
        assertThat(failure.message())
                .startsWith("fe01.litwareinc.com refuses the login of LITWARE\\dba.")
                .contains("'password:' under 'remote:'");
        assertThat(failure.details()).singleElement().asString().contains("Access is denied.");
        assertThat(failure.toString()).doesNotContain("wrong one");
    }

    @Test
    void saysThatNobodyAnswersAndThatTryingAgainMayHelp() {
        host = host(PROBE, new Place.Computer("fe09"), PASSWORD);
        Failure failure = failure(call("Get-Echo"));
        assertThat(failure.outcome()).isEqualTo(Failure.Outcome.DEFINITE);
        assertThat(failure.kind()).isEqualTo(Failure.Kind.TRANSIENT);
        assertThat(failure.message()).startsWith("fe09 does not answer.").contains("WinRM", "firewall");
    }

    @Test
    void saysThatTheOtherComputerHasNoSuchModule() {
        host = host(List.of("Lync"), COMPUTER, PASSWORD);
        Failure failure = failure(call("Get-Echo"));
        assertThat(failure.outcome()).isEqualTo(Failure.Outcome.DEFINITE);
        assertThat(failure.kind()).isEqualTo(Failure.Kind.LASTING);
        assertThat(failure.message()).startsWith("The management shell on fe01.litwareinc.com cannot load Lync.");
    }

    @Test
    void saysThatAnEndpointLoadsNoModules() {
        host = host(PROBE, READY, PASSWORD);
        assertThat(failure(call("Get-Echo")).message())
                .contains("lets nobody load modules: its cmdlets are ready.", "Delete 'modules:'");
    }

    @ParameterizedTest
    @CsvSource({
        "AccessDenied, ACCESS, refuses the login",
        "LogonFailure, ACCESS, refuses the login",
        "AuthenticationFailed, ACCESS, refuses the login",
        "ExplicitCredentialsRequired, ACCESS, refuses the login",
        "ServerNotTrusted, LASTING, trusted hosts",
        "CannotUseIPAddress, LASTING, full name of the computer",
        "TargetUnknown, LASTING, no common way to log in",
        "CannotConnect, TRANSIENT, does not answer",
        "WinRMOperationTimeout, TRANSIENT, does not answer",
        "ComputerNotFound, TRANSIENT, does not answer",
        "12175, LASTING, trust-server-certificate",
        "URLNotAvailable, LASTING, no such endpoint",
        "InvalidResourceUri, LASTING, no such endpoint",
        "-2144108173, LASTING, cannot be opened"
    })
    void tellsByItsIdWhyASessionIsNotOpened(String id, Failure.Kind kind, String advice) {
        host = host(PROBE, COMPUTER, PASSWORD);
        ShellTarget target = target(PROBE, COMPUTER, PASSWORD);
        Failure said = Failure.definite(Failure.Kind.LASTING, id + ",PSSessionOpenFailed", "nein");
        Failure failure =
                HostFailure.RemoteFailure.notOpened(target, target.remote().orElseThrow(), said);
        assertThat(failure.outcome()).isEqualTo(Failure.Outcome.DEFINITE);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.message()).contains(advice).doesNotContain("{");
        assertThat(failure.details()).containsExactly("nein");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "System.Management.Automation.Remoting.PSRemotingTransportException         | PSRemotingTransport     "
                        + "     | ResourceUnavailable | UNKNOWN",
                "System.Management.Automation.Remoting.PSRemotingTransportRedirectException | URIEndPointNotResolved  "
                        + "     | ResourceUnavailable | UNKNOWN",
                "System.Management.Automation.Remoting.PSRemotingDataStructureException     | PSRemotingDataStructure "
                        + "     | ResourceUnavailable | UNKNOWN",
                "System.Management.Automation.RuntimeException                              | PSSessionStateBroken    "
                        + "     | OpenError           | UNKNOWN",
                "System.Management.Automation.RemoteException                               | AccessDenied,Set-CsPool "
                        + "     | PermissionDenied    | PARTLY",
                "System.Management.Automation.RemoteException                               | Timeout,Get-CsPool      "
                        + "     | ResourceUnavailable | PARTLY",
                "System.Management.Automation.CommandNotFoundException                      | CommandNotFoundException"
                        + "     | ObjectNotFound      | DEFINITE",
            })
    void leavesTheOutcomeOpenWhenTheErrorIsThatOfTheWire(
            String type, String id, String category, Failure.Outcome outcome) {
        CmdletError.ErrorRecord error = new CmdletError.ErrorRecord("nein", type, id, category, "");
        host = Shells.simulated(cmdlet -> Optional.of(new ShellFaults.Fault.ErrorBefore(error)));
        Failure failure = failure(call("Get-Bad"));
        assertThat(failure.outcome()).isEqualTo(outcome);
        assertThat(failure.code().equals("session-lost")).isEqualTo(failure.isUnknown());
    }

    @Test
    void leavesTheOutcomeOpenWhenTheSessionIsLostUnderACmdlet() {
        ScriptedHost scripted = new ScriptedHost("'ok':false,'rows':[],'errors':[],'lost':true,'asked':true");
        host = Shells.host(target(PROBE, COMPUTER, PASSWORD), scripted);
        Failure failure = failure(call("Set-Thing"));
        assertThat(failure.isUnknown()).isTrue();
        assertThat(failure.code()).isEqualTo("session-lost");
        assertThat(failure.message()).contains("broke off while Set-Thing ran");
        assertThat(scripted.starts()).isEqualTo(1);
        assertThat(call("Get-Echo")).as("the next call opens another session").isInstanceOf(Answer.Rows.class);
        assertThat(scripted.starts()).isEqualTo(2);
    }

    @Test
    void takesTheRowsOfACmdletThatEndedBeforeItsSessionDid() {
        host = Shells.host(
                target(PROBE, COMPUTER, PASSWORD),
                new ScriptedHost("'ok':true,'rows':[],'errors':[],'lost':true,'asked':true"));
        assertThat(call("Set-Thing")).isEqualTo(Answer.of(List.of()));
    }

    @Test
    void opensAnotherSessionWhenTheOldOneWasLostBeforeTheCmdletWasSent() {
        ScriptedHost scripted = new ScriptedHost("'ok':false,'rows':[],'errors':[],'lost':true,'asked':false");
        host = Shells.host(target(PROBE, COMPUTER, PASSWORD), scripted);
        assertThat(call("Set-Thing")).isInstanceOf(Answer.Rows.class);
        assertThat(scripted.starts()).isEqualTo(2);
    }

    @Test
    void givesUpWithoutDoubtWhenTheNextSessionIsLostToo() {
        String lost = "'ok':false,'rows':[],'errors':[],'lost':true,'asked':false";
        host = Shells.host(target(PROBE, COMPUTER, PASSWORD), new ScriptedHost(lost, lost));
        Failure failure = failure(call("Set-Thing"));
        assertThat(failure.outcome()).isEqualTo(Failure.Outcome.DEFINITE);
        assertThat(failure.isTransient()).isTrue();
        assertThat(failure.message()).contains("Set-Thing was not sent");
    }

    private static ShellTarget target(List<String> modules, Place place, String password) {
        Login login = new Login("LITWARE\\dba", new Value.Secret(password));
        RemoteShell remote = new RemoteShell(place, Optional.of(login), Optional.empty(), Optional.empty(), false);
        return new ShellTarget(modules, "powershell.exe", Optional.of(remote));
    }

    private static PowerShellHost host(List<String> modules, Place place, String password) {
        List<RemoteEndpoint> others = List.of(
                new RemoteEndpoint(COMPUTER.text(), false, "litware\\dba", PASSWORD),
                new RemoteEndpoint(READY.text(), true, "litware\\dba", PASSWORD));
        SimulatedShell shell = new SimulatedShell(List.of(ProbeModule.module()), others, ShellFaults.NONE);
        return Shells.host(target(modules, place, password), (program, arguments) -> {
            SimulatedShell.Ends ends = shell.connect(arguments);
            return new StreamLink(ends.answers(), ends.requests());
        });
    }

    private Answer call(String cmdlet) {
        return host.invoke(cmdlet, Map.of(), List.of(), Limits.none());
    }

    private static Failure failure(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed) answer).failure();
    }
}
