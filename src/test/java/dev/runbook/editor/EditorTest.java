package dev.runbook.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.runbook.documentation.Example;
import dev.runbook.library.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With nothing but its first line, a runbook is completed, explained and checked by the server that editors use. */
class EditorTest {
    private static final Path TRANSCRIPT = Path.of("target/editor/transcript.txt");
    private static final String STEP = """
        runbook: some-runbook
        variables:
          backup_sql: {type: sql-server}
        steps:
          - step: 1
            title: A step
        """;
    /** A key in block or flow style, at the beginning of a line or behind a brace or comma. */
    private static final Pattern KEY = Pattern.compile("(?m)(?:^ *(?:- )?|[{,] *)([a-z-]+):(?= |$)");

    private static Transcript transcript;
    private static LanguageServer server;
    private static int documents;

    @BeforeAll
    static void startTheServer() {
        Optional<Path> program = LanguageServer.program();
        if (program.isEmpty()) {
            System.err.println("NOT TESTED: what editors show of a runbook, since yaml-language-server is neither below"
                    + " target/npm nor on the path. .ci/run says how to install it.");
            abort("yaml-language-server is not there");
        }
        transcript = Transcript.in(TRANSCRIPT);
        server = LanguageServer.start(program.get(), transcript);
    }

    @AfterAll
    static void endTheServer() {
        if (server != null) {
            server.close();
            transcript.close();
        }
    }

    @BeforeEach
    void writeDownWhatIsTested(TestInfo test) {
        transcript.heading(test.getDisplayName());
    }

    @Test
    void proposesEveryKeyOfAStep() {
        assertThat(labels(proposals(document(STEP + "    §\n"))))
                .contains("server", "sql", "procedure", "cmdlet", "copy-files", "confirm", "done-when", "rollback")
                .contains("when", "require", "remember", "for-each", "retry", "within", "timeout", "advice")
                .doesNotContain("step", "title");
    }

