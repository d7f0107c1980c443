package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Position;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselineTest {
    private static final String TEXT = "a: {{x}}\nb: {{y}}\na: {{x}}\n";

    @Test
    void knowsWhatItHasWritten() {
        List<Diagnostic> findings = findings(TEXT);

        Baseline known = Baseline.parse(lines(findings));

        assertThat(findings).hasSize(3);
        assertThat(known.newAmong(findings)).isEmpty();
        assertThat(known.goneFrom(findings)).isZero();
    }

    @Test
    void knowsAFindingAlsoWhenItsLineHasMoved() {
        Baseline known = Baseline.parse(lines(findings(TEXT)));

        assertThat(known.newAmong(findings("# new\n\n  " + TEXT))).isEmpty();
    }

    @Test
    void doesNotKnowAnEqualFindingTooMany() {
        Baseline known = Baseline.parse(lines(findings(TEXT)));

        assertThat(known.newAmong(findings(TEXT + "a: {{x}}\n")))
                .singleElement()
                .satisfies(fresh -> assertThat(fresh.span().start().line()).isEqualTo(4));
    }

    @Test
    void doesNotKnowAFindingOfALineThatWasEdited() {
        Baseline known = Baseline.parse(lines(findings(TEXT)));
        List<Diagnostic> later = findings(TEXT.replace("{{y}}", "{{z}}"));

        assertThat(known.newAmong(later)).hasSize(1);
        assertThat(known.goneFrom(later)).isEqualTo(1);
    }

    @Test
    void isOneLineForEachFindingForReviews() {
        assertThat(lines(findings(TEXT)).stream().filter(line -> !line.startsWith("#")))
                .hasSize(3)
                .allMatch(line -> line.matches("[0-9a-f]{32}  odd  f\\.yaml"));
    }

    private static List<String> lines(List<Diagnostic> findings) {
        return Baseline.text(findings).lines().toList();
    }

    /** A finding at each tag. */
    private static List<Diagnostic> findings(String text) {
        Source source = Source.of("f.yaml", text);
        List<Diagnostic> findings = new ArrayList<>();
        for (int line = 1; line <= source.lines().size(); line++) {
            int tag = source.line(line).indexOf("{{");
            if (tag >= 0) {
                Position start = new Position(line, tag + 1);
                findings.add(new Diagnostic(
                        source, new Span(start, start.right(5)), Diagnostic.Severity.ERROR, "odd", "odd"));
            }
        }
        return findings;
    }
}
