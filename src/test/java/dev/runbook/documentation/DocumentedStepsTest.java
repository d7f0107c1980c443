package dev.runbook.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Checked;
import dev.runbook.base.Source;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.RunbookReader;
import dev.runbook.language.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds what the documented procedures ask for against what the runbooks say that they carry out. */
class DocumentedStepsTest {
    @ParameterizedTest
    @ValueSource(strings = {"failover", "failback"})
    void carriesOutEveryDocumentedSubStepInTheDocumentedOrderAndInventsNone(String name) throws IOException {
        assertThat(carriedOut(runbook(name))).isEqualTo(Page.of(name).numbers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"failover", "failback"})
    void namesThePageThatItFollows(String name) throws IOException {
        assertThat(runbook(name).pages())
                .extracting(Runbook.Page::title)
                .contains(Page.of(name).title());
    }

    @ParameterizedTest
    @ValueSource(strings = {"failover", "failback"})
    void saysOfEveryStepThatIsNotDocumentedWhyItIsThere(String name) throws IOException {
        assertThat(runbook(name).steps())
                .filteredOn(step -> step.documents().isEmpty())
                .allSatisfy(step ->
                        assertThat(step.description()).as(step.id().text()).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"failover", "failback"})
    void givesAStepTheNumberOfWhatItCarriesOut(String name) throws IOException {
        assertThat(runbook(name).steps())
                .filteredOn(step -> !step.documents().isEmpty())
                .allSatisfy(step -> assertThat(step.documents())
                        .as(step.id().text())
                        .allSatisfy(number -> assertThat(number.text()).startsWith(pageNumber(step))));
    }

    /** What stands before the first hyphen: step 5-seed carries out a part of 5. */
    private static String pageNumber(Step step) {
        return step.id().text().split("-")[0];
    }

    /** The numbers in the order of the steps; several steps in a row may carry out parts of one number. */
    private static List<String> carriedOut(Runbook runbook) {
        List<String> numbers = new ArrayList<>();
        runbook.steps().stream()
                .flatMap(step -> step.documents().stream())
                .map(Name::text)
                .filter(number ->
                        numbers.isEmpty() || !numbers.get(numbers.size() - 1).equals(number))
                .forEach(numbers::add);
        return numbers;
    }

    private static Runbook runbook(String name) throws IOException {
        Path file = Path.of("runbooks", name + ".yaml");
        Checked<Runbook> checked = new RunbookReader().read(Source.of(file.toString(), Files.readString(file)));
        assertThat(checked.diagnostics()).isEmpty();
        return checked.value().orElseThrow();
    }

    /** A page of the procedure: its title, and the numbers of what it asks for. */
    private record Page(String title, List<String> numbers) {
        static Page of(String name) throws IOException {
            List<String> lines = Files.readAllLines(Path.of("src/test/resources/documented", name + ".txt")).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            assertThat(lines.get(0)).startsWith("page: ");
            return new Page(
                    lines.get(0).substring("page: ".length()),
                    lines.stream().skip(1).map(line -> line.split(" ")[0]).toList());
        }
    }
}
