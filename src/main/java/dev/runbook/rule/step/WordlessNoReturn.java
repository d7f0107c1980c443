package dev.runbook.rule.step;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.model.Step;
import dev.runbook.model.Text;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A point of no return whose question does not ask for a word of its own. */
public final class WordlessNoReturn implements Rule {
    /** The code of this rule. */
    public static final String CODE = "no-word";

    private static final About ABOUT = About.error(
                    CODE, "A step that cannot be taken back does not say which word has to be typed.")
            .because(
                    "Yes is typed by habit, and the number of a step without reading. At the point of no return a word that"
                            + " says what happens makes people stop and read.")
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
                    """);

    @Override
    public About about() {
        return ABOUT;
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
                    "Step " + step.id() + " is a point of no return, and does not say which word has to be typed. Write"
                            + " confirm: {type: RECOVER, message: …}, with a word that says what happens."));
        }
        String word = type.get().raw().strip();
        boolean means = !word.equals(step.id().text())
                && !List.of("yes", "y", "no", "ok").contains(word.toLowerCase(Locale.ROOT));
        return means
                ? Optional.empty()
                : Optional.of(
                        finding(
                                type.get().origin(),
                                "\"" + word + "\" is typed without reading. Step " + step.id()
                                        + " is a point of no return: let its type be a word that says what happens, such as RECOVER."));
    }
}
