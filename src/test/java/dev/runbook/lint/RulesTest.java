package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.rule.Rule;
import dev.runbook.rule.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulesTest {
    @Test
    void everyRuleHasAnIdOfItsOwnInKebabCase() {
        assertThat(Rules.all())
                .extracting(Rule::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    void everyRuleOfTheChildPackagesIsInTheList() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/runbook/rule"), 2)) {
            assertThat(files.filter(file ->
                                    file.getNameCount() == 8 && file.toString().endsWith(".java"))
                            .map(file -> file.getFileName().toString().replace(".java", ""))
                            .filter(name -> !name.equals("package-info")))
                    .containsExactlyInAnyOrderElementsOf(Rules.all().stream()
                            .map(rule -> rule.getClass().getSimpleName())
                            .toList());
        }
    }
}
