package dev.runbook.lint;

import dev.runbook.model.ActionSpec;
import dev.runbook.model.Fact;
import dev.runbook.model.FactSource;
import dev.runbook.model.Runbook;
import dev.runbook.rule.Columns;
import dev.runbook.rule.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What no rule can see in a runbook, so that nobody takes silence for a yes. */
public final class NotChecked {
    private static final int MOST_NAMES = 3;

    private NotChecked() {}

    /** A clause for each kind of thing; none where everything could be looked at. */
    public static List<String> in(Runbook runbook) {
        List<String> clauses = new ArrayList<>();
        clause("columns that no query lists", facts(runbook, fact -> isQuery(fact) && hasUnknownColumns(fact)))
                .ifPresent(clauses::add);
        clause("what the objects of cmdlets have", facts(runbook, NotChecked::isCmdlet))
                .ifPresent(clauses::add);
        clause("parameters of procedures", procedures(runbook)).ifPresent(clauses::add);
        return clauses;
    }

    private static boolean isQuery(Fact fact) {
        return fact.source() instanceof FactSource.Query;
    }

    private static boolean isCmdlet(Fact fact) {
        return fact.source() instanceof FactSource.Cmdlet;
    }

    private static boolean hasUnknownColumns(Fact fact) {
        return Columns.own(fact).isEmpty();
    }

    private static List<String> facts(Runbook runbook, Predicate<Fact> test) {
        return runbook.facts().values().stream()
                .filter(test)
                .map(fact -> fact.name().text())
                .toList();
    }

    private static List<String> procedures(Runbook runbook) {
        return Tasks.actions(runbook)
                .filter(ActionSpec.Procedure.class::isInstance)
                .map(action -> ((ActionSpec.Procedure) action).procedure().text())
                .distinct()
                .toList();
    }

    private static Optional<String> clause(String what, List<String> names) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String more = names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "";
        String first =
                names.stream().limit(MOST_NAMES).map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
        return Optional.of(what + " (" + first + more + ")");
    }
}
