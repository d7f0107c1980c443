package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.language.Runbook;
import dev.runbook.yaml.SourceReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsLinterTest {
    private static final Runbook RUNBOOK =
            new Linter().read(Source.of("tiny.yaml", """
                    runbook: tiny
                    title: Small
                    variables:
                      pool: {type: fqdn, description: the pool, example: a.example.com}
                    steps:
                      - step: 1.1
                        title: Ask
                        confirm: {message: 'Go on with {{pool}}?', type: GO}
                      - step: 1.2
                        title: Ask again
                        confirm: Sure?
                        advice: {4305: Find the file., other: See the error.}
                    """)).value().orElseThrow();

    @Test
    void textsChangeWhatPeopleReadAndNothingElse() {
        Runbook said = read("""
                texts-of: tiny
                title: Klein
                steps:
                  1.1: {title: Fragen, confirm: 'Weiter mit {{pool}}?'}
                  1.2: {advice: {4305: Datei suchen.}}
                """).value().orElseThrow();

        assertThat(said.title().raw()).isEqualTo("Klein");
        assertThat(said.step("1.1").orElseThrow().title().raw()).isEqualTo("Fragen");
        assertThat(said.step("1.1").orElseThrow().confirm().orElseThrow().type())
                .isEqualTo(RUNBOOK.step("1.1")
                        .orElseThrow()
                        .confirm()
                        .orElseThrow()
                        .type());
        assertThat(said.step("1.2").orElseThrow().title().raw()).isEqualTo("Ask again");
        assertThat(said.step("1.2")
                        .orElseThrow()
                        .advice()
                        .on("4305", true)
                        .orElseThrow()
                        .raw())
                .isEqualTo("Datei suchen.");
        assertThat(said.step("1.2")
                        .orElseThrow()
                        .advice()
                        .on("1", true)
                        .orElseThrow()
                        .raw())
                .isEqualTo("See the error.");
        assertThat(said.step("1.1").orElseThrow().task())
                .isEqualTo(RUNBOOK.step("1.1").orElseThrow().task());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1: {title: a}                | 3 | The runbook has no step 1.",
                "1.11: {title: a}             | 3 | Did you mean \"1.1\"?",
                "1.1: {titel: a}              | 3 | Did you mean \"title\"?",
                "1.1: {confirm: {type: JA}}   | 3 | confirm",
                "1.1: {title: 'a {{pol}}'}    | 3 | Did you mean \"pool\"?",
                "1.1: {title: 'a {{{pool}}}'} | 3 | escaping is refused",
                "1.2: {advice: {4306: a}}     | 3 | has no advice for 4306",
                "1.1: {sql: DROP TABLE x}     | 3 | sql",
            })
    void whatDoesNotBelongIsToldWithItsPlace(String step, int line, String message) {
        List<Diagnostic> found =
                read("texts-of: tiny\nsteps:\n  " + step + "\n").diagnostics();

        assertThat(found).anySatisfy(finding -> {
            assertThat(finding.source().name()).isEqualTo("tiny.de.yaml");
            assertThat(finding.span().start().line()).isEqualTo(line);
            assertThat(finding.message()).contains(message);
        });
        assertThat(read("texts-of: tiny\nsteps:\n  " + step + "\n").value()).isEmpty();
    }

    @Test
    void textsOfAnotherRunbookAreRefused() {
        assertThat(read("texts-of: other\ntitle: a\n").diagnostics())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("\"tiny\""));
    }

    @Test
    void theShippedTextsFitTheirRunbookAndNameEveryStep() {
        Runbook failover = new Linter()
                .read(SourceReader.read(Path.of("runbooks/failover.yaml"))
                        .value()
                        .orElseThrow())
                .value()
                .orElseThrow();
        Source texts = SourceReader.read(Path.of("runbooks/failover.zh-TW.yaml"))
                .value()
                .orElseThrow();

        Checked<Runbook> said = new TextsLinter().read(texts, failover);

        assertThat(said.diagnostics()).isEmpty();
        assertThat(said.value().orElseThrow().steps()).allSatisfy(step -> {
            assertThat(step.title().origin().source()).isEqualTo(texts);
            step.description()
                    .ifPresent(text -> assertThat(text.origin().source()).isEqualTo(texts));
            step.confirm()
                    .ifPresent(asked ->
                            assertThat(asked.message().origin().source()).isEqualTo(texts));
        });
    }

    private static Checked<Runbook> read(String texts) {
        return new TextsLinter().read(Source.of("tiny.de.yaml", texts), RUNBOOK);
    }
}
