package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Source;
import dev.runbook.tsql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fact may ask, and what runs a text as code. */
class QuestionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXEC sp_prepexecrpc @h OUTPUT, N'p'",
                "EXEC sys.sp_create_plan_guide @stmt = N'SELECT 1'",
                "EXEC master..xp_execresultset N'SELECT 1', N'master'",
                "EXEC sp_execresultset N'SELECT 1'"
            })
    void runsATextAsCode(String sql) {
        assertThat(Statement.DynamicSql.in(sql)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT NEXT VALUE FOR dbo.numbers AS n",
                "SELECT n FROM OPENQUERY(other, 'EXEC dbo.change')",
                "SELECT n FROM OPENROWSET('MSOLEDBSQL', 'Server=other', 'EXEC dbo.change') AS r",
                "SELECT n FROM OPENDATASOURCE('MSOLEDBSQL', 'Server=other').a.dbo.t",
                "SELECT n FROM [OPENQUERY] (other, 'EXEC dbo.change')",
                "SELECT n INTO #kept FROM t",
                "WITH x AS (SELECT 1 AS n) UPDATE t SET n = 1",
                "SELECT n FROM t;SELECT m FROM u"
            })
    void isNoQuestionThatAFactMayAsk(String sql) {
        assertThat(asks(sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(SELECT n FROM t)",
                "SELECT n FROM t OPTION (MERGE JOIN)",
                "SELECT n FROM t OPTION (USE HINT('DISABLE_PARAMETER_SNIFFING'), RECOMPILE)",
                "SELECT n FROM t INNER MERGE JOIN u ON t.n = u.n",
                "SELECT n FROM t OPTION (USE PLAN N'<plan/>')",
                "SELECT {fn insert('abc', 1, 1, 'x')} AS n",
                "SELECT n FROM t; ;",
                "SELECT [drop] AS n FROM t"
            })
    void isAQuestion(String sql) {
        assertThat(asks(sql)).isTrue();
    }

    private static boolean asks(String sql) {
        String runbook = "runbook: r\nvariables: {db: {type: sql-server, description: a server}}\nsteps:\n"
                + "  - {step: 1, title: See, require: f}\nfacts:\n  f:\n    server: db\n    sql: |\n      " + sql
                + "\n";
        return new Linter()
                .read(Source.of("runbook.yaml", runbook)).diagnostics().stream()
                        .noneMatch(diagnostic -> diagnostic.rule().equals("changing-fact"));
    }
}
