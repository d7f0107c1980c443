package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.language.Runbook;
import dev.runbook.language.RunbookReader;
import dev.runbook.language.Step;
import dev.runbook.language.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an author has to write where people decide. */
class GateWordsTest {
    private static String runbook(String confirm) {
        return """
                runbook: test
                title: Test
                variables:
                  server: {type: sql-server, description: a server}
                steps:
                  - step: 4.2
                    title: Drop it
                    confirm: %s
                    server: server
                    sql: DROP DATABASE a
                    retry: 2
                    rollback: {impossible: it is gone}
                """.formatted(confirm);
    }

    private static List<Diagnostic> findings(String confirm) {
        return new Linter().read(Source.of("test.yaml", runbook(confirm))).diagnostics();
    }

    @Test
    void aPointOfNoReturnNeedsAWordOfItsOwn() {
        assertThat(findings("Gone for ever."))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.message())
                                .isEqualTo(
                                        "Step 4.2 is a point of no return, and does not say which word has to be typed. Write"
                                                + " confirm: {type: RECOVER, message: …}, with a word that says what happens."));
        assertThat(findings("{type: DROP, message: Gone for ever.}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "Yes", "ok", "no", "4.2"})
    void aWordThatIsTypedByHabitIsNone(String word) {
        assertThat(findings("{type: " + word + ", message: Gone for ever.}"))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.message()).startsWith("\"" + word + "\" is typed without reading."));
    }

    @Test
    void aRunThatBeganWithoutSuchAWordIsNotKeptFromItsEnd() {
        Source source = Source.of("test.yaml", runbook("Gone for ever."));

        assertThat(new Linter().read(source).value()).isEmpty();
        assertThat(new Linter().readBegun(source).value()).isPresent();
    }

    @Test
    void aTimeLimitDoesNotGoWithWhatIsUnsafeToCutOff() {
        String text = runbook("{type: DROP, message: Gone for ever.}")
                .replace(
                        "    retry: 2\n", "    retry: 2\n    timeout: 5m\n    unsafe-to-cut-off: half of it is lost\n");

        assertThat(new Linter().read(Source.of("test.yaml", text)).diagnostics())
                .extracting(Diagnostic::rule)
                .containsExactly("cut-off-backup");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failover", "failback"})
    void everyRestoreOfTheShippedRunbooksSaysWhatItCostsToCutItOff(String name) throws IOException {
        Path file = Path.of("runbooks").resolve(name + ".yaml");
        Runbook runbook = new RunbookReader()
                .read(Source.of(file.getFileName().toString(), Files.readString(file)))
                .value()
                .orElseThrow();
        List<Task> restores = runbook.steps().stream()
                .flatMap(GateWordsTest::tasks)
                .filter(GateWordsTest::restores)
                .toList();

        assertThat(restores).hasSizeGreaterThan(1);
        assertThat(restores)
                .allSatisfy(task -> assertThat(task.unsafeToCutOff())
                        .as(task.action().toString())
                        .isPresent());
    }

    private static Stream<Task> tasks(Step step) {
        Stream<Task> back = step.rollback()
                .filter(Step.Rollback.Actions.class::isInstance)
                .map(actions ->
                        ((Step.Rollback.Actions) actions).entries().stream().map(Step.Rollback.Entry::task))
                .orElseGet(Stream::empty);
        return Stream.concat(Stream.of(step.task()), back);
    }

    private static boolean restores(Task task) {
        return task.action()
                .filter(Task.Action.Sql.class::isInstance)
                .map(action -> ((Task.Action.Sql) action).sql().raw())
                .filter(sql -> sql.stripLeading().startsWith("RESTORE "))
                .isPresent();
    }
}
