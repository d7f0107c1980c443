package dev.runbook.fact;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.event.Finding;
import dev.runbook.event.Trouble;
import dev.runbook.language.Expectation;
import dev.runbook.language.Fact;
import dev.runbook.template.Filled;
import dev.runbook.template.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether rows are as expected. Pure. */
sealed interface Judgement {
    /** They were compared; no mismatch means that they are. */
    record Compared(List<Finding.Mismatch> mismatches) implements Judgement {
        /** Copies the list. */
        public Compared {
            mismatches = List.copyOf(mismatches);
        }
    }

    /** They cannot be compared: a missing column, a value of another kind, an expectation that cannot be filled in. */
    record Unknown(Trouble trouble) implements Judgement {}

    /** Judges the rows of a fact by what it expects. */
    static Judgement of(Fact fact, List<FactAsker.FoundRow> rows, Scope scope) {
        List<Finding.Mismatch> mismatches = new ArrayList<>();
        for (FactAsker.FoundRow row : rows) {
            Judgement judgement =
                    judge(fact, fact.expect(), row.row(), row.each().in(scope));
            if (judgement instanceof Unknown) {
                return judgement;
            }
            ((Compared) judgement)
                    .mismatches()
                    .forEach(one -> mismatches.add(row.each().named(one)));
        }
        return new Compared(mismatches.stream().distinct().toList());
    }

    /** Judges one row. */
    static Judgement judge(Fact fact, Expectation expectation, Row row, Scope scope) {
        List<Filled.Problem> problems = new ArrayList<>();
        Map<String, Criterion> criteria = new LinkedHashMap<>();
        for (Expectation.Column column : expectation.columns()) {
            Filled<Criterion> criterion = Criterion.of(column.matcher(), scope);
            problems.addAll(criterion.problems());
            if (criterion instanceof Filled.Complete<Criterion> complete) {
                criteria.put(column.name().text(), complete.value());
            }
        }
        if (!problems.isEmpty()) {
            return new Unknown(Troubles.of(problems));
        }
        List<Finding.Mismatch> mismatches = new ArrayList<>();
        for (Map.Entry<String, Criterion> column : criteria.entrySet()) {
            Optional<Value> found = row.get(column.getKey());
            Criterion.Match match = found.map(column.getValue()::match).orElse(Criterion.Match.INCOMPARABLE);
            if (match == Criterion.Match.INCOMPARABLE) {
                return new Unknown(incomparable(fact, column.getKey(), column.getValue(), found));
            }
            if (match == Criterion.Match.NO) {
                mismatches.add(new Finding.Mismatch(
                        column.getKey(),
                        Criterion.show(found.orElseThrow()),
                        column.getValue().text()));
            }
        }
        return new Compared(mismatches);
    }

    private static Trouble incomparable(Fact fact, String column, Criterion wanted, Optional<Value> found) {
        String message = found.map(value -> "The column " + column + " holds " + Criterion.show(value)
                        + ", which cannot be compared with " + wanted.text() + ".")
                .orElse("The answer has no column " + column + ".");
        return Troubles.of(
                found.isPresent() ? "incomparable" : "missing-column",
                "Fact \"" + fact.name() + "\": " + message,
                fact.name().origin());
    }
}
