package dev.runbook.terminal;

import dev.runbook.endpoint.Question;
import dev.runbook.report.Columns;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A question as a terminal of some width shows it. */
public record PrintedQuestion(Question question, int columns) {
    /** All that is printed before somebody answers. */
    public String text() {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        Keyboard keyboard = new Keyboard(
                new ByteArrayInputStream(new byte[0]), StandardCharsets.UTF_8, Clock.systemUTC(), notes -> {});
        try (keyboard) {
            new TerminalOperator(
                            keyboard,
                            new PrintStream(screen, true, StandardCharsets.UTF_8),
                            "jdoe",
                            Duration.ofMinutes(2),
                            new Screen(columns))
                    .ask(question);
        }
        return screen.toString(StandardCharsets.UTF_8);
    }

    private record Screen(int columns) implements TerminalOperator.Display {
        @Override
        public List<String> details(String step) {
            return List.of();
        }

        @Override
        public List<String> fitted(String line) {
            return Columns.wrapped(line, columns);
        }

        @Override
        public char rule() {
            return '\u2500';
        }
    }
}
