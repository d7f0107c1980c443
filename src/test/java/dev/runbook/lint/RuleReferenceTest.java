package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.golden.GoldenFolder;
import dev.runbook.rule.Rules;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RuleReferenceTest {
    private static final Path PAGE = Path.of("docs/rules.md");

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
}
