package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Rules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OtherFindingsTest {
    @Test
    void whateverIsFoundInTheExamplesOfMistakesCanBeExplained() throws IOException {
        Linter linter = new Linter();
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/golden/diagnostics"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                Source source = Source.of("x", new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                linter.read(source).diagnostics().stream().map(Diagnostic::rule).forEach(found::add);
            }
        }

        assertThat(found).hasSizeGreaterThan(20);
        assertThat(known()).containsAll(found);
    }

    @Test
    void everyIdIsThereOnce() {
        assertThat(Stream.concat(
                        Rules.all().stream().map(Rule::id),
                        RuleReference.OtherFindings.all().stream().map(About::id)))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z]+(-[a-z]+)*"));
    }

    private static Set<String> known() {
        return Stream.concat(
                        Rules.all().stream().map(Rule::id),
                        RuleReference.OtherFindings.all().stream().map(About::id))
                .collect(Collectors.toSet());
    }
}
