package dev.runbook.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Origin;
import dev.runbook.base.Position;
import dev.runbook.base.Row;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import dev.runbook.base.Value;
import dev.runbook.language.Text;
import dev.runbook.language.Written;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FillTest {
    private static final Scope SCOPE = Scope.EMPTY
            .withRun("2026-11-21T03-12-09Z-failover", "20261121031209")
            .with("pool", one(Value.of("pc.litwareinc.com")))
            .with("quoted", one(Value.of("it's {{pool}} [x]")))
            .with("list", one(Value.of(List.of("a", "b"))))
            .with("password", one(new Value.Secret("hunter22")))
            .with("optional", new Scope.Binding.Absent())
            .with("later", new Scope.Binding.Later())
            .with("sql", server())
            .with("last", rows(row("file", Value.of("mgc_1.trn")), row("file", Value.of("mgc_2.trn"))))
            .with("once", rows(row("file", Value.of("mgc_1.trn"))))
            .with("none", rows())
            .withEach(new Row(Map.of("session_id", Value.of(57), "login", Value.NOTHING)));

    private static Scope.Binding one(Value value) {
        return new Scope.Binding.One(value);
    }

    private static Scope.Binding rows(Row... rows) {
        return new Scope.Binding.Rows(List.of(rows));
    }

    private static Row row(String column, Value value) {
        return Row.of(column, value);
    }

    private static Scope.Binding server() {
        Map<String, Optional<Value>> parts = new LinkedHashMap<>();
        parts.put("host", Optional.of(Value.of("sqlb")));
        parts.put("instance", Optional.empty());
        return new Scope.Binding.Parts(Optional.of(Value.of("sqlb")), parts);
    }

    static Text text(String raw) {
        Source source = Source.of("a.yaml", raw);
        Span span = new Span(Position.START, Position.START);
        return new Text(raw, new Origin(source, span, List.of(new Origin.Run(0, Position.START))));
    }

    private static String sql(String raw) {
        return complete(Fill.sql(text(raw), SCOPE)).text();
    }

    private static <T> T complete(Filled<T> filled) {
        assertThat(filled.problems()).isEmpty();
        return ((Filled.Complete<T>) filled).value();
    }

    private static Filled.Problem problem(Filled<?> filled) {
        assertThat(filled.problems()).hasSize(1);
        return filled.problems().get(0);
    }

    private static Filled<Optional<Value>> value(String raw) {
        return Fill.value(new Written.Scalar(text(raw)), SCOPE);
    }

    @Test
    void fillsAndEscapesByThePlaceOfTheTag() {
        assertThat(sql("RESTORE LOG [{{quoted}}] FROM DISK = N'{{quoted}}' WITH FILE = {{each.session_id}}"))
                .isEqualTo("RESTORE LOG [it's {{pool}} [x]]] FROM DISK = N'it''s {{pool}} [x]' WITH FILE = 57");
    }

    @Test
    void repeatsASectionOfTsql() {
        assertThat(sql("WITH FILE = 1, {{#last}}MOVE N'{{file}}' TO N'{{pool}}', {{/last}}REPLACE"))
                .isEqualTo("WITH FILE = 1, MOVE N'mgc_1.trn' TO N'pc.litwareinc.com', "
                        + "MOVE N'mgc_2.trn' TO N'pc.litwareinc.com', REPLACE");
        assertThat(sql("WITH FILE = 1, {{#none}}MOVE N'{{file}}', {{/none}}REPLACE"))
                .isEqualTo("WITH FILE = 1, REPLACE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KILL {{pool}} | not a whole number",
                "KILL {{password}} | is a secret",
                "SELECT N'{{list}}' | is a list",
                "SELECT N'{{each.login}}' | null was found",
                "SELECT N'{{optional}}' | was given no value",
                "SELECT N'{{later}}' | known only when",
                "SELECT N'{{last.file}}' | needs exactly one row",
                "SELECT N'{{none.file}}' | has 0",
                "SELECT N'{{once.fil}}' | Did you mean \"file\"?",
                "SELECT N'{{poool}}' | Did you mean \"pool\"?",
                "SELECT N'{{sql.hst}}' | Did you mean \"host\"?",
                "SELECT N'{{sql.instance}}' | has no instance",
                "SELECT \"{{pool}}\" | double quotes",
                "SELECT 1 -- {{pool}} | inside a comment",
                "SELECT 1 /* {{pool}} */ | inside a comment",
                "SELECT x{{each.session_id}} | only a part of a word",
                "SELECT {{each.session_id}}{{each.session_id}} | only a part of a word",
                "SELECT 1{{#last}}2{{/last}} | stands inside a word",
                "SELECT '{{#last}}2{{/last}}' | stands inside quotes",
                "{{#last}}N'{{pool}}' {{once.file}}{{/last}} | only the columns of its row",
            })
    void saysWhyTsqlCannotBeFilled(String raw, String why) {
        List<Filled.Problem> problems = Fill.sql(text(raw), SCOPE).problems();

        assertThat(problems).isNotEmpty();
        assertThat(problems.get(0).message()).contains(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"57", "-2", "00057", "99999999999999999999999999999999999999"})
    void letsWholeNumbersStandOutside(String number) {
        Scope scope = SCOPE.with("n", one(Value.of(number)));

        assertThat(complete(Fill.sql(text("KILL {{n}}"), scope)).text()).isEqualTo("KILL " + number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 57", "57 ", "57;", "5.5", "1e3", "0x1F", "--2", "+5", "٥", "5 KILL 6", "-"})
    void letsNothingElseStandOutside(String value) {
        Scope scope = SCOPE.with("n", one(Value.of(value)));

        assertThat(problem(Fill.sql(text("KILL {{n}}"), scope)).kind()).isEqualTo(Filled.Problem.Kind.UNFIT);
    }

    @Test
    void writesNumbersPlainly() {
        Scope scope = SCOPE.with("n", one(new Value.Number(new BigDecimal("1.20E+3"))))
                .with("huge", one(new Value.Number(new BigDecimal("1E+999999999"))));

        assertThat(complete(Fill.sql(text("KILL {{n}}"), scope)).text()).isEqualTo("KILL 1200");
        assertThat(problem(Fill.sql(text("KILL {{huge}}"), scope)).kind()).isEqualTo(Filled.Problem.Kind.UNFIT);
    }

    @Test
    void letsNoSignMakeAComment() {
        Scope scope = SCOPE.with("n", one(Value.of(-2)));

        assertThat(complete(Fill.sql(text("SELECT 5 - {{n}}"), scope)).text()).isEqualTo("SELECT 5 - -2");
        assertThat(problem(Fill.sql(text("SELECT 5 -{{n}}"), scope)).message()).contains("other words");
    }

    @Test
    void keepsNamesInBracketsWithinTheirLength() {
        Scope scope = SCOPE.with("n", one(Value.of("x".repeat(129)))).with("empty", one(Value.of("")));

        assertThat(problem(Fill.sql(text("USE [{{n}}]"), scope)).message()).contains("129");
        assertThat(problem(Fill.sql(text("USE [{{empty}}]"), scope)).message()).contains("1 to 128");
    }

    @Test
    void refusesLineEndsInStringsAndOtherThanAsciiWithoutTheN() {
        Scope scope = SCOPE.with("lines", one(Value.of("a\\\nb"))).with("greek", one(Value.of("Ω")));

        assertThat(problem(Fill.sql(text("PRINT N'{{lines}}'"), scope)).message())
                .contains("line end");
        assertThat(problem(Fill.sql(text("PRINT '{{greek}}'"), scope)).message())
                .contains("N'{{greek}}'");
        assertThat(complete(Fill.sql(text("PRINT N'{{greek}}'"), scope)).text()).isEqualTo("PRINT N'Ω'");
    }

    @Test
    void knowsWhereTheLinesOfTheSentTextWereWritten() {
        Fill.FilledSql filled = complete(Fill.sql(
                text("SELECT 1\n{{#last}}\nUNION SELECT N'{{file}}'\n  + N'x'\n{{/last}}\nORDER BY 1"), SCOPE));

        assertThat(filled.text())
                .isEqualTo(
                        "SELECT 1\nUNION SELECT N'mgc_1.trn'\n  + N'x'\nUNION SELECT N'mgc_2.trn'\n  + N'x'\nORDER BY 1");
        assertThat(filled.lines()).containsExactly(0, 19, 44, 19, 44, 63);
    }

    @Test
    void findsMistakesBeforeThereAreValues() {
        assertThat(Fill.mistakes(text("KILL {{a}} PRINT N'{{b}}' {{#c}}USE [{{d}}] {{/c}}")))
                .isEmpty();
        assertThat(Fill.mistakes(text("SELECT x{{a}}"))).hasSize(1);
        assertThat(Fill.mistakes(text("SELECT {{#a}}1{{/a}}"))).hasSize(1);
        assertThat(Fill.mistakes(text("SELECT 1 -- {{a}}"))).hasSize(1);
        assertThat(Fill.mistakes(text("SELECT {{{a}}}"))).hasSize(1);
    }

    @Test
    void fillsTextForPeopleWhateverIsMissing() {
        String raw = "{{pool}} {{password}} {{list}} {{optional}} {{later.x}} {{nobody}} {{each.login}} {{none.file}}";

        assertThat(Fill.forPeople(text(raw), SCOPE))
                .isEqualTo("pc.litwareinc.com •••••• a, b (unknown) (unknown) (unknown) (unknown) (unknown)");
        assertThat(Fill.forPeople(text("{{broken"), SCOPE)).isEqualTo("{{broken");
        assertThat(Fill.forPeople(text("All:\n{{#last}}\n- {{file}} of {{pool}}\n{{/last}}\nEnd"), SCOPE))
                .isEqualTo("All:\n- mgc_1.trn of pc.litwareinc.com\n- mgc_2.trn of pc.litwareinc.com\nEnd");
        assertThat(Fill.forPeople(text("{{#later}}at {{when}}{{/later}}"), SCOPE))
                .isEqualTo("at (unknown)");
        assertThat(Fill.forPeople(text("{{#list}}<{{.}}>{{/list}}"), SCOPE)).isEqualTo("<a><b>");
    }

    @Test
    void keepsTheTypeOfAWholeTag() {
        assertThat(complete(value("{{list}}"))).contains(Value.of(List.of("a", "b")));
        assertThat(complete(value("{{each.session_id}}"))).contains(Value.of(57));
        assertThat(complete(value("{{each.login}}"))).contains(Value.NOTHING);
        assertThat(complete(value("{{password}}"))).contains(new Value.Secret("hunter22"));
        assertThat(complete(value("{{sql}}"))).contains(Value.of("sqlb"));
        assertThat(complete(value("<{{each.session_id}}>"))).contains(Value.of("<57>"));
        assertThat(complete(value("pw={{password}}"))).contains(new Value.Secret("pw=hunter22"));
        assertThat(problem(value("<{{list}}>")).kind()).isEqualTo(Filled.Problem.Kind.UNFIT);
        assertThat(problem(value("{{optional}}")).kind()).isEqualTo(Filled.Problem.Kind.NO_VALUE);
    }

    @Test
    void leavesAnAbsentPartOut() {
        Map<String, Written> fields = new LinkedHashMap<>();
        fields.put("host", new Written.Scalar(text("{{sql.host}}")));
        fields.put("instance", new Written.Scalar(text("{{sql.instance}}")));
        fields.put("force", new Written.Literal(Value.of(true)));

        Map<String, Value> expected = new LinkedHashMap<>();
        expected.put("host", Value.of("sqlb"));
        expected.put("force", Value.of(true));
        assertThat(complete(value("{{sql.instance}}"))).isEmpty();
        assertThat(complete(Fill.value(new Written.Fields(fields, List.of()), SCOPE)))
                .contains(new Value.Fields(expected));
    }

    @Test
    void looksForTagsInWhatTheAuthorWroteAlone() {
        assertThat(complete(Fill.plain(text("{{quoted}}"), SCOPE))).isEqualTo("it's {{pool}} [x]");
    }

    @Test
    void countsOnlyTheWildcardsOfTheAuthor() {
        Scope scope = SCOPE.with("name", one(Value.of("a*b")));
        var pattern = complete(Fill.pattern(text("*:{{name}}?"), scope));

        assertThat(pattern.matcher("X:A*Bc").matches()).isTrue();
        assertThat(pattern.matcher("X:aXbc").matches()).isFalse();
        assertThat(pattern.matcher("X:a*b").matches()).isFalse();
    }

    @Test
    void refusesSecretsInPlainText() {
        assertThat(problem(Fill.plain(text("x{{password}}"), SCOPE)).message()).doesNotContain("hunter22");
    }
}