    @Test
    void proposesEveryKindOfAction() {
        assertThat(labels(proposals(document(STEP + "  - §\n"))))
                .contains("step with sql", "step with procedure", "step with cmdlet", "step with copy-files")
                .contains("step that asks a person", "step that asserts", "step that waits", "step that notes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        "variables:\\n  a: {type: §}"                    | sql-server
        "variables:\\n  a:\\n    type: §"                | duration
        "variables:\\n  a:\\n    items: §"               | identifier
        "variables:\\n  §"                              | variable: sql-server
        "facts:\\n  §"                                  | fact: cmdlet
        "facts:\\n  mgc is up:\\n    §"                  | reachable
        "facts:\\n  mgc is up:\\n    expect: {a: §}"     | anything but
        "steps:\\n  - step: 1\\n    rollback: §"         | undo: impossible
        "steps:\\n  - step: 1\\n    rollback:\\n      §"  | not-needed
        "steps:\\n  - step: 1\\n    rollback: {b§}"      | by-hand
        "steps:\\n  - step: 1\\n    retry:\\n      §"     | max-delay
        "§"                                            | variables
        """)
    void proposesWhatFits(String text, String label) {
        assertThat(labels(proposals(document(text.replace("\\n", "\n") + "\n"))))
                .contains(label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"steps:\n  - §\n", "variables:\n  §\n", "facts:\n  §\n", "facts:\n  a fact: §\n"})
    void whatIsProposedAsAWholeHasNoMistakes(String text) {
        String rest = text.startsWith("steps") ? "" : "steps:\n  - {step: 1, title: A step, require: a fact}\n";
        Document document = document("runbook: some-runbook\n" + text + rest);
        List<JsonNode> whole = proposals(document).stream()
                .filter(proposal -> proposal.path("label").asString().matches("(step|fact|variable).*[ :].*"))
                .toList();
        assertThat(whole).hasSizeGreaterThan(3);
        for (JsonNode proposal : whole) {
            Document taken = document(document.with(insertion(proposal)));
            assertThat(mistakes(taken)).as(taken.text()).isEmpty();
        }
    }

    @Test
    void explainsDoneWhenWithAnExample() {
        assertThat(hover(document(STEP + "    done§-when: x\n")))
                .contains("Shows that it is done")
                .contains("Asked before the action too")
                .contains("```yaml\nno connections to mgc\n```");
    }

    @Test
    void explainsEveryType() {
        assertThat(hover(document("variables:\n  a: {type: se§cret}\n")))
                .contains("* `secret`: A text that is never printed")
                .contains("* `sql-server`: A SQL Server and how to log in there");
    }

    @Test
    void explainsEveryKeyWithAnExample() throws IOException {
        Document document = document(Files.readString(Path.of("src/test/resources/editor/every-key.yaml")));
        assertThat(mistakes(document)).isEmpty();
        Set<String> explained = new LinkedHashSet<>();
        KEY.matcher(document.text())
                .results()
                // these are names of the author's
                .filter(key -> !Set.of("servers", "pattern", "last", "a", "b", "c", "d")
                        .contains(key.group(1)))
                .forEach(key -> {
                    assertThat(hoverAt(document.at(key.start(1) + 1)))
                            .as(key.group(1) + " at " + key.start(1))
                            .contains("```yaml\n")
                            .matches("(?s)#### .+\n\n.{10,}");
                    explained.add(key.group(1));
                });
        assertThat(explained).containsExactlyInAnyOrderElementsOf(keys());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        misspelt key       | "    sqll: KILL 51"                                  | sqll      | not allowed
        key of another kind| "    cmdlet: Set-X\\n    server: backup_sql"           | server    | does not go with "cmdlet"
        two actions        | "    server: b\\n    sql: KILL 51\\n    cmdlet: Set-X"  | cmdlet    | does not go with "sql"
        wrong duration     | "    done-when: x\\n    within: 5 minutes"             | 5 minutes | a duration such as
        wrong kind of value| "    cmdlet: Set-X\\n    retry: often"                 | often     | Expected one of
        too small          | "    cmdlet: Set-X\\n    retry: 0"                     | 0         | below the minimum
        wrong list         | "    require: x\\n    documents: 4.1"                  | 4.1       | a list of numbers of sub-steps
        unknown way back   | "    cmdlet: Set-X\\n    rollback: {nope: x}"          | nope      | not allowed
        no server          | "    sql: KILL 51"                                  | s         | "sql" needs a "server"
        no question        | "    cmdlet: Set-X\\n    rollback: {impossible: x}"    | s         | needs a "confirm" with "type"
        no word to type    | "    cmdlet: Set-X\\n    confirm: {message: x}\\n    rollback: {impossible: x}" | confirm | needs a "type"
        no map             | "    cmdlet: Set-X\\n    confirm: x\\n    rollback: {impossible: x}" | x     | needs a "type"
        nothing to do      | "    description: x"                                | s         | This step does nothing
        """)
    void underlinesAMistakeOfAStep(String name, String keys, String underlined, String message) {
        assertThat(mistakes(document(STEP + keys.replace("\\n", "\n") + "\n")))
                .as(name)
                .anySatisfy(mistake -> {
                    assertThat(mistake.underlined()).isEqualTo(underlined);
                    assertThat(mistake.message()).contains(message);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        "variables:\\n  a: {type: fqnd}"                         | fqnd    | Valid values
        "variables:\\n  Big: {type: text}"                       | Big     | snake_case
        "variables:\\n  a: {type: fqdn, items: text}"            | fqdn    | This must be list
        "facts:\\n  no chat: {reachable: a}"                     | no chat | does not begin with
        "facts:\\n  chat: {expect: {a: b}}"                      | chat    | A fact has one source
        "facts:\\n  chat: {cmdlet: Set-X}"                       | Set-X   | begins with Get- or Test-
        "facts:\\n  chat: {cmdlet: Get-X, expect: {a: {lik: b}}}" | lik     | not allowed
        "runbook: My Runbook"                                  | My Runbook | kebab-case
        "steps:"                                               | ''      | a list of steps
        """)
    void underlinesAMistakeOfTheRest(String text, String underlined, String message) {
        assertThat(mistakes(document(text.replace("\\n", "\n") + "\n"))).anySatisfy(mistake -> {
            assertThat(mistake.underlined()).isEqualTo(underlined.replace("''", ""));
            assertThat(mistake.message()).contains(message);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"failover", "failback"})
    void findsNoMistakeInAShippedRunbook(String name) throws IOException {
        assertThat(mistakes(document(Files.readString(Path.of("runbooks", name + ".yaml")))))
                .isEmpty();
    }

    @Test
    void findsNoMistakeInTheStarter() {
        assertThat(mistakes(document(Library.starter("some-runbook")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "runbooks/some.yaml, true",
        "some.runbook.yaml, true",
        "below/some.runbook.yaml, true",
        "litware.yaml, false",
        "runbook.yaml, false"
    })
    void knowsARunbookByItsNameWhereSettingsSaySo(String file, boolean known) {
        JsonNode settings = JsonMapper.shared()
                .readTree(Example.ofKind("json settings").get(0).text());
        List<String> patterns = settings.path("yaml.schemas")
                .path("./runbook.schema.json")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        String schema = Path.of("schema/runbook.schema.json").toUri().toString();
        Document document = Document.plain(file, "runbook: My Runbook\n");
        try (LanguageServer told =
                LanguageServer.start(LanguageServer.program().orElseThrow(), Map.of(schema, patterns), transcript)) {
            assertThat(told.open(document.uri(), document.text()).isEmpty()).isEqualTo(!known);
        }
    }

    /** What is underlined, and what is said about it. */
    private record Mistake(String underlined, String message) {}

    private static Document document(String text) {
        return Document.of("runbook-" + ++documents, text);
    }

    private static List<Mistake> mistakes(Document document) {
        return server.open(document.uri(), document.text()).stream()
                .map(found -> new Mistake(
                        document.covered(found.path("range")),
                        found.path("message").asString()))
                .toList();
    }

    private static List<JsonNode> proposals(Document document) {
        server.open(document.uri(), document.text());
        JsonNode answer = server.request("textDocument/completion", document.place());
        return (answer.isArray() ? answer : answer.path("items")).valueStream().toList();
    }

    private static List<String> labels(List<JsonNode> proposals) {
        return proposals.stream()
                .map(proposal -> proposal.path("label").asString())
                .toList();
    }

    private static String insertion(JsonNode proposal) {
        return proposal.path("textEdit")
                .path("newText")
                .asString(proposal.path("insertText").asString(""));
    }

    private static String hover(Document document) {
        server.open(document.uri(), document.text());
        return hoverAt(document);
    }

    private static String hoverAt(Document document) {
        return server.request("textDocument/hover", document.place())
                .path("contents")
                .path("value")
                .asString("");
    }

    private static Set<String> keys() throws IOException {
        Set<String> keys = new LinkedHashSet<>();
        collect(JsonMapper.shared().readTree(Files.readString(Path.of("schema/runbook.schema.json"))), keys);
        return keys;
    }

    private static void collect(JsonNode node, Set<String> keys) {
        keys.addAll(node.path("properties").propertyNames());
        node.forEach(child -> collect(child, keys));
    }
}
