package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixerTest {
    private static final String RUNBOOK = """
        runbook: x
        variables:
          sql: {type: sql-server, description: a server}
          pool: {type: text, description: a pool}
          shell: {type: powershell, description: a shell}
        facts:
          thing:
            server: sql
            sql: %s
        steps:
          - step: 1
            title: See
            require: thing
          - step: 2
            title: Do
            cmdlet: %s
            parameters: {Identity: %s}
            retry: 2
            rollback: {not-needed: nothing}
        """;
    private static final String SELECT = "SELECT name FROM sys.databases";

    private final Fixer fixer = new Fixer();

    private String fix(String text) {
        return fixer.fix("x.yaml", text).text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT ‘a’ AS b                      | SELECT 'a' AS b",
                "SELECT N‘it’ AS b, “c” FROM d        | SELECT N'it' AS b, \"c\" FROM d",
                "SELECT\u00A0name FROM\u200B sys.databases | SELECT name FROM sys.databases",
                "SELECT COUNT（name） AS n FROM ［a b］ | SELECT COUNT(name) AS n FROM [a b]",
                "SELECT a FROM b WHERE c > –1        | SELECT a FROM b WHERE c > -1",
                "'SELECT ‘a’ AS b'                    | 'SELECT ''a'' AS b'",
                "\"SELECT “a” AS b\"                  | \"SELECT \\\"a\\\" AS b\"",
                "'SELECT ‘{{pool}}’ AS b'             | 'SELECT ''{{pool}}'' AS b'",
            })
    void typographicCharactersOfSqlBecomeThoseThatWereTyped(String written, String meant) {
        String fixed = fix(RUNBOOK.formatted(written, "Set-CsX", "y"));

        assertThat(fixed).isEqualTo(RUNBOOK.formatted(meant, "Set-CsX", "y"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT N'it’s “here” – now' AS a",
                "SELECT [a–b] FROM c",
                "SELECT a FROM b /* – “x” */",
                "SELECT a – b FROM c",
                "SELECT a —— b",
                "SELECT ‘it's’ AS b",
                "\"SELECT \\u2018a\\u2019 AS b\"",
            })
    void whatMayBeMeantOrMayMeanTwoThingsStays(String sql) {
        String text = RUNBOOK.formatted(sql, "Set-CsX", "y");

        assertThat(fix(text)).isEqualTo(text);
    }

    @Test
    void onTheLinesOfABlockTheRestStaysAsItIs() {
        String block = "|  # why\n      SELECT name  -- don’t\n\n      FROM\u00A0sys.databases\n";

        assertThat(fix(RUNBOOK.formatted(block, "Set-CsX", "y")))
                .isEqualTo(RUNBOOK.formatted(block.replace('\u00A0', ' '), "Set-CsX", "y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Set–CsX", "Set—CsX", "Set‑CsX", "'Set–CsX'", "Set-Cs\u200BX"})
    void aDashOfACmdletIsADash(String cmdlet) {
        String fixed = fix(RUNBOOK.formatted(SELECT, cmdlet, "y"));

        assertThat(fixed.replace("'", "")).isEqualTo(RUNBOOK.formatted(SELECT, "Set-CsX", "y"));
    }

    @ParameterizedTest
    @CsvSource({
        "'service: {{pool}}', 'service:{{pool}}'",
        "service：{{pool}}, service:{{pool}}",
        "'Service:  atl.example.com', 'Service:atl.example.com'",
        "service:atl.example.com, service:atl.example.com",
        "'my service', 'my service'",
        "'no service: here', 'no service:here'",
    })
    void noBlankFollowsService(String written, String meant) {
        assertThat(fix(RUNBOOK.formatted(SELECT, "Set-CsX", "'" + written + "'")))
                .isEqualTo(RUNBOOK.formatted(SELECT, "Set-CsX", "'" + meant + "'"));
    }

    @Test
    void aTagGetsQuotes() {
        assertThat(fix(RUNBOOK.formatted(SELECT, "Set-CsX", "{{pool}}, Other: {{ pool }}")))
                .isEqualTo(RUNBOOK.formatted(SELECT, "Set-CsX", "'{{pool}}', Other: '{{ pool }}'"));
    }

    @ParameterizedTest
    @CsvSource({
        "{{pool}} is the pool  # a comment, '''{{pool}} is the pool''  # a comment'",
        "{{pool}}\\it's, '''{{pool}}\\it''''s'''",
    })
    void aTextThatBeginsWithATagGetsQuotes(String written, String meant) {
        String text = RUNBOOK.formatted(SELECT, "Set-CsX", "y").replace("title: Do", "title: %s");

        assertThat(fix(text.formatted(written).replace("title: See", "title: {{pool}} also")))
                .isEqualTo(text.formatted(meant).replace("title: See", "title: '{{pool}} also'"));
    }

    @Test
    void aNameInBracesStaysForAPersonToCorrect() {
        String text = RUNBOOK.formatted(SELECT, "Set-CsX", "y").replace("server: sql", "server: {{sql}}");

        assertThat(fix(text)).isEqualTo(text);
    }

    @Test
    void lineEndsAndTheByteOrderMarkStay() {
        String text = "\uFEFF"
                + RUNBOOK.formatted("SELECT ‘a’ AS b", "Set-CsX", "{{pool}}").replace("\n", "\r\n");

        assertThat(fix(text)).isEqualTo(text.replaceAll("[‘’]", "'").replace("{{pool}}", "'{{pool}}'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT ‘a’ AS b", "SELECT ‘it's’ AS b", SELECT})
    void aSecondTimeNothingIsLeftToDo(String sql) {
        String once = fix(RUNBOOK.formatted(sql, "Set–CsX", "{{pool}}").replace("title: See", "title: {{pool}} x"));

        Fixer.Fixed twice = fixer.fix("x.yaml", once);

        assertThat(twice.text()).isEqualTo(once);
        assertThat(twice.corrected()).isEmpty();
    }

    @Test
    void whatWasCorrectedIsNoLongerFound() {
        String text = RUNBOOK.formatted("SELECT ‘a’ AS b", "Get–CsX", "{{pool}}");
        List<Diagnostic> before = findings(text);
        List<Diagnostic> after = findings(fix(text));

        assertThat(after).hasSizeLessThan(before.size());
        assertThat(after).extracting(Diagnostic::rule).doesNotContain("unquoted-tag", "lookalike");
    }

    private static List<Diagnostic> findings(String text) {
        return new Linter().read(Source.of("x.yaml", text)).diagnostics();
    }

    @ParameterizedTest
    @ValueSource(strings = {"failover.yaml", "failback.yaml"})
    void theShippedRunbooksNeedNothing(String name) throws IOException {
        String text = Files.readString(Path.of("runbooks", name));

        assertThat(fix(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\uFEFF", "{{", "- {{x}}", "a: {{x}}\na: {{x}}", "{{x}}: {{y}}", "a: [{{x}}\n", "\r\n\r"})
    void takesAnyText(String text) {
        assertThat(fix(fix(text))).isEqualTo(fix(text));
    }
}
