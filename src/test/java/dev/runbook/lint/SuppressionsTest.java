package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Position;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every word {@code odd} of these documents is a warning of the rule {@code odd}, every {@code bad} and {@code poor} an error of the
 * rule of that name. The rule bad cannot be switched off.
 */
class SuppressionsTest {
    private static final Map<String, Boolean> RULES = Map.of("odd", true, "even", true, "bad", false, "poor", true);

    private static final String STEPS = """
        runbook: x
        steps:
          %s
          - step: 1
            title: odd  %s
            sql: |  %s
              SELECT odd
              FROM odd
            advice: odd
          - step: 2
            title: odd
        """;

    @Test
    void behindAValueItIsForTheLine() {
        String text = STEPS.formatted("", "# runbook-lint: disable=odd -- known", "");

        assertThat(left(text)).containsExactly("7 odd", "8 odd", "9 odd", "11 odd");
    }

    @Test
    void behindTheHeadOfABlockItIsForTheBlock() {
        String text = STEPS.formatted("", "", "# runbook-lint: disable=odd -- known");

        assertThat(left(text)).containsExactly("5 odd", "9 odd", "11 odd");
    }

    @Test
    void aboveAStepItIsForTheStep() {
        String text = STEPS.formatted("# runbook-lint: disable=odd -- known\n\n  # another comment", "", "");

        assertThat(left(text)).containsExactly("13 odd");
    }

    @Test
    void aboveTheFirstKeyItIsForTheFile() {
        String text = "# runbook-lint: disable=odd -- known\n# about this file\n" + STEPS.formatted("", "", "");

        assertThat(left(text)).isEmpty();
    }

    @Test
    void aboveASectionItIsForTheSection() {
        String text = STEPS.formatted("", "", "")
                .replace("runbook: x", "runbook: x\ntitle: odd")
                .replace("steps:", "# runbook-lint: disable=odd -- known\nsteps:");

        assertThat(left(text)).containsExactly("2 odd");
    }

    @Test
    void aboveTheFirstEntryOfASectionItIsForThatEntryAlone() {
        String text =
                "runbook: x\nfacts:\n  # runbook-lint: disable=odd -- known\n  a:\n    sql: odd\n  b:\n    sql: odd\n";

        assertThat(left(text)).containsExactly("7 odd");
    }

    @Test
    void namesSeveralRules() {
        String text = "# runbook-lint: disable=odd, even -- both are known\na: odd\nb: even\n";

        assertThat(left(text)).isEmpty();
    }

    @Test
    void insideATextItIsNoComment() {
        assertThat(left("a: |\n  # runbook-lint: disable=odd -- known\n  odd\n"))
                .containsExactly("3 odd");
        assertThat(left("a: 'x # runbook-lint: disable=odd -- known odd'\n")).containsExactly("1 odd");
        assertThat(left("a: 'x\n  # runbook-lint: disable=odd -- known\n  odd'\n"))
                .containsExactly("3 odd");
    }

    @Test
    void behindABlockItIsAComment() {
        assertThat(left("a:\n  b: |\n    odd\n  # runbook-lint: disable=odd -- known\n  c: odd\n"))
                .containsExactly("3 odd");
    }

    @Test
    void withoutAReasonItIsAWarning() {
        assertThat(left("a: odd # runbook-lint: disable=odd\n")).containsExactly("1 suppression-without-reason");
        assertThat(left("a: odd # runbook-lint: disable=odd --  \n")).containsExactly("1 suppression-without-reason");
    }

    @Test
    void unusedItIsAWarning() {
        assertThat(left("a: fine # runbook-lint: disable=odd -- known\n")).containsExactly("1 unused-suppression");
        assertThat(left("a: odd # runbook-lint: disable=odd, even -- known\n")).containsExactly("1 unused-suppression");
        assertThat(left("a: odd\n# runbook-lint: disable=odd -- known\n"))
                .containsExactly("1 odd", "2 unused-suppression");
    }

    @Test
    void theWarningStandsUnderTheRuleThatIsUnused() {
        String text = "a: odd # runbook-lint: disable=odd, even -- known";
        Source source = Source.of("f.yaml", text);

        assertThat(Suppressions.in(source).apply(findings(source), RULES).left())
                .singleElement()
                .satisfies(finding -> assertThat(text.substring(
                                finding.span().start().column() - 1,
                                finding.span().end().column() - 1))
                        .isEqualTo("even"));
    }

    @Test
    void aRuleThatThereIsNotIsAWarningWithASuggestion() {
        Source source = Source.of("f.yaml", "a: odd # runbook-lint: disable=oddd -- known\n");

        assertThat(Suppressions.in(source).apply(findings(source), RULES).left())
                .extracting(Diagnostic::message)
                .containsExactlyInAnyOrder("odd", "There is no rule \"oddd\". Did you mean \"odd\"?");
    }

    @Test
    void whatIsNotUnderstoodIsAWarning() {
        assertThat(left("a: odd # runbook-lint: ignore odd\n")).containsExactly("1 odd", "1 suppression");
        assertThat(left("a: odd # runbook-lint: disable=odd because\n")).containsExactly("1 odd", "1 suppression");
    }

    @Test
    void anErrorOfJudgementIsLeftOutForALineAStepAndAFile() {
        String comment = "# runbook-lint: disable=poor -- known\n";

        assertThat(left("a: poor " + comment + "b: poor\n")).containsExactly("2 poor");
        assertThat(left("a: poor\nsteps:\n  " + comment + "  - step: 1\n    title: poor\n  - step: poor\n"))
                .containsExactly("1 poor", "6 poor");
        assertThat(left(comment + "a: poor\nb: poor\n")).isEmpty();
        assertThat(left("a: fine " + comment)).containsExactly("1 unused-suppression");
    }

    @Test
    void anErrorIsNotLeftOutWithoutAReason() {
        assertThat(left("a: poor # runbook-lint: disable=poor\n"))
                .containsExactly("1 poor", "1 suppression-without-reason");
    }

    @Test
    void anErrorThatStopsEveryRunStays() {
        assertThat(left("a: bad # runbook-lint: disable=bad -- known\n")).containsExactly("1 bad", "1 suppression");
    }

    @Test
    void inAFileThatIsNotYamlNothingIsSuppressed() {
        assertThat(left("a: [odd # runbook-lint: disable=odd -- known\n")).containsExactly("1 odd");
    }

    private static List<String> left(String text) {
        Source source = Source.of("f.yaml", text);
        return Suppressions.in(source).apply(findings(source), RULES).left().stream()
                .sorted(Diagnostic.BY_PLACE)
                .map(finding -> finding.span().start().line() + " " + finding.rule())
                .toList();
    }

    private static List<Diagnostic> findings(Source source) {
        List<Diagnostic> findings = new ArrayList<>();
        for (int line = 1; line <= source.lines().size(); line++) {
            for (String rule : List.of("odd", "even", "bad", "poor")) {
                // what is written in the comment itself is none
                String written = source.line(line).replaceAll("disable=.*--", "");
                if (written.matches(".*\\b" + rule + "\\b.*")
                        && !source.line(line).strip().startsWith("#")) {
                    Diagnostic.Severity severity = List.of("bad", "poor").contains(rule)
                            ? Diagnostic.Severity.ERROR
                            : Diagnostic.Severity.WARNING;
                    findings.add(new Diagnostic(source, Span.at(new Position(line, 1)), severity, rule, rule));
                }
            }
        }
        return findings;
    }
}
