package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.language.Runbook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped runbooks with random damage: every mistake has a place in the file and is told in words, never by an exception. */
class DamagedRunbookTest {
    private static final int CASES = Integer.getInteger("damage.cases", 300);
    private static final String CHARACTERS = "{}[]:,#&*!|>'\"%@`-?\t\n\r \u0000\u00a0\u200b–{{}}aZ0é雪\\";

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"failover", "failback"})
    void isToldInWordsAtAPlace(String name) throws IOException {
        String whole = Files.readString(Path.of("runbooks", name + ".yaml"));
        Random random = new Random(20261121);
        Linter linter = new Linter();
        for (int i = 0; i < CASES; i++) {
            String damaged = whole;
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                damaged = damage(damaged, random);
            }
            Source source = Source.of("damaged.yaml", damaged);
            Checked<Runbook> checked = linter.read(source);
            for (Diagnostic diagnostic : checked.diagnostics()) {
                assertThat(diagnostic.message()).as("case " + i).doesNotContain("Exception", "org.yaml", "java.");
                assertThat(diagnostic.span().start().line())
                        .as("case " + i + ": " + diagnostic.message())
                        .isBetween(1, source.lines().size() + 1);
                assertThat(diagnostic.span().start().column()).as("case " + i).isPositive();
            }
            assertThat(checked.value().isPresent() || checked.hasErrors())
                    .as("case " + i + " is read, or says why not")
                    .isTrue();
        }
    }

    private static String damage(String text, Random random) {
        int at = random.nextInt(text.length());
        int to = Math.min(text.length(), at + 1 + random.nextInt(40));
        char character = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
        return switch (random.nextInt(6)) {
            case 0 -> text.substring(0, at) + text.substring(to);
            case 1 -> text.substring(0, at) + character + text.substring(at);
            case 2 -> text.substring(0, at) + character + text.substring(at + 1);
            case 3 -> text.substring(0, to) + text.substring(at);
            case 4 -> swapLines(text, random);
            default -> text.substring(0, at);
        };
    }

    private static String swapLines(String text, Random random) {
        String[] lines = text.split("\n", -1);
        int one = random.nextInt(lines.length);
        int other = random.nextInt(lines.length);
        String kept = lines[one];
        lines[one] = lines[other];
        lines[other] = kept;
        return String.join("\n", lines);
    }
}
