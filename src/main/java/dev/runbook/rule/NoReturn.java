package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Text;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Going back: whether it is said how, and the point after which there is none. */
final class NoReturn {
    private NoReturn() {}

    /** An action of which nobody has said how it is taken back. */
    static final class MissingRollback extends Rule {
        MissingRollback() {
            super(About.error("missing-rollback", "An action does not say how it is taken back.")
                    .always()
                    .because(
                            "Whoever wants to go back at three in the morning has to know whether that is possible, and"
                                    + " how. Nobody finds out then.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Take mgc out of the mirror
                            server: backup_sql
                            sql: ALTER DATABASE [mgc] SET PARTNER OFF
                            retry: 2
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Take mgc out of the mirror
                            server: backup_sql
                            sql: ALTER DATABASE [mgc] SET PARTNER OFF
                            retry: 2
                            rollback: {by-hand: mirror mgc again}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return runbook.steps().stream()
                    .filter(step -> step.hasAction() && step.rollback().isEmpty())
                    .map(step -> finding(
                            step.id().origin(),
                            "Step " + step.id()
                                    + " changes something, and does not say how that is taken back. Add rollback: an"
                                    + " action, {not-needed: why}, {by-hand: what to do} or {impossible: why}."))
                    .toList();
        }
    }

    /** A point of no return at which nobody is asked. */
    static final class UnconfirmedNoReturn extends Rule {
        UnconfirmedNoReturn() {
            super(About.error("unconfirmed", "A step that cannot be taken back asks nobody.")
                    .because("rollback: {impossible: …} is the point of no return. Somebody has to see what will be"
                            + " lost, and to say yes by typing a word that says what happens.")
                    .bad("""
                        steps:
                          - step: 4.2
                            title: Bring mgc online
                            server: backup_sql
                            sql: RESTORE DATABASE [mgc] WITH RECOVERY
                            unsafe-to-cut-off: mgc stays in recovery until the same statement is run again
                            retry: 2
                            rollback: {impossible: only a full restore would bring the old state back}
                        """)
                    .good("""
                        steps:
                          - step: 4.2
                            title: Bring mgc online
                            confirm: {type: RECOVER, message: After this no further log backup can ever be applied.}
                            server: backup_sql
                            sql: RESTORE DATABASE [mgc] WITH RECOVERY
                            unsafe-to-cut-off: mgc stays in recovery until the same statement is run again
                            retry: 2
                            rollback: {impossible: only a full restore would bring the old state back}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return runbook.steps().stream()
                    .filter(Step::isPointOfNoReturn)
                    .filter(step -> step.confirm().isEmpty())
                    .map(step -> finding(
                            step.id().origin(),
                            "Step " + step.id()
                                    + " is a point of no return and asks nobody. Add confirm: {type: RECOVER,"
                                    + " message: …}, with what will be lost, and a word to type that says what"
                                    + " happens."))
                    .toList();
        }
    }

    /** A point of no return whose question does not ask for a word of its own. */
    static final class WordlessNoReturn extends Rule {
        /** The code of this rule. */
        static final String CODE = "no-word";

        WordlessNoReturn() {
            super(About.error(CODE, "A step that cannot be taken back does not say which word has to be typed.")
                    .because("Yes is typed by habit, and the number of a step without reading. At the point of no"
                            + " return a word that says what happens makes people stop and read.")
                    .bad("""
                        steps:
                          - step: 4.2
                            title: Bring mgc online
                            confirm: After this no further log backup can ever be applied.
                            server: backup_sql
                            sql: ALTER DATABASE [mgc] SET ONLINE
                            retry: 2
                            rollback: {impossible: only a full restore would bring the old state back}
                        """)
                    .good("""
                        steps:
                          - step: 4.2
                            title: Bring mgc online
                            confirm: {type: RECOVER, message: After this no further log backup can ever be applied.}
                            server: backup_sql
                            sql: ALTER DATABASE [mgc] SET ONLINE
                            retry: 2
                            rollback: {impossible: only a full restore would bring the old state back}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return runbook.steps().stream()
                    .filter(step -> step.isPointOfNoReturn() && step.confirm().isPresent())
                    .flatMap(step -> check(step).stream())
                    .toList();
        }

        private Optional<Diagnostic> check(Step step) {
            Optional<Text> type = step.confirm().orElseThrow().type();
            if (type.isEmpty()) {
                return Optional.of(finding(
                        step.confirm().orElseThrow().message().origin(),
                        "Step " + step.id()
                                + " is a point of no return, and does not say which word has to be typed. Write"
                                + " confirm: {type: RECOVER, message: …}, with a word that says what happens."));
            }
            String word = type.get().raw().strip();
            boolean means = !word.equals(step.id().text())
                    && !List.of("yes", "y", "no", "ok").contains(word.toLowerCase(Locale.ROOT));
            return means
                    ? Optional.empty()
                    : Optional.of(finding(
                            type.get().origin(),
                            "\"" + word + "\" is typed without reading. Step " + step.id()
                                    + " is a point of no return: let its type be a word that says what"
                                    + " happens, such as RECOVER."));
        }
    }
}
