package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.language.Runbook;
import dev.runbook.report.DiagnosticText;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Rules;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds what is said about each rule against the rule. */
class RuleExamplesTest {
    private static final Linter LINTER = new Linter();

    @ParameterizedTest
    @MethodSource("rules")
    void findsTheBadExampleAndNothingElseInIt(Rule rule) {
        List<Diagnostic> findings = findings(rule.about().bad());
        assertThat(findings).as(DiagnosticText.of(findings)).isNotEmpty();
        assertThat(findings)
                .as(DiagnosticText.of(findings))
                .allMatch(finding -> finding.rule().equals(rule.id()));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void findsTheBadExampleAsSevereAsItSays(Rule rule) {
        assertThat(findings(rule.about().bad()))
                .extracting(Diagnostic::severity)
                .contains(rule.about().severity());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void findsNothingInTheGoodExample(Rule rule) {
        assertThat(DiagnosticText.of(findings(rule.about().good()))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void marksAPartOfTheExampleItself(Rule rule) {
        long lines = rule.about().bad().text().lines().count();
        assertThat(findings(rule.about().bad()))
                .allMatch(finding -> finding.span().start().line() <= lines);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void saysInWholeSentencesWhatAndWhy(Rule rule) {
        assertThat(rule.about().summary()).endsWith(".").hasSizeLessThan(140);
        assertThat(rule.about().why()).endsWith(".").hasSizeBetween(40, 500);
        assertThat(rule.about().severity()).isIn((Object[]) Diagnostic.Severity.values());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void canBeSwitchedOffWithAReasonAsItSays(Rule rule) {
        String comment = "# runbook-lint: disable=" + rule.id() + " -- known\n";
        Checked<Runbook> read = LINTER.read(
                Source.of("runbook.yaml", comment + rule.about().bad().runbook()));
        boolean stays = rule.about().severity() == Diagnostic.Severity.ERROR
                && !rule.about().switchable();

        assertThat(read.value().isEmpty())
                .as(DiagnosticText.of(read.diagnostics()))
                .isEqualTo(stays);
        assertThat(read.diagnostics().isEmpty()).isEqualTo(!stays);
    }

    static List<Rule> rules() {
        return Rules.all();
    }

    private static List<Diagnostic> findings(About.Example example) {
        return LINTER.read(Source.of("runbook.yaml", example.runbook())).diagnostics();
    }
}
