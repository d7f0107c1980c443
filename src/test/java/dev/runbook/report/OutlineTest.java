package dev.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Source;
import dev.runbook.language.Runbook;
import dev.runbook.lint.Linter;
import org.junit.jupiter.api.Test;

class OutlineTest {
    @Test
    void aTitleHasTheValuesOfTheMomentAtWhichItIsRead() {
        Runbook runbook = new Linter().read(Source.of("one.yaml", """
                        runbook: one
                        variables: {server: {type: text, description: a server, example: a}}
                        steps: [{step: 1, title: 'Look at {{server}}', confirm: Done}]
                        """)).value().orElseThrow();
        String[] server = {"sqla"};
        Outline outline = Outline.of(runbook, text -> text.raw().replace("{{server}}", server[0]));
        assertThat(outline.named("1")).isEqualTo("1, Look at sqla");

        server[0] = "sqlb";
        assertThat(outline.named("1")).isEqualTo("1, Look at sqlb");
    }
}
