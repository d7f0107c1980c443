package dev.runbook.rehearsal.estate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.sql.JdbcSqlServer;
import dev.runbook.rehearsal.model.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults and answers of a scene, as the real driver meets them. */
class ScriptedEstateTest {
    private static final Limits LIMITS = Limits.within(Duration.ofSeconds(20));
    private static final String RECOVER = "RESTORE DATABASE [mgc] WITH RECOVERY";

    @TempDir
    private Path folder;

    @Test
    void losesAnAnswer() throws IOException {
        try (Estate estate = with("faults:\n  - {at: 'restore database*', do: answer-lost}\n");
                JdbcSqlServer backup = Rehearsals.connect(estate, "backup_sql")) {
            assertThat(failure(backup.execute(RECOVER, LIMITS)).outcome()).isEqualTo(Failure.Outcome.UNKNOWN);
            assertThat(mgc(estate).online()).isTrue();
            assertThat(failure(backup.execute(RECOVER, LIMITS)).code()).isEqualTo("3153");
        }
    }

    @Test
    void failsBeforeAnythingIsDone() throws IOException {
        try (Estate estate = with(
                        "faults:\n  - {at: 'restore database*', server: sqlb, do: error-before, times: 2, number: 1205, message: Deadlock}\n");
                JdbcSqlServer backup = Rehearsals.connect(estate, "backup_sql")) {
            for (int i = 0; i < 2; i++) {
                Failure failure = failure(backup.execute(RECOVER, LIMITS));
                assertThat(failure.code()).isEqualTo("1205");
                assertThat(failure.message()).isEqualTo("Deadlock");
                assertThat(failure.outcome()).isEqualTo(Failure.Outcome.DEFINITE);
            }
            assertThat(mgc(estate).online()).isFalse();
            assertThat(backup.execute(RECOVER, LIMITS)).isInstanceOf(Answer.Rows.class);
        }
    }

    @Test
    void breaksTheConnectionBeforeAnythingIsDone() throws IOException {
        try (Estate estate = with("faults:\n  - {at: 'RESTORE*', do: drop}\n");
                JdbcSqlServer backup = Rehearsals.connect(estate, "backup_sql")) {
            assertThat(failure(backup.execute(RECOVER, LIMITS)).outcome()).isEqualTo(Failure.Outcome.UNKNOWN);
            assertThat(mgc(estate).online()).isFalse();
        }
    }

    @Test
    void hangsUntilSomebodyStopsWaiting() throws IOException {
        try (Estate estate = with("faults:\n  - {at: 'RESTORE*', do: hang}\n");
                JdbcSqlServer backup = Rehearsals.connect(estate, "backup_sql")) {
            assertThat(failure(backup.execute(RECOVER, Limits.within(Duration.ofMillis(300))))
                            .outcome())
                    .isEqualTo(Failure.Outcome.UNKNOWN);
            assertThat(mgc(estate).online()).isFalse();
        }
    }

    @Test
    void doesNotStrikeAnotherServer() throws IOException {
        try (Estate estate = with("faults:\n  - {at: '*', server: sqlbm, do: drop}\n");
                JdbcSqlServer backup = Rehearsals.connect(estate, "backup_sql")) {
            assertThat(backup.execute(RECOVER, LIMITS)).isInstanceOf(Answer.Rows.class);
        }
    }

    @Test
    void answersWhatTheEstateDoesNotKnow() throws IOException {
        try (Estate estate = with("""
                        answers:
                          - {at: 'SELECT * FROM mgc.dbo.tblChat*', rows: [{id: 1, text: hello, read: true}, {id: 2, text: '2', read: null}]}
                          - {at: 'DBCC *'}
                        """);
                JdbcSqlServer backup = Rehearsals.connect(estate, "backup_sql")) {
            Answer answer = backup.query("SELECT * FROM mgc.dbo.tblChat WHERE id < 3", LIMITS);
            assertThat(((Answer.Rows) answer).rows())
                    .containsExactly(
                            row(Value.of(1), Value.of("hello"), Value.of(true)),
                            row(Value.of(2), Value.of("2"), Value.NOTHING));
            assertThat(backup.execute("DBCC CHECKDB (mgc)", LIMITS)).isInstanceOf(Answer.Rows.class);
        }
    }

    @Test
    void saysHowToScriptWhatItDoesNotKnow() throws IOException {
        try (Estate estate = with("");
                JdbcSqlServer backup = Rehearsals.connect(estate, "backup_sql")) {
            Failure failure = failure(backup.execute("DBCC CHECKDB (mgc)", LIMITS));
            assertThat(failure.code()).isEqualTo("50000");
            assertThat(failure.message()).contains("DBCC CHECKDB").contains("answers: - {at: 'how it begins*'");
        }
    }

    private Estate with(String more) throws IOException {
        return Rehearsals.start("dc1-lost", more, folder);
    }

    private static Database mgc(Estate estate) {
        return estate.state().server("SQLB\\RTC").database("mgc").orElseThrow();
    }

    private static Failure failure(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed) answer).failure();
    }

    private static Row row(Value id, Value text, Value read) {
        Map<String, Value> columns = new LinkedHashMap<>();
        columns.put("id", id);
        columns.put("text", text);
        columns.put("read", read);
        return new Row(columns);
    }
}
