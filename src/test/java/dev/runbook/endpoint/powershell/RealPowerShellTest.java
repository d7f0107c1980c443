package dev.runbook.endpoint.powershell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.rehearsal.shell.Transcript;
import dev.runbook.windows.NativeChild;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The contract on a real {@code pwsh} with a script module, and what only a real one can show. */
class RealPowerShellTest extends ShellContract {
    private static final JsonMapper JSON = new JsonMapper();

    private String program;
    private PowerShellHost opened;

    @BeforeEach
    void findProgram() {
        program = RealPowerShell.program();
    }

    @AfterEach
    void closeOwn() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }

    @Override
    PowerShellHost open(List<String> modules) {
        return shell(modules.stream().map(name -> module(name + ".psm1")).toList());
    }

    private PowerShellHost shell(List<String> modules) {
        return Shells.real(new ShellTarget(modules, program), new ChildProcessLauncher());
    }

    @Test
    void answersAsRecorded() throws IOException {
        HostStart.Bootstrap bootstrap = HostStart.Bootstrap.draw(new Random(1));
        String module = resource(Transcript.class, "powershell-probe.psm1");
        List<JsonNode> said = new ArrayList<>();
        List<JsonNode> wanted = new ArrayList<>();
        try (ShellLink link = new ChildProcessLauncher().launch(program, bootstrap.arguments())) {
            link.send(bootstrap.script());
            for (Transcript.Entry entry : Transcript.entries()) {
                if (entry.sent()) {
                    if (entry.text().isEmpty()) {
                        LockSupport.parkNanos(500_000_000); // a cancel counts only while the call runs
                    }
                    link.send(entry.text().replace("powershell-probe.psm1", module));
                } else {
                    JsonNode answer = next(link, bootstrap.nonce());
                    if (entry.json().has("progress") || entry.json().has("warning")) {
                        // which of them is seen first depends on the moment of the look
                        said.add(answer);
                        wanted.add(entry.json());
                        continue;
                    }
                    assertThat(said).containsExactlyInAnyOrderElementsOf(wanted);
                    boolean versionDiffers = answer.has("ready");
                    assertThat(versionDiffers ? entry.json().has("ready") : answer.equals(entry.json()))
                            .as("%s, wanted %s", answer, entry.text())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void carriesTextsThroughTheEndpoint() {
        opened = echo();
        Value text = Value.of("'; $(exit) \u2018\u201c \r\n\t 2026-11-21T03:12:09Z \ud800 🂡".repeat(1_000));
        assertThat(opened.invoke("Get-Echo", Map.of("Value", text), List.of("Value"), Limits.none())
                        .equals(Answer.of(List.of(Row.of("Value", text)))))
                .isTrue();
    }

    @Test
    void findsPrivateFunctionsAndVariablesOfAScriptModule() {
        int visits = visits();
        assertThat(visits()).isEqualTo(visits + 1);
        assertThat(failure(zoo("Get-Private", Map.of(), "value")).code())
                .as("what a module does not export is not called")
                .isEqualTo("CommandNotFoundException");
    }

    @Test
    void readsXmlAsItsTextAtOnce() {
        assertThat(one(odd("xml", "X")).get("X")).contains(Value.of("<a><b>1</b></a>"));
        assertThat(one(odd("xml", "value"))).isEqualTo(Row.EMPTY);
    }

    @Test
    void readsTheNullOfADatabaseAsNull() {
        Row row = one(odd("dbnull", "None", "Empty", "Empty.Length"));
        assertThat(row.get("None")).contains(Value.NOTHING);
        assertThat(row.get("Empty")).contains(Value.NOTHING);
    }

    @Test
    void readsEveryNumberWithAllItsDigits() {
        Row row = one(odd("numbers", "Most", "Nan", "Inf", "Exact"));
        assertThat(row.get("Most").orElseThrow().text()).isEqualTo("18446744073709551615");
        assertThat(row.get("Exact").orElseThrow().text()).isEqualTo("79228162514264337593543950335");
        assertThat(row.get("Nan")).contains(Value.of("NaN"));
        assertThat(row.get("Inf")).contains(Value.of("Infinity"));
    }

    @Test
    void keepsTheShapeOfListsAndReadsAThrowingPropertyAsNull() {
        Row row = one(odd("lists", "Empty", "One", "Nested", "Nulls"));
        assertThat(row.get("Empty")).contains(new Value.Items(List.of()));
        assertThat(row.get("One")).contains(Value.of(List.of("x")));
        assertThat(row.get("Nested"))
                .contains(new Value.Items(List.of(
                        new Value.Items(List.of(Value.of(1), Value.of(2))), new Value.Items(List.of(Value.of(3))))));
        assertThat(row.get("Nulls")).contains(new Value.Items(List.of(Value.NOTHING, Value.of(1))));
        assertThat(one(odd("cycle", "Name", "Other")).get("Name")).contains(Value.of("a"));
        assertThat(one(odd("throws", "A", "Bad")).get("Bad")).contains(Value.NOTHING);
    }

    @Test
    void readsThousandsOfObjects() {
        List<Row> herd = rows(zoo("Get-Herd", Map.of("Count", Value.of(2_000)), "Name", "Place", "Tame", "N"));
        assertThat(herd).hasSize(2_000);
        assertThat(herd.get(1_999).get("N")).contains(Value.of(2_000));
        assertThat(failure(zoo("Get-Herd", Map.of("Count", Value.of(10_001)), "Name"))
                        .message())
                .contains("10001 objects");
    }

    @Test
    void takesWhatAProgramWritesToStandardErrorForANoteAndNotForAFailure() {
        Heard heard = new Heard();
        Answer answer = host(ZOO).invoke("Invoke-Program", Map.of(), List.of("value"), heard.limits());
        assertThat(rows(answer).stream().map(row -> row.get("value").orElseThrow()))
                .containsExactly(Value.of("to standard output"), Value.of("done"));
        assertThat(heard.said).containsExactly("to standard error");
    }

    @Test
    void letsNobodyElseReadTheRequests() {
        assertThat(one(zoo("Invoke-Reader", Map.of(), "value")).get("value"))
                .as("a program and the console find the end at once")
                .contains(Value.of("read []"));
        visits();
    }

    @Test
    void aProgramThatACmdletStartsNeverWaitsForTheRequests() throws URISyntaxException {
        Path classes = Path.of(NativeChild.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Map<String, Value> line = Map.of(
                "Program",
                Value.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                "Path",
                Value.of(classes.toString()),
                "Name",
                Value.of(NativeChild.class.getName()));
        assertThat(one(zoo("Invoke-Line", line, "value")).get("value")).contains(Value.of("started"));
        visits();
    }

    @Test
    void isNotChangedByTheNextCallThroughPreferencesThatAModuleSets() {
        zoo("Set-Preference", Map.of());
        assertThat(failure(zoo("Write-Soft", Map.of(), "value")).message()).isEqualTo("soft");
        assertThat(one(zoo("Set-Animal", Map.of("Name", Value.of("hare")), "value"))
                        .get("value"))
                .as("no WhatIf, no question, no parameter that nobody gave")
                .contains(Value.of("hare  False"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleep", "spin", "program"})
    void stopsACallAtOnceAndGoesOnWithTheSameShell(String kind) {
        int visits = visits();
        Heard heard = new Heard().stopAt("waiting");
        Failure failure = failure(
                host(ZOO).invoke("Wait-Long", Map.of("Kind", Value.of(kind)), List.of("value"), heard.limits()));
        assertThat(failure.code()).isEqualTo("cancelled");
        assertThat(failure.isUnknown()).isTrue();
        assertThat(visits()).as("the same shell goes on").isEqualTo(visits + 1);
    }

    @Test
    void endsAShellWhoseCallCannotBeStoppedAndStartsAnother() {
        int visits = visits();
        Heard heard = new Heard().stopAt("waiting");
        Failure failure = failure(
                host(ZOO).invoke("Wait-Long", Map.of("Kind", Value.of("thread")), List.of("value"), heard.limits()));
        assertThat(failure.code()).isEqualTo("cancelled");
        assertThat(failure.isUnknown()).isTrue();
        assertThat(visits()).as("another shell").isEqualTo(1);
    }

    @Test
    void hearsAStopWhileTheObjectsAreRead() {
        int visits = visits();
        Heard heard = new Heard().stopAt("written");
        Answer answer = host(ZOO).invoke("Get-SlowHerd", Map.of(), List.of("N", "Slow"), heard.limits());
        assertThat(failure(answer).code()).isEqualTo("cancelled");
        assertThat(visits()).as("the same shell goes on").isEqualTo(visits + 1);
    }

    @Test
    void opensModulesByFileFolderInOtherCaseWithBlanksAndTwice(@TempDir Path folder) throws IOException {
        Path blank = Files.createDirectories(folder.resolve("A Farm"));
        Files.copy(Path.of(module("Farm.psm1")), blank.resolve("A Farm.psm1"));
        Path nested = Files.createDirectories(folder.resolve("Nest"));
        Files.writeString(
                nested.resolve("Nest.psd1"),
                "@{ ModuleVersion = '1.0'; RootModule = 'Outer.psm1'; NestedModules = @('Inner.psm1') }");
        Files.writeString(nested.resolve("Outer.psm1"), "function Get-Outer { Get-Inner }");
        Files.writeString(nested.resolve("Inner.psm1"), "function Get-Inner { 'from within' }");
        String farm = blank + "/";
        opened = shell(List.of(farm, blank.resolve("A Farm.psm1").toString(), nested.toString()));
        assertThat(one(opened.invoke("get-barn", Map.of(), List.of("Name"), Limits.none()))
                        .get("Name"))
                .contains(Value.of("barn"));
        for (String cmdlet : List.of("Get-Outer", "Get-Inner")) {
            assertThat(one(opened.invoke(cmdlet, Map.of(), List.of("value"), Limits.none()))
                            .get("value"))
                    .contains(Value.of("from within"));
        }
    }

    @Test
    void leavesTheOutcomeOpenWhereACmdletEndsTheShellAndStartsAnother() {
        Failure failure = failure(zoo("Stop-Shell", Map.of(), "value"));
        assertThat(failure.code()).isEqualTo("shell-died");
        assertThat(failure.isUnknown()).isTrue();
        assertThat(visits()).as("another shell").isEqualTo(1);
    }

    @Test
    void saysThatACmdletAskedAndNobodyCanBeAsked() {
        Failure failure = failure(zoo("Confirm-Animal", Map.of(), "value"));
        assertThat(failure.code()).isEqualTo("HostException,Confirm-Animal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "tr-TR", "ar-SA"})
    void readsEveryTypeAlikeWhateverTheLanguageOfTheComputer(String culture) {
        opened = after("[Globalization.CultureInfo]::CurrentCulture='" + culture
                + "';[Globalization.CultureInfo]::DefaultThreadCurrentCulture='" + culture + "';");
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put("Text", "I i");
        wanted.put("Half", "1.5");
        wanted.put("Exact", "0.1");
        wanted.put("Long", "-9223372036854775808");
        wanted.put("Byte", "7");
        wanted.put("Char", "x");
        wanted.put("Moment", "2026-11-21T03:12:09.0000000Z");
        wanted.put("Span", "01:30:00");
        wanted.put("Guid", "6f9619ff-8b86-d011-b42d-00c04fc964ff");
        wanted.put("Version", "1.2.3");
        wanted.put("Uri", "https://fe01.litwareinc.com/");
        wanted.put("Address", "127.0.0.1");
        wanted.put("Typed", "a,b");
        wanted.put("Set", "1");
        wanted.put("Pool", "@{Fqdn=chat.litwareinc.com}");
        wanted.put("Pool.Fqdn", "chat.litwareinc.com");
        wanted.put("Table.A", "1");
        wanted.put("Type", "int");
        Row row = one(opened.invoke("get-kinds", Map.of(), List.copyOf(wanted.keySet()), Limits.none()));
        Map<String, String> read = new LinkedHashMap<>();
        row.names()
                .forEach(name ->
                        read.put(name, row.get(name).orElseThrow().text().replace(", ", ",")));
        assertThat(read).isEqualTo(wanted);
    }

    @Test
    void saysInOneSentenceThatALanguageModeRefusesTheHost() {
        opened = after("$ExecutionContext.SessionState.LanguageMode='ConstrainedLanguage';");
        Failure failure = failure(opened.invoke("Test-Visit", Map.of(), List.of("value"), Limits.none()));
        assertThat(failure.code()).isEqualTo("shell-not-started");
        assertThat(failure.kind()).isEqualTo(Failure.Kind.LASTING);
        assertThat(failure.message()).contains("language mode ConstrainedLanguage", "another computer");
        assertThat(failure.details()).isEmpty();
    }

    @Test
    void bringsTenThousandRandomTextsBackAsTheyWere() {
        opened = echo();
        Random random = new Random(20261130);
        List<Value> texts = IntStream.range(0, 10_000)
                .mapToObj(i -> Value.of(IntStream.range(0, random.nextInt(20))
                        .mapToObj(at -> String.valueOf((char) random.nextInt(Character.MAX_VALUE + 1)))
                        .collect(Collectors.joining())))
                .map(Value.class::cast)
                .toList();
        Value sent = new Value.Items(texts);
        assertThat(opened.invoke("Get-Echo", Map.of("Value", sent), List.of("Value"), Limits.none())
                        .equals(Answer.of(List.of(Row.of("Value", sent)))))
                .isTrue();
    }

    /** A host of which the program runs something before it. */
    private PowerShellHost after(String first) {
        ShellLauncher real = new ChildProcessLauncher();
        return Shells.real(new ShellTarget(List.of(module("Zoo.psm1")), program), (file, arguments) -> {
            List<String> changed = new ArrayList<>(arguments);
            int last = changed.size() - 1;
            String command = new String(Base64.getDecoder().decode(changed.get(last)), StandardCharsets.UTF_16LE);
            changed.set(
                    last, Base64.getEncoder().encodeToString((first + command).getBytes(StandardCharsets.UTF_16LE)));
            return real.launch(file, changed);
        });
    }

    private PowerShellHost echo() {
        return shell(List.of(resource(Transcript.class, "powershell-probe.psm1")));
    }

    /** The number of this visit, as a variable of the module counts them. */
    private int visits() {
        String visit = one(zoo("Test-Visit", Map.of(), "value"))
                .get("value")
                .orElseThrow()
                .text();
        return Integer.parseInt(visit.replace("visit ", ""));
    }

    private Answer odd(String kind, String... select) {
        return zoo("Get-Odd", Map.of("Kind", Value.of(kind)), select);
    }

    private static JsonNode next(ShellLink link, String nonce) throws IOException {
        ShellLink.Line line = link.receive();
        while (line != null && !line.text().startsWith(nonce + " ")) {
            line = link.receive();
        }
        assertThat(line)
                .as(() -> "the host goes on; it said " + link.complaints())
                .isNotNull();
        return JSON.readTree(line.text().substring(nonce.length() + 1));
    }

    private static String module(String name) {
        return resource(ShellContract.class, name);
    }

    private static String resource(Class<?> beside, String name) {
        try {
            return Path.of(beside.getResource(name).toURI()).toString().replace('\\', '/');
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
