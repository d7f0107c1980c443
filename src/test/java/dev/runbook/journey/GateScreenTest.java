package dev.runbook.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.event.Ending;
import dev.runbook.golden.GoldenFolder;
import dev.runbook.report.Columns;
import dev.runbook.terminal.PrintedQuestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the point of no return of the failover stands on a narrow and on a wide terminal. */
@Timeout(180)
class GateScreenTest {
    private static final Path FAILOVER = Path.of("runbooks/failover.yaml");
    private static final String STEP = "4.2";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"80x24", "120x40"})
    void thePointOfNoReturnFitsAndLeavesNothingOut(String size) throws IOException {
        String[] sides = size.split("x", 2);
        int columns = Integer.parseInt(sides[0]);

        List<String> screen = new PrintedQuestion(gate(), columns)
                .text()
                .lines()
                .map(String::stripTrailing)
                .toList();

        assertThat(screen).hasSizeLessThanOrEqualTo(Integer.parseInt(sides[1]));
        assertThat(screen).allSatisfy(line -> assertThat(Columns.of(line)).isLessThanOrEqualTo(columns));
        GoldenFolder.verify(
                Path.of("src/test/resources/golden/gate", size + ".txt"),
                String.join("\n", screen).strip() + "\n");
    }

    @Test
    void theNarrowScreenSaysNoWordLessThanTheWideOne() throws IOException {
        Question gate = gate();

        assertThat(words(new PrintedQuestion(gate, 80).text())).isEqualTo(words(new PrintedQuestion(gate, 120).text()));
    }

    private static List<String> words(String screen) {
        return Stream.of(screen.replace("\u2500", " ").strip().split("\\s+"))
                .sorted()
                .toList();
    }

    /** What the run asks there, in the rehearsal of the whole failover. */
    private Question gate() throws IOException {
        AtomicReference<Question> asked = new AtomicReference<>();
        try (Rig rig = new Rig(folder, "dc1-lost")) {
            Operator yes = rig.person;
            rig.person = question -> {
                if (question.subject().equals(STEP)) {
                    asked.set(question);
                    return new Reply.Answered(Question.NO, "", "jdoe");
                }
                return yes.ask(question);
            };
            assertThat(rig.run(FAILOVER, rig.file("journal.jsonl"))).isEqualTo(Ending.DECLINED);
        }
        return asked.get();
    }
}
