package dev.runbook.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the tests that {@code docs/security-model.md} names against the tests that there are. */
class SecurityPageTest {
    private static final Path PAGE = Path.of("docs/security-model.md");
    private static final Path TESTS = Path.of("src/test/java/dev/runbook");
    private static final Pattern NAMED = Pattern.compile("`((?:[a-z]+/)+[A-Z]\\w+)#(\\w+)`");
    private static final Pattern ATTACK = Pattern.compile("(?m)^\\| .+ \\| .*`[a-z/]+[A-Z]\\w+#\\w+`.* \\|$");

    static List<String> named() throws IOException {
        return NAMED.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("named")
    void aTestThatIsNamedIsThere(String named) throws IOException {
        String[] parts = named.replace("`", "").split("#");

        assertThat(TESTS.resolve(parts[0] + ".java")).content().containsPattern("(?m)^    void " + parts[1] + "\\(");
    }

    @Test
    void eachAttackThatWasFoundHasATest() throws IOException {
        assertThat(ATTACK.matcher(Files.readString(PAGE)).results()).hasSizeGreaterThanOrEqualTo(25);
    }
}
