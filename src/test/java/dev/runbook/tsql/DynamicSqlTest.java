package dev.runbook.tsql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamicSqlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXEC ('KILL 57')",
                "execute(@sql)",
                "EXEC @procedure",
                "EXEC @rc = @procedure",
                "EXEC @rc =",
                "EXEC sp_executesql N'SELECT 1'",
                "EXEC [master]..[SP_ExecuteSql] @x",
                "EXEC msdb.dbo.sp_add_jobstep @command = N'x'",
                "EXEC @rc = xp_cmdshell 'dir'",
                "EXEC sp_prepexecrpc @handle OUTPUT, N'x'",
                "EXEC sp_create_plan_guide @name = N'x', @stmt = N'SELECT 1'",
                "EXEC master..xp_execresultset N'SELECT 1', N'master'",
                "SELECT * FROM OPENQUERY(a, 'SELECT 1')",
            })
    void findsBatchesThatRunText(String sql) {
        assertThat(Statement.DynamicSql.in(sql)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXEC sp_who2",
                "EXEC @rc = sp_who2 @x = 1",
                "EXEC",
                "SELECT N'EXEC (x)' -- sp_executesql",
                "RESTORE DATABASE [mgc] WITH RECOVERY",
            })
    void letsOthersPass(String sql) {
        assertThat(Statement.DynamicSql.in(sql)).isEmpty();
    }
}
