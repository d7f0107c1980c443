package dev.runbook.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Checked;
import dev.runbook.base.Source;
import dev.runbook.rehearsal.cmdlet.Desk;
import dev.runbook.rehearsal.shell.Cmdlet;
import dev.runbook.report.DiagnosticText;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CmdletReferenceTest {
    private static final CmdletReference SHIPPED = CmdletReference.shipped();

    @ParameterizedTest
    @ValueSource(strings = {"Get-CsPool", "get-cspool", "SkypeForBusiness\\Get-CsPool"})
    void findsACmdletInAnyCaseAndWithItsModule(String written) {
        assertThat(SHIPPED.find(written)).map(KnownCmdlet::name).contains("Get-CsPool");
    }

    @Test
    void knowsWhatThereIsNot() {
        assertThat(SHIPPED.find("Get-CsPersistentChatActiveServer")
                        .orElseThrow()
                        .instead())
                .isPresent();
        assertThat(SHIPPED.names()).contains("Get-CsService").doesNotContain("Get-CsPersistentChatActiveServer");
    }

    @Test
    void knowsThatTheProductsDiffer() {
        KnownCmdlet.ParameterType type = SHIPPED.find("Get-CsDatabaseMirrorState")
                .flatMap(cmdlet -> cmdlet.parameter("databasetype"))
                .orElseThrow()
                .type();
        assertThat(type.words(Optional.of("SkypeForBusiness"))).contains("PersistentChat");
        assertThat(type.words(Optional.of("Lync"))).contains("CMS").doesNotContain("PersistentChat");
        assertThat(type.words(Optional.empty())).contains("CMS", "PersistentChat");
    }

    @ParameterizedTest
    @MethodSource("cmdlets")
    void speaksOnlyOfParametersThatItNames(String name) {
        KnownCmdlet cmdlet = SHIPPED.find(name).orElseThrow();
        assertThat(cmdlet.required().stream().flatMap(List::stream)).allMatch(has(cmdlet));
        assertThat(cmdlet.avoid().keySet()).allMatch(has(cmdlet));
        assertThat(cmdlet.asks().stream().map(KnownCmdlet.Question::answer)).allMatch(has(cmdlet));
    }

    @Test
    void knowsEverythingThatARehearsalUnderstands() {
        for (Cmdlet simulated : new Desk().modules().get(0).cmdlets()) {
            KnownCmdlet known = SHIPPED.find(simulated.name()).orElseThrow();
            assertThat(simulated.parameters().stream().map(Cmdlet.Parameter::name))
                    .as(simulated.name())
                    .allMatch(has(known));
        }
    }

    @Test
    void aFileOfTheUserAddsAndWins() {
        CmdletReference own = read("""
            Send-Mail: {parameters: {To: list}, required: [[To]]}
            Get-CsPool: {parameters: {Identity: text, Colour: [red, blue]}}
            """).value().orElseThrow();

        CmdletReference all = SHIPPED.and(own);

        assertThat(all.find("Send-Mail").orElseThrow().required()).containsExactly(List.of("To"));
        assertThat(all.find("Get-CsPool").orElseThrow().parameter("Colour")).isPresent();
        assertThat(all.find("Get-CsTopology")).isPresent();
    }

    @Test
    void saysEverythingThatIsWrongWithAFileOfTheUser() {
        Checked<CmdletReference> read = read("""
            Send-Mail:
              parameter: {To: list}
              parameters: {To: lists}
              asks: {when: To}
            Get-It: [a]
            """);

        assertThat(read.value()).isEmpty();
        assertThat(DiagnosticText.of(read.diagnostics()))
                .contains("own.yaml:2:3: There is no key \"parameter\" here. Did you mean \"parameters\"?")
                .contains("own.yaml:3:20: A type is one of")
                .contains("Did you mean \"list\"?")
                .contains("own.yaml:4:9: \"asks\" needs an \"answer\"")
                .contains("own.yaml:5:9: Here stands a map. Found a list.");
    }

    static List<String> cmdlets() {
        return SHIPPED.names();
    }

    private static Predicate<String> has(KnownCmdlet cmdlet) {
        return name -> cmdlet.parameter(name).isPresent();
    }

    private static Checked<CmdletReference> read(String text) {
        return CmdletReference.read(Source.of("own.yaml", text));
    }
}
