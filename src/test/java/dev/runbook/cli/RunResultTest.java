package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a program that starts the command learns of the run: every document holds to the published schema. */
class RunResultTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private CommandLineRunner runner;

    @BeforeEach
    void writesARunbook() throws IOException {
        runner = new CommandLineRunner(folder);
        Files.writeString(folder.resolve("asks.yaml"), """
            runbook: asks
            title: What asks
            variables:
              pool: {type: text, description: the pool}
            steps:
              - {step: 1, title: The first, confirm: 'Is {{pool}} lost?'}
              - {step: 2, title: The second, confirm: 'Is it over?'}
            """);
        Files.writeString(folder.resolve("site.yaml"), "pool: pool1\n");
    }

    @Test
    void aRunThatWaitsLeavesItsQuestionAndTheArgumentsToResumeWith() throws IOException {
        CommandLineRunner.Result ended = run();

        JsonNode result = result();
        assertThat(ended.exit()).isEqualTo(ExitCode.NEEDS_ANSWER);
        assertThat(result.get("exitCode").asInt()).isEqualTo(7);
        assertThat(result.get("ending").asString()).isEqualTo("NEEDS_ANSWER");
        assertThat(result.at("/question/message").asString()).isEqualTo("Is pool1 lost?");
        assertThat(result.at("/question/expected").asString()).isEqualTo("yes");
        assertThat(words(result.get("resume")))
                .containsExactly(
                        "resume",
                        folder.resolve("runs/night").toString(),
                        "--vars",
                        folder.resolve("site.yaml").toString());
        assertThat(result.get("question"))
                .isEqualTo(JSON.readTree(runner.run("status", "night", "--format", "json")
                                .out())
                        .get("question"));
    }

    @Test
    void theArgumentsToResumeWithAndTheAnswerWithItsIdLeadToTheNextQuestion() throws IOException {
        run();
        JsonNode first = result();
        List<String> line = new ArrayList<>(words(first.get("resume")));
        line.addAll(List.of("--approve", first.at("/question/key").asString() + "=yes"));
        line.addAll(List.of("--seen", first.at("/question/id").asString(), "--result", "result.json"));

        assertThat(runner.run(line.toArray(String[]::new)).exit()).isEqualTo(ExitCode.NEEDS_ANSWER);

        JsonNode second = result();
        assertThat(second.at("/question/step").asString()).isEqualTo("2");
        assertThat(second.at("/question/id")).isNotEqualTo(first.at("/question/id"));
        assertThat(second.get("stepsDone").asInt()).isEqualTo(1);
    }

    @Test
    void anAnswerToAQuestionThatIsAnotherOneByNowIsNotUsed() throws IOException {
        run();
        String id = result().at("/question/id").asString();

        CommandLineRunner.Result ended =
                run("--var", "pool=pool2", "--approve", "1=yes", "--approve", "2=yes", "--seen", id);

        assertThat(ended.exit()).isEqualTo(ExitCode.NEEDS_ANSWER);
        assertThat(ended.out() + ended.err())
                .contains("Not used: the answer \"yes\" to 1 (--approve). It was given for the question " + id);
        assertThat(result().at("/question/message").asString()).isEqualTo("Is pool2 lost?");
        assertThat(result().get("stepsDone").asInt()).isZero();
    }

    @Test
    void anIdThatNoAnswerGoesWithIsWrongUsage() throws IOException {
        assertThat(run("--seen", "000000000000").exit()).isEqualTo(ExitCode.USAGE);

        JsonNode result = result();
        assertThat(result.get("run").isNull()).isTrue();
        assertThat(result.get("exitCode").asInt()).isEqualTo(2);
        assertThat(result.get("message").asString()).contains("--approve STEP=ANSWER");
    }

    @Test
    void aRunThatIsOverHasNothingToResumeAndSaysSoEachTime() throws IOException {
        String[] answers = {"--approve", "1=yes", "--approve", "2=yes"};
        assertThat(run(answers).exit()).isEqualTo(ExitCode.DONE);
        JsonNode first = result();
        assertThat(run(answers).exit()).isEqualTo(ExitCode.DONE);

        assertThat(result()).isEqualTo(first);
        assertThat(first.get("resume")).isEmpty();
        assertThat(first.get("question").isNull()).isTrue();
        assertThat(first.get("step").isNull()).isTrue();
    }

    @Test
    void aResultOfBeforeIsGoneWhereTheRunbookIsNotFound() throws IOException {
        run();
        assertThat(runner.run("run", "none.yaml", "--result", "result.json").exit())
                .isEqualTo(ExitCode.USAGE);

        assertThat(result().get("run").isNull()).isTrue();
        assertThat(result().get("message").asString()).contains("none.yaml");
    }

    @Test
    void aResultInAFolderThatIsNotThereIsRefusedBeforeAnythingBegins() {
        CommandLineRunner.Result ended =
                runner.run("run", "asks.yaml", "--id", "night", "--vars", "site.yaml", "--result", "none/result.json");

        assertThat(ended.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void whoDecidedStandsInTheJournalTheStatusAndTheReport() throws IOException {
        run("--approve", "1=yes", "--by", "alice");

        String journal = Files.readString(folder.resolve("runs/night/journal.jsonl"));
        assertThat(journal)
                .contains("\"person\":\"alice\"", "\"by\":\"alice, as jdoe@jump1 with --approve\"")
                .doesNotContain("bob");
        assertThat(runner.run("status", "night").out()).contains("alice, as jdoe@jump1");
        assertThat(runner.run("report", "night").out()).contains("alice, as jdoe@jump1");
        assertThat(result().get("lastBy").asString()).isEqualTo("alice, as jdoe@jump1");
    }

    @Test
    void anAnswerOfAFileNamesThePersonAndTheFile() throws IOException {
        runner.run(
                "plan",
                "asks.yaml",
                "--vars",
                "site.yaml",
                "--approve-file",
                "yes.json",
                "--approve",
                "1=yes",
                "--by",
                "carol");

        run("--approvals", "yes.json", "--by", "alice");

        assertThat(Files.readString(folder.resolve("runs/night/journal.jsonl")))
                .contains("\"by\":\"carol, as jdoe@jump1 in yes.json, made ");
    }

    @Test
    void aNameThatIsNoneIsWrongUsage() throws IOException {
        assertThat(Stream.of("", " ", "a\nb", "x".repeat(101))
                        .map(name -> runner.run("run", "asks.yaml", "--vars", "site.yaml", "--by", name)
                                .exit()))
                .containsOnly(ExitCode.USAGE);
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    private CommandLineRunner.Result run(String... more) {
        List<String> line = new ArrayList<>(
                List.of("run", "asks.yaml", "--id", "night", "--vars", "site.yaml", "--result", "result.json"));
        line.addAll(List.of(more));
        return runner.run(line.toArray(String[]::new));
    }

    private JsonNode result() throws IOException {
        String text = Files.readString(folder.resolve("result.json"));
        assertThat(schema().validate(text, InputFormat.JSON)).isEmpty();
        return JSON.readTree(text);
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(Files.readString(Path.of("schema/runbook-status.schema.json")));
    }

    private static List<String> words(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(word -> words.add(word.asString()));
        return words;
    }
}
