package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.language.Runbook;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Rules;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run keeps the rules that it began with. */
class BegunRunbookTest {
    static Stream<Rule> rules() {
        return Rules.all().stream().filter(rule -> rule.about().severity() == Diagnostic.Severity.ERROR);
    }

    static Stream<Rule> switchable() {
        return rules().filter(rule -> rule.about().switchable());
    }

    static Stream<Rule> unconditional() {
        return rules().filter(rule -> !rule.about().switchable())
                .filter(rule -> !rule.id().equals("code-in-parameter"));
    }

    @ParameterizedTest
    @MethodSource("switchable")
    void whatBreaksARuleOfTodayIsAWarningForARunThatHasBegun(Rule rule) {
        Source source = Source.of("a.yaml", rule.about().bad().runbook());
        Checked<Runbook> begun = new Linter().readBegun(source);

        assertThat(new Linter().read(source).value()).isEmpty();
        assertThat(begun.value()).isPresent();
        assertThat(begun.diagnostics())
                .filteredOn(finding -> finding.rule().equals(rule.id()))
                .isNotEmpty()
                .allMatch(finding -> finding.severity() == Diagnostic.Severity.WARNING);
    }

    @ParameterizedTest
    @MethodSource("unconditional")
    void whatNoRunCouldDoAnythingWithStopsItStill(Rule rule) {
        Source source = Source.of("a.yaml", rule.about().bad().runbook());

        assertThat(new Linter().readBegun(source).value()).isEmpty();
    }
}
