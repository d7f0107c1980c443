package dev.runbook.endpoint.powershell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.rehearsal.shell.Call;
import dev.runbook.rehearsal.shell.Cmdlet;
import dev.runbook.rehearsal.shell.CmdletError;
import dev.runbook.rehearsal.shell.ProbeModule;
import dev.runbook.rehearsal.shell.ShellFaults;
import dev.runbook.rehearsal.shell.ShellObject;
import dev.runbook.rehearsal.shell.SimulatedShell;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerShellHostTest {
    private PowerShellHost host = Shells.simulated(ShellFaults.NONE);

    @AfterEach
    void end() {
        host.close();
    }

    @Test
    void takesSelectedPropertiesOfObjectsAndLeavesOutThoseThatAreNotThere() {
        Answer answer = host.invoke("Get-Native", Map.of(), List.of("State", "Nested.A.b", "Missing"), Limits.none());
        assertThat(answer)
                .isEqualTo(Answer.of(
                        List.of(Row.EMPTY, new Row(Map.of("State", Value.of("Monday"), "Nested.A.b", Value.of(1))))));
    }

    @Test
    void readsNothingOfTheObjectsWhenNothingIsSelected() {
        assertThat(host.invoke("Get-Native", Map.of(), List.of(), Limits.none()))
                .isEqualTo(Answer.of(List.of(Row.EMPTY, Row.EMPTY)));
    }

    @Test
    void takesAScalarAsTheColumnValue() {
        assertThat(host.invoke("Get-Native", Map.of(), List.of("value"), Limits.none()))
                .isEqualTo(Answer.of(List.of(Row.of("value", Value.of("native text")), Row.EMPTY)));
    }

    @Test
    void keepsAColumnThatIsNullApartFromOneThatIsMissing() {
        Row row = rows(host.invoke("Get-Echo", Map.of("Value", Value.NOTHING), List.of("Value", "Gone"), Limits.none()))
                .get(0);
        assertThat(row.get("Value")).contains(Value.NOTHING);
        assertThat(row.get("Gone")).isEmpty();
    }

    @Test
    void sendsEveryKindOfValueAndGetsItBack() {
        Value.Fields all = new Value.Fields(Map.of(
                "text",
                Value.of("a\"b\\c\n☎ \ud800"),
                "yes",
                Value.of(true),
                "whole",
                Value.of(Long.MIN_VALUE),
                "long",
                new Value.Number(new BigDecimal("1234567890123456789012345")),
                "part",
                new Value.Number(new BigDecimal("0.5")),
                "none",
                Value.NOTHING,
                "list",
                Value.of(List.of("one")),
                "empty",
                new Value.Items(List.of()),
                "map",
                new Value.Fields(Map.of("Replace", Value.of(List.of("x", "y"))))));
        // of an object that is read whole, for a selected hash table comes as its text
        Answer answer = host.invoke("Get-Echo", Map.of("Value", all), List.of("value"), Limits.none());
        assertThat(rows(answer).get(0).get("value")).contains(all);
        assertThat(echo(all)).isEqualTo(Value.of("System.Collections.Hashtable"));
    }

    @Test
    void bringsTenThousandRandomTextsBackAsTheyWere() {
        Random random = new Random(20261121);
        List<Value> texts = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            texts.add(Value.of(randomText(random)));
        }
        for (List<Value> batch : List.of(texts.subList(0, 5_000), texts.subList(5_000, 10_000))) {
            assertThat(echo(new Value.Items(batch))).isEqualTo(new Value.Items(batch));
        }
        for (Value text : texts.subList(0, 200)) {
            assertThat(echo(text)).isEqualTo(text);
        }
    }

    @Test
    void bringsAMillionCharactersBack() {
        Value text = Value.of("é".repeat(1_000_000));
        assertThat(echo(text).equals(text)).isTrue(); // not isEqualTo, which would print both
    }

    @Test
    void handsOnProgressAndWarnings() {
        Heard heard = new Heard();
        host.invoke("Set-Thing", Map.of("Identity", Value.of("x")), List.of(), heard.limits());
        assertThat(heard.said).containsExactly("Setting: half", "set x");
        assertThat(heard.advanced).containsExactly(50L);
    }

    @Test
    void namesAnErrorByItsId() {
        Failure failure = failure(host.invoke("Set-Thing", Map.of("Nope", Value.of("1")), List.of(), Limits.none()));
        assertThat(failure.code()).isEqualTo("NamedParameterNotFound,Set-Thing");
        assertThat(failure.message()).isEqualTo("A parameter cannot be found that matches parameter name 'Nope'.");
        assertThat(failure.outcome()).isEqualTo(Failure.Outcome.DEFINITE);
        assertThat(failure.kind()).isEqualTo(Failure.Kind.LASTING);
    }

    @ParameterizedTest
    @CsvSource({
        "PermissionDenied, ACCESS",
        "AuthenticationError, ACCESS",
        "SecurityError, ACCESS",
        "ConnectionError, TRANSIENT",
        "ResourceBusy, TRANSIENT",
        "OperationTimeout, TRANSIENT",
        "ResourceUnavailable, TRANSIENT",
        "InvalidData, LASTING"
    })
    void decidesByTheCategoryWhatSortOfTroubleItIs(String category, Failure.Kind kind) {
        CmdletError.ErrorRecord error = new CmdletError.ErrorRecord("nein", "X", "Some,Get-Bad", category, "");
        host = Shells.simulated(cmdlet -> Optional.of(new ShellFaults.Fault.ErrorBefore(error)));
        Failure failure = failure(call("Get-Bad"));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo("Some,Get-Bad");
        assertThat(failure.message()).isEqualTo("nein");
    }

    @ParameterizedTest
    @CsvSource({
        "'NamedParameterNotFound,Get-Bad', '', DEFINITE",
        "'ParameterArgumentValidationErrorNullNotAllowed,get-bad', '', DEFINITE",
        "'CommandNotFoundException', '', DEFINITE",
        "'AnimalLost,Get-Bad', '', PARTLY",
        "'NamedParameterNotFound,Get-Inner', '', PARTLY",
        "'CommandNotFoundException', Get-Inner, PARTLY",
        "'hard failure', '', PARTLY"
    })
    void knowsThatNothingHappenedOnlyWhereTheCallItselfWasRefused(String id, String target, Failure.Outcome outcome) {
        host = Shells.host(
                Shells.PROBE,
                new ScriptedHost("'ok':false,'rows':[],'errors':[{'message':'s:no','id':'s:" + id
                        + "','category':'s:InvalidOperation','target':'s:" + target + "'}]"));
        assertThat(failure(call("Get-Bad")).outcome()).isEqualTo(outcome);
    }

    @Test
    void keepsTheIdsOfAllErrors() {
        host = Shells.host(
                Shells.PROBE,
                new ScriptedHost("'ok':false,'rows':[],'errors':[{'message':'s:a','id':'s:One,Get-Bad'},"
                        + "{'message':'s:b','id':'s:Two,Get-Bad'}]"));
        Failure failure = failure(call("Get-Bad"));
        assertThat(failure.codes()).containsExactly("One,Get-Bad", "Two,Get-Bad");
        assertThat(failure.details()).containsExactly("b");
    }

    @Test
    void saysWhatToDoWhenAModuleIsMissing() {
        host = Shells.host(new ShellTarget(List.of("NoSuchModule"), "pwsh"), (program, arguments) -> {
            var ends = new SimulatedShell(List.of(), ShellFaults.NONE).connect(arguments);
            return new StreamLink(ends.answers(), ends.requests());
        });
        Failure failure = failure(call("Get-Echo"));
        assertThat(failure.code()).isEqualTo("ErrorLoadingModulesOnRunspaceOpen");
        assertThat(failure.outcome()).isEqualTo(Failure.Outcome.DEFINITE);
        assertThat(failure.message()).contains("NoSuchModule", "management tools", "'modules:'");
        assertThat(failure.details()).singleElement().asString().contains("no valid module file was found");
    }

    @Test
    void saysWhatToDoWhenTheProgramIsMissing() {
        host = Shells.host(Shells.PROBE, (program, arguments) -> {
            throw new IOException("No such file or directory");
        });
        Failure failure = failure(call("Get-Echo"));
        assertThat(failure.code()).isEqualTo("shell-not-started");
        assertThat(failure.outcome()).isEqualTo(Failure.Outcome.DEFINITE);
        assertThat(failure.message()).contains("'pwsh'", "No such file or directory", "'program:'");
    }

    @Test
    void leavesTheOutcomeOpenWhenTheShellDiesAndStartsAnotherForTheNextCall() {
        host = Shells.simulated(killing("Get-Bad"));
        Failure failure = failure(call("Get-Bad"));
        assertThat(failure.outcome()).isEqualTo(Failure.Outcome.UNKNOWN);
        assertThat(failure.code()).isEqualTo("shell-died");
        assertThat(echo(Value.of("again"))).isEqualTo(Value.of("again"));
    }

    @Test
    void startsAnotherShellWithoutDoubtWhenTheOldOneDiedBetweenTwoCalls() {
        List<StreamLink> links = Collections.synchronizedList(new ArrayList<>());
        var shell = new SimulatedShell(List.of(ProbeModule.module()), ShellFaults.NONE);
        host = Shells.host(Shells.PROBE, (program, arguments) -> {
            var ends = shell.connect(arguments);
            links.add(new StreamLink(ends.answers(), ends.requests()));
            return links.get(links.size() - 1);
        });
        echo(Value.of("one"));
        links.get(0).kill();
        assertThat(echo(Value.of("two"))).isEqualTo(Value.of("two"));
        assertThat(links).hasSize(2);
    }

    @Test
    void stopsACallWhoseTimeIsOverAndGoesOnWithTheSameShell() {
        Failure failure = failure(host.invoke("Get-Slow", Map.of(), List.of(), Limits.within(Duration.ofMillis(200))));
        assertThat(failure.outcome()).isEqualTo(Failure.Outcome.UNKNOWN);
        assertThat(failure.kind()).isEqualTo(Failure.Kind.CANCELLED);
        assertThat(failure.code()).isEqualTo("timeout");
        assertThat(echo(Value.of("still here"))).isEqualTo(Value.of("still here"));
    }

    @Test
    void stopsACallOnRequest() {
        host = Shells.simulated(ShellFaults.NONE, waiting());
        Heard heard = new Heard().stopAt("waiting");
        Failure failure = failure(host.invoke("Wait-Long", Map.of(), List.of(), heard.limits()));
        assertThat(failure.code()).isEqualTo("cancelled");
        assertThat(failure.isUnknown()).isTrue();
    }

    @Test
    void runsNothingWhenAStopWasRequestedBefore() {
        Cancellation cancellation = new Cancellation();
        cancellation.request();
        Failure failure = failure(
                host.invoke("Get-Echo", Map.of(), List.of(), new Limits(Optional.empty(), cancellation, new Heard())));
        assertThat(failure.code()).isEqualTo("cancelled");
        assertThat(failure.outcome()).isEqualTo(Failure.Outcome.DEFINITE);
    }

    @Test
    void endsAShellThatDoesNotHeedTheStop() {
        CountDownLatch never = new CountDownLatch(1);
        host = Shells.simulated(ShellFaults.NONE, ProbeModule.probe("Wait-Deaf", call -> deaf(never)));
        Failure failure = failure(host.invoke("Wait-Deaf", Map.of(), List.of(), Limits.within(Duration.ofMillis(100))));
        assertThat(failure.code()).isEqualTo("timeout");
        assertThat(failure.isUnknown()).isTrue();
        assertThat(echo(Value.of("another"))).isEqualTo(Value.of("another"));
        never.countDown();
    }

    @Test
    void refusesMoreObjectsThanAnybodyWants() {
        host = Shells.simulated(
                ShellFaults.NONE,
                ProbeModule.probe("Get-Many", call -> Collections.nCopies(10_001, (Object) ShellObject.empty())));
        Failure failure = failure(call("Get-Many"));
        assertThat(failure.code()).isEqualTo("answer-too-large");
        assertThat(failure.message()).contains("10001 objects");
    }

    @Test
    void refusesAnAnswerOfMoreThanThirtyTwoMegabytes() {
        String text = "x".repeat(StreamLink.LONGEST_LINE);
        host = Shells.simulated(
                ShellFaults.NONE,
                ProbeModule.probe(
                        "Get-Huge", call -> List.of(ShellObject.empty().and("T", text))));
        assertThat(failure(host.invoke("Get-Huge", Map.of(), List.of("T"), Limits.none()))
                        .message())
                .contains("32 MB");
        assertThat(echo(Value.of("next"))).isEqualTo(Value.of("next"));
    }

    @Test
    void takesANumberThatNoComputerCanHoldForATextAndNotForGigabytesOfDigits() {
        List<String> numbers = List.of("n:1e999999999", "i:1e999999999", "n:1e-999999999", "n:" + "9".repeat(100_000));
        for (String number : numbers) {
            host = Shells.host(Shells.PROBE, new ScriptedHost("'ok':true,'rows':[{'N':'" + number + "'}],'errors':[]"));
            Value value = rows(host.invoke("Get-Bad", Map.of(), List.of("N"), Limits.none()))
                    .get(0)
                    .get("N")
                    .orElseThrow();
            assertThat(value).isEqualTo(Value.of(number.substring(2)));
            assertThat(WireValue.encode(value).asString()).hasSizeLessThan(100_010);
        }
    }

    @Test
    void saysThatAPartMayBeDoneWhereAnOldPowerShellEndsACmdletForWhatAProgramWritesToStandardError() {
        host = Shells.host(
                Shells.PROBE,
                new ScriptedHost(
                        "'ok':false,'rows':[],'errors':[{'message':'s:copied 3 files','id':'s:NativeCommandError',"
                                + "'category':'s:NotSpecified'}]"));
        Failure failure = failure(call("Get-Bad"));
        assertThat(failure.isPartial()).isTrue();
        assertThat(failure.details()).containsExactly("copied 3 files");
    }

    private Value echo(Value value) {
        return rows(host.invoke("Get-Echo", Map.of("Value", value), List.of("Value"), Limits.none()))
                .get(0)
                .get("Value")
                .orElseThrow();
    }

    private Answer call(String cmdlet) {
        return host.invoke(cmdlet, Map.of(), List.of(), Limits.none());
    }

    private static Cmdlet waiting() {
        return ProbeModule.probe("Wait-Long", call -> {
            call.warn("waiting");
            return waitForStop(call);
        });
    }

    private static List<Object> waitForStop(Call call) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        call.stopIfAsked();
        return List.of();
    }

    private static List<Object> deaf(CountDownLatch never) {
        boolean over = false;
        while (!over) {
            try {
                never.await();
                over = true;
            } catch (InterruptedException e) {
                over = false;
            }
        }
        return List.of();
    }

    private static ShellFaults killing(String cmdlet) {
        return called -> called.equals(cmdlet) ? Optional.of(new ShellFaults.Fault.KillShell()) : Optional.empty();
    }

    private static String randomText(Random random) {
        String marks = "$`\"'\\{}()[];&|<>%@#\r\n\t\0\u2018\u201c\u2013\ufeff\u200b";
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(30);
        for (int i = 0; i < length; i++) {
            text.append(
                    random.nextBoolean()
                            ? marks.charAt(random.nextInt(marks.length()))
                            : (char) random.nextInt(Character.MAX_VALUE + 1));
        }
        return text.toString();
    }

    private static List<Row> rows(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Rows.class);
        return ((Answer.Rows) answer).rows();
    }

    private static Failure failure(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed) answer).failure();
    }
}
