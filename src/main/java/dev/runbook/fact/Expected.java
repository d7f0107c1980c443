package dev.runbook.fact;

import dev.runbook.base.Value;
import dev.runbook.language.Expectation;
import dev.runbook.language.Written;
import dev.runbook.template.Fill;
import dev.runbook.template.Filled;
import dev.runbook.template.Scope;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An expectation with its tags filled in.
 *
 * @param columns what is wanted, by column
 */
record Expected(Map<String, Criterion> columns) {

    /** Fills an expectation; all problems at once. */
    static Filled<Expected> of(Expectation expectation, Scope scope) {
        List<Filled.Problem> problems = new ArrayList<>();
        Map<String, Criterion> columns = new LinkedHashMap<>();
        for (Expectation.Column column : expectation.columns()) {
            Filled<Criterion> criterion = criterion(column.matcher(), scope);
            problems.addAll(criterion.problems());
            if (criterion instanceof Filled.Complete<Criterion> complete) {
                columns.put(column.name().text(), complete.value());
            }
        }
        return Filled.of(new Expected(columns), problems);
    }

    private static Filled<Criterion> criterion(Expectation.Matcher matcher, Scope scope) {
        if (matcher instanceof Expectation.Matcher.Equal equal) {
            return value(equal.value(), scope).map(Criterion.Equal::new);
        }
        if (matcher instanceof Expectation.Matcher.SameSet set) {
            return value(new Written.Items(set.values()), scope).map(Criterion.Equal::new);
        }
        if (matcher instanceof Expectation.Matcher.OneOf oneOf) {
            return value(oneOf.values(), scope).map(Expected::oneOf);
        }
        if (matcher instanceof Expectation.Matcher.Like like) {
            return Fill.pattern(like.pattern(), scope)
                    .map(pattern -> new Criterion.Like(pattern, Fill.forPeople(like.pattern(), scope)));
        }
        if (matcher instanceof Expectation.Matcher.Not not) {
            return criterion(not.matcher(), scope).map(Criterion.Not::new);
        }
        return matcher instanceof Expectation.Matcher.AtLeast least
                ? bound("at least", least.bound(), scope, Criterion.AtLeast::new)
                : bound("at most", ((Expectation.Matcher.AtMost) matcher).bound(), scope, Criterion.AtMost::new);
    }

    /** A list that was not given has nothing that could be met. */
    private static Criterion oneOf(Value values) {
        if (values instanceof Value.Items items) {
            return new Criterion.OneOf(items.values());
        }
        return new Criterion.OneOf(values instanceof Value.Nothing ? List.of() : List.of(values));
    }

    private static Filled<Criterion> bound(
            String words, Written written, Scope scope, Function<BigDecimal, Criterion> criterion) {
        Filled<Value> value = value(written, scope);
        if (!(value instanceof Filled.Complete<Value> complete)) {
            return new Filled.Problems<>(value.problems());
        }
        return new Filled.Complete<>(Matching.number(complete.value())
                .map(criterion)
                .orElseGet(() -> new Criterion.NoNumber(words, complete.value())));
    }

    private static Filled<Value> value(Written written, Scope scope) {
        return Fill.value(written, scope).map((Optional<Value> value) -> value.orElse(Value.NOTHING));
    }
}
