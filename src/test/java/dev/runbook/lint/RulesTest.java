package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Rules;
import java.nio.file.Path;
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
    void everyRuleThatIsWrittenIsInTheList() {
        assertThat(new ClassFileImporter()
                        .importPath(Path.of("target/classes/dev/runbook/rule")).stream()
                                .filter(type -> type.isAssignableTo(Rule.class)
                                        && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                                .map(JavaClass::getName))
                .containsExactlyInAnyOrderElementsOf(Rules.all().stream()
                        .map(rule -> rule.getClass().getName())
                        .toList());
    }
}
