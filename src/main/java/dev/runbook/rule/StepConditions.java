package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.language.Condition;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Task;
import dev.runbook.language.Texts;
import dev.runbook.language.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conditions of steps: those that read badly, and those that are missing. */
final class StepConditions {
    private StepConditions() {}

    /** {@code no mgc is online}, which nobody would say. */
    static final class NoBeforeSentence extends Rule {
        NoBeforeSentence() {
            super(About.hint("no-before-sentence", "A condition puts no before a fact that is a sentence.")
                    .because("Conditions are read aloud. no before a thing reads well (no connections to mgc); before a"
                            + " sentence it does not, and it is true as soon as one row is not as expected, which is"
                            + " seldom what is meant.")
                    .bad("""
                        steps:
                          - {step: 1, title: Look, require: no mgc is online}
                        facts:
                          mgc is online:
                            server: backup_sql
                            sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                            expect: {state_desc: ONLINE}
                        """)
                    .good("""
                        steps:
                          - {step: 1, title: Look, require: mgc is not online}
                        facts:
                          mgc is not online:
                            server: backup_sql
                            sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                            expect: {state_desc: {not: ONLINE}}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return Tasks.clauses(runbook)
                    .filter(Condition.Clause::negated)
                    .map(Condition.Clause::name)
                    .filter(name -> runbook.facts().containsKey(name.text()) && Phrase.isSentence(name.text()))
                    .map(name -> finding(
                            name.origin(),
                            "\"no " + name
                                    + "\" reads badly. Give the fact a name for a thing, or write one that says the"
                                    + " opposite."))
                    .toList();
        }
    }

    /**
     * An action that uses an optional value without asking whether it was given: without it the run stops at that step. A server
     * that was left out is no such case, for a step on it is skipped.
     */
    static final class OptionalWithoutWhen extends Rule {
        OptionalWithoutWhen() {
            super(About.warning(
                            "optional-without-when",
                            "An action uses an optional value without asking whether it was given.")
                    .because("Without the value the run would stop at this step. A server that was left out is no such"
                            + " case: its steps are skipped.")
                    .bad("""
                        variables:
                          backup_sql: {type: sql-server}
                          job: {type: text, optional: true}
                        steps:
                          - step: 1
                            title: Switch the job off
                            server: backup_sql
                            procedure: msdb.dbo.sp_update_job
                            parameters: {job_name: '{{job}}', enabled: 0}
                            retry: 2
                            rollback: {by-hand: switch it on}
                        """)
                    .good("""
                        variables:
                          backup_sql: {type: sql-server}
                          job: {type: text, optional: true}
                        steps:
                          - step: 1
                            title: Switch the job off
                            when: job
                            server: backup_sql
                            procedure: msdb.dbo.sp_update_job
                            parameters: {job_name: '{{job}}', enabled: 0}
                            retry: 2
                            rollback: {by-hand: switch it on}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            List<Diagnostic> findings = new ArrayList<>();
            for (Step step : runbook.steps()) {
                TextUse.View view = new TextUse.View(
                        runbook, TextUse.View.Owner.STEP, runbook.variables(), Map.of(), Optional.empty());
                step.task().action().stream()
                        .flatMap(Texts::of)
                        .flatMap(text -> new TextUse(text, TextUse.Place.DATA, view).tags().stream())
                        .filter(use -> use.variable()
                                .filter(OptionalWithoutWhen::mayBeAbsent)
                                .isPresent())
                        .filter(use -> !isAsked(step.when(), use.tag().head()))
                        .forEach(use -> findings.add(finding(use)));
            }
            return findings;
        }

        private static boolean mayBeAbsent(Variable variable) {
            return variable.optional()
                    && variable.defaultValue().isEmpty()
                    && variable.type() != Variable.Type.SQL_SERVER;
        }

        private static boolean isAsked(Condition when, String name) {
            return when.clauses().stream()
                    .anyMatch(
                            clause -> !clause.negated() && clause.name().text().equals(name));
        }

        private Diagnostic finding(TagUse use) {
            String name = use.tag().head();
            return finding(
                    use,
                    "\"" + name + "\" may be left out, and then the run stops here. Add \"when: " + name
                            + "\", or give it a default.");
        }
    }

    /** An action after which nobody can see whether it was done, and that may not be run again: after a crash it stays in doubt. */
    static final class UnseenAction extends Rule {
        UnseenAction() {
            super(About.error("unseen-action", "Nothing shows whether an action is done, and it may not be run again.")
                    .because("After a crash nobody would know whether it happened: the step would stay in doubt until a"
                            + " person decides.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Take mgc out of the mirror
                            server: backup_sql
                            sql: ALTER DATABASE [mgc] SET PARTNER OFF
                            rollback: {by-hand: mirror mgc again}
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Take mgc out of the mirror
                            server: backup_sql
                            sql: ALTER DATABASE [mgc] SET PARTNER OFF
                            done-when: no mirroring of mgc
                            rollback: {by-hand: mirror mgc again}
                        facts:
                          mirroring of mgc:
                            server: backup_sql
                            sql: SELECT mirroring_guid FROM sys.database_mirroring WHERE database_id = DB_ID(N'mgc') AND mirroring_guid IS NOT NULL
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return runbook.steps().stream()
                    .filter(UnseenAction::isUnseen)
                    .map(step -> finding(
                            step.id().origin(),
                            "Nothing shows whether step " + step.id()
                                    + " is done. Add done-when with a fact that shows it, or retry with"
                                    + " two attempts or more if running it again does no harm."))
                    .toList();
        }

        /** Copying knows by itself when it is done. */
        private static boolean isUnseen(Step step) {
            boolean knows = step.task()
                    .action()
                    .filter(Task.Action.CopyFiles.class::isInstance)
                    .isPresent();
            return step.hasAction()
                    && !knows
                    && step.task().doneWhen().isEmpty()
                    && !step.task().retry().repeatable();
        }
    }

    /** {@code within} where nothing is asked. */
    static final class WithinWithoutDoneWhen extends Rule {
        WithinWithoutDoneWhen() {
            super(About.warning("within-without-done-when", "within stands where no done-when does.")
                    .because("within says how long done-when is asked. It limits nothing else: who wants to cut an"
                            + " action off writes timeout.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Take mgc out of its mirror
                            server: backup_sql
                            sql: ALTER DATABASE [mgc] SET PARTNER OFF
                            within: 5m
                            retry: 2
                            rollback: {by-hand: mirror it again}
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Take mgc out of its mirror
                            server: backup_sql
                            sql: ALTER DATABASE [mgc] SET PARTNER OFF
                            retry: 2
                            rollback: {by-hand: mirror it again}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return Tasks.of(runbook)
                    .filter(task -> task.doneWhen().isEmpty())
                    .flatMap(task -> task.within().stream())
                    .map(within -> finding(
                            within.origin(),
                            "Nothing is asked here, so there is nothing to wait for. Add done-when, or delete within."))
                    .toList();
        }
    }
}
