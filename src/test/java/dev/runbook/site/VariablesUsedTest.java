package dev.runbook.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Source;
import dev.runbook.language.Runbook;
import dev.runbook.language.RunbookReader;
import org.junit.jupiter.api.Test;

class VariablesUsedTest {
    private static final Runbook RUNBOOK =
            new RunbookReader().read(Source.of("runbook.yaml", """
                    runbook: test
                    variables:
                      one: {type: sql-server}
                      two: {type: sql-server}
                      share: {type: path}
                      shell: {type: powershell}
                      names: {type: list}
                      sure: {type: boolean}
                      word: {type: text}
                      unused: {type: text}
                    facts:
                      files: {files: '{{share}}\\*.trn'}
                      headers: {for-each: files, server: one, sql: SELECT 1 AS a}
                      state: {cmdlet: Get-State, where: {Name: '{{word}}'}}
                    steps:
                      - {step: 1, title: Wait, done-when: no headers}
                      - {step: 2, title: Ask, when: sure, confirm: Go on}
                      - {step: 3, title: Wait, done-when: state}
                      - step: 4
                        title: Act
                        for-each: names
                        server: one
                        sql: KILL 57
                        retry: 2
                        rollback: {server: two, sql: "SELECT N'{{word}}'"}
                    """)).value().orElseThrow();

    @Test
    void goesThroughFactsToTheirServersAndFolders() {
        assertThat(VariablesUsed.of(RUNBOOK, RUNBOOK.steps().get(0))).containsExactlyInAnyOrder("one", "share");
    }

    @Test
    void countsVariablesInConditions() {
        assertThat(VariablesUsed.of(RUNBOOK, RUNBOOK.steps().get(1))).containsExactly("sure");
    }

    @Test
    void countsTheOnlyShellOfACmdletThatNamesNone() {
        assertThat(VariablesUsed.of(RUNBOOK, RUNBOOK.steps().get(2))).containsExactlyInAnyOrder("shell", "word");
    }

    @Test
    void countsWhatTheRollbackNeeds() {
        assertThat(VariablesUsed.of(RUNBOOK, RUNBOOK.steps().get(3)))
                .containsExactlyInAnyOrder("one", "two", "names", "word");
    }
}
