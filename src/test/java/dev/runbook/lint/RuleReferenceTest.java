package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.golden.GoldenFolder;
import dev.runbook.rule.Rules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleReferenceTest {
    private static final Path PAGE = Path.of("docs/rules.md");
    private static final List<LintReport.KnownRule> RULES = RuleReference.rules(Optional.empty());

    private final RuleReference reference = new RuleReference(new Linter());

    @Test
    void thePageIsWhatTheRulesSay() throws IOException {
        GoldenFolder.verify(PAGE, reference.page(Rules.all()));
    }

    @Test
    void everyRuleCanBeExplainedInATerminal() {
        assertThat(Rules.all())
                .allSatisfy(rule -> assertThat(reference.text(rule))
                        .startsWith(rule.id() + " (")
                        .contains("Wrong:", "[" + rule.id() + "]", "Right:"));
    }

    @Test
    void everyRuleSaysWhatItIsAbout() {
        assertThat(RULES).hasSizeGreaterThan(40).allSatisfy(rule -> {
            assertThat(rule.summary()).endsWith(".");
            assertThat(rule.help()).contains(rule.summary().substring(0, 5));
            assertThat(rule.page()).isEqualTo(URI.create("urn:runbook:rule:" + rule.id()));
        });
    }

    @Test
    void everyRuleCanBeExplained() {
        assertThat(RuleReference.ids())
                .allSatisfy(id -> assertThat(RuleReference.explain(id))
                        .hasValueSatisfying(
                                text -> assertThat(text).startsWith(id + " (").endsWith("\n")));
    }

    @Test
    void sarifWithEveryRuleIsValidByTheOfficialSchema() throws IOException {
        Source source = Source.of("x.yaml", "runbook: x\nstep: y\n");
        LintReport report = new LintReport(
                "runbook 0.1.0",
                List.of("x.yaml"),
                new Linter().read(source).diagnostics(),
                List.of(),
                Diagnostic.Severity.ERROR,
                RULES,
                List.of());

        assertThat(report.findings()).isNotEmpty();
        assertThat(OfficialSchemas.mistakesOfSarif(Format.SARIF.render(report))).isEmpty();
    }
}
