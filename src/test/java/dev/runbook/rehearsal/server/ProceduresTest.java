package dev.runbook.rehearsal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.tds.Backend;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProceduresTest {
    private static final String B = "SQLB\\RTC";
    private static final String UPDATE =
            "DECLARE @rc int; EXEC @rc = msdb.dbo.sp_update_job @job_name = @P0, @enabled = @P1;"
                    + " SELECT @rc AS return_code";

    private Bench bench;

    @BeforeEach
    void addAJob() {
        EstateState estate = Sample.estate(Map.of());
        Agent.Job job = Agent.Job.born(Sample.id(9), "LSCopy_mgc", Agent.Kind.LOG_COPY);
        bench = new Bench(estate.change(B, server -> server.with(server.agent().plus(job))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ones")
    void takesEverythingForATruthThatSqlServerTakes(Object one) {
        Heard heard = call(UPDATE, "lscopy_mgc", one);

        assertThat(heard.errors()).isEmpty();
        assertThat(heard.rows()).containsExactly(Map.of("return_code", 0));
        assertThat(bench.server(B).agent().jobs().get(0).enabled()).isTrue();
    }

    static List<Object> ones() {
        return List.of("1", " 1 ", 1, 1L, true, BigDecimal.ONE, "7");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void refusesCallsAsSqlServerDoes(String sql, int number) {
        assertThat(bench.run(B, sql).errors()).containsExactly(number);
    }

    static List<Arguments> mistakes() {
        return List.of(
                Arguments.of("EXEC msdb.dbo.sp_update_job @job_name = N'LSCopy_mgc', @enabled = N'yes'", 8114),
                Arguments.of("EXEC msdb.dbo.sp_update_job @job_name = N'LSCopy_mgc', @wrong = 1", 8145),
                Arguments.of("EXEC msdb.dbo.sp_update_job NULL, N'LSCopy_mgc', 1, 2", 8144),
                Arguments.of("EXEC msdb.dbo.sp_update_job @job_name = N'other', @enabled = 1", 14262),
                Arguments.of("EXEC msdb.dbo.sp_update_job @enabled = 1", 14294),
                Arguments.of("EXEC msdb.dbo.sp_update_job @job_name = @x, @enabled = 1", 137),
                Arguments.of("EXEC @rc = msdb.dbo.sp_update_job @job_name = N'LSCopy_mgc'", 137),
                Arguments.of("EXEC sp_delete_log_shipping_secondary_database", 201),
                Arguments.of("EXEC msdb.dbo.sp_add_jobschedule @job_name = N'LSCopy_mgc'", 201));
    }

    @Test
    void returnsOneBehindAnErrorAndGoesOn() {
        Heard heard = call(UPDATE, "other", "1");

        assertThat(heard.errors()).containsExactly(14262);
        assertThat(heard.rows()).containsExactly(Map.of("return_code", 1));
    }

    @Test
    void addsAScheduleEachTime() {
        String add = "EXEC msdb.dbo.sp_add_jobschedule @job_name = N'LSCopy_mgc', @name = N'often', @freq_type = 4";
        bench.run(B, add);
        bench.run(B, add);

        assertThat(bench.server(B).agent().jobs().get(0).schedules())
                .extracting(Agent.Schedule::id)
                .containsExactly(1, 2);
    }

    @Test
    void givesALockToOneSessionOnly() {
        String get = "DECLARE @rc int; EXEC @rc = sp_getapplock @Resource = N'dev.runbook', @LockMode = N'Exclusive',"
                + " @LockOwner = N'Session', @LockTimeout = %d; SELECT @rc AS return_code";
        Backend.Session first = bench.session(B);
        Backend.Session second = bench.session(B);

        assertThat(Bench.run(first, get.formatted(0)).rows()).containsExactly(Map.of("return_code", 0));
        assertThat(Bench.run(second, get.formatted(0)).rows()).containsExactly(Map.of("return_code", -1));
        assertThat(Bench.run(second, get.formatted(60)).rows()).containsExactly(Map.of("return_code", -1));
        bench.during(1, first::close);
        assertThat(Bench.run(second, get.formatted(60)).rows()).containsExactly(Map.of("return_code", 0));
        String release = "EXEC sp_releaseapplock @Resource = N'dev.runbook', @LockOwner = N'Session'";
        assertThat(Bench.run(second, release).errors()).isEmpty();
        assertThat(Bench.run(second, release).errors()).containsExactly(1223);
    }

    @Test
    void showsWhoIsThere() {
        assertThat(bench.run(B, "sp_who2").rows())
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("Login", "dba").containsEntry("DBName", "master"));
    }

    private Heard call(String sql, Object... values) {
        Backend.Session.Parameter[] parameters = new Backend.Session.Parameter[values.length];
        Arrays.setAll(parameters, i -> new Backend.Session.Parameter("@P" + i, values[i]));
        return Bench.run(bench.session(B), sql, parameters);
    }
}
