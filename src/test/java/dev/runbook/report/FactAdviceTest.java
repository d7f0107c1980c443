package dev.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Row;
import dev.runbook.base.Source;
import dev.runbook.base.Value;
import dev.runbook.event.Finding;
import dev.runbook.event.Trouble;
import dev.runbook.language.RunbookReader;
import dev.runbook.language.Text;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Of facts that go over one another, the one that does not hold gives its advice, and no other. */
class FactAdviceTest {
    private final Outline outline = Outline.of(
            new RunbookReader().read(Source.of("advice.yaml", """
                            runbook: advice
                            variables: {from: {type: path}, backup_sql: {type: sql-server}}
                            facts:
                              log backups:
                                files: '{{from}}/*.trn'
                                advice: {3201: cannot be read, other: no log backup is there}
                              every log backup is applied:
                                for-each: log backups
                                server: backup_sql
                                sql: SELECT 1 AS applied
                                expect: {applied: 1}
                            steps: [{step: 1, title: see, require: every log backup is applied}]
                            """)).value().orElseThrow(), Text::raw);

    @Test
    void theAdviceOfAFactThatHoldsIsNotShown() {
        Finding notApplied = Finding.notTrue(
                        List.of(Row.of("applied", Value.of(0))), List.of(new Finding.Mismatch("applied", "0", "1")))
                .unlessDecided("every log backup is applied");
        Finding refused = Finding.cannotBeAsked(Trouble.of("3201", "cannot be opened"))
                .unlessDecided("every log backup is applied");

        assertThat(advice(notApplied)).isEmpty();
        assertThat(advice(refused)).isEmpty();
        assertThat(advice(Finding.found(List.of(Row.of("applied", Value.of(1))))))
                .isEmpty();
    }

    @Test
    void theAdviceOfTheFactThatDecidedIsShown() {
        assertThat(advice(Finding.notTrue(List.of(), List.of()).unlessDecided("log backups")))
                .contains("no log backup is there");
        assertThat(advice(Finding.cannotBeAsked(Trouble.of("3201", "cannot be opened"))
                        .unlessDecided("log backups")))
                .contains("cannot be read");
    }

    private Optional<String> advice(Finding finding) {
        return outline.factAdvice().apply("every log backup is applied", finding);
    }
}
