package dev.runbook.rule.text;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Position;
import dev.runbook.diagnostic.Severity;
import dev.runbook.diagnostic.Span;
import dev.runbook.model.Runbook;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import java.util.List;
import java.util.stream.IntStream;

/** A line that nobody can read without scrolling. */
public final class LongLine implements Rule {
    private static final int LONGEST = 160;
    private static final About ABOUT = About.hint("long-line", "A line is longer than " + LONGEST + " characters.")
            .because("It is cut on the screen of whoever reads it at night, and in every review.")
            .bad("""
                    steps:
                      - step: 1
                        title: See that data centre 1 is lost
                        confirm: Is the primary database down, and its mirror, and are the front end servers and the Persistent Chat servers of data centre 1 down too, and will they stay down?
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: See that data centre 1 is lost
                        confirm: |
                          Is the primary database down, and its mirror?
                          Are the front end servers and the Persistent Chat servers of data centre 1 down too, and will they stay down?
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return IntStream.rangeClosed(1, runbook.source().lines().size())
                .filter(line -> runbook.source().line(line).length() > LONGEST)
                .mapToObj(line -> finding(runbook, line))
                .toList();
    }

    private Diagnostic finding(Runbook runbook, int line) {
        int length = runbook.source().line(line).length();
        Span rest = new Span(new Position(line, LONGEST + 1), new Position(line, length + 1));
        return new Diagnostic(
                runbook.source(),
                rest,
                Severity.HINT,
                id(),
                "This line has " + length + " characters. Break it before " + (LONGEST + 1)
                        + ": T-SQL and texts may go on in the next line behind |.");
    }
}
