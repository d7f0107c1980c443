package dev.runbook.language;

import java.util.List;
import java.util.stream.Stream;

/** All texts of something, each of which may hold tags. */
public final class Texts {
    private Texts() {}

    /** Of a step: what people read, its confirm, its action and its rollback. */
    public static Stream<Text> of(Step step) {
        return Stream.of(
                        Stream.of(step.title()),
                        step.description().stream(),
                        step.confirm().stream().flatMap(Texts::of),
                        of(step.task()),
                        step.rollback().stream().flatMap(Texts::of),
                        of(step.advice()))
                .flatMap(texts -> texts);
    }

    /** Of a fact: its source, its matchers, its advice. */
    public static Stream<Text> of(Fact fact) {
        return Stream.of(
                        of(fact.source()),
                        of(fact.where()),
                        of(fact.expect()),
                        fact.description().stream(),
                        of(fact.advice()))
                .flatMap(texts -> texts);
    }

    /** Of an action and what belongs to it. */
    static Stream<Text> of(Task task) {
        return Stream.of(
                        task.action().stream().flatMap(Texts::of),
                        task.harmlessErrors().values().stream(),
                        task.unsafeToCutOff().stream())
                .flatMap(texts -> texts);
    }

    /** Of an action. */
    public static Stream<Text> of(Task.Action action) {
        if (action instanceof Task.Action.Sql sql) {
            return Stream.of(sql.sql());
        }
        if (action instanceof Task.Action.Procedure procedure) {
            return of(procedure.parameters());
        }
        if (action instanceof Task.Action.Cmdlet cmdlet) {
            return of(cmdlet.parameters());
        }
        Task.Action.CopyFiles copy = (Task.Action.CopyFiles) action;
        return Stream.of(copy.from(), copy.to(), copy.include());
    }

    /** Of a source of rows. */
    public static Stream<Text> of(Fact.Source source) {
        if (source instanceof Fact.Source.Query query) {
            return Stream.of(query.sql());
        }
        if (source instanceof Fact.Source.Cmdlet cmdlet) {
            return of(cmdlet.parameters());
        }
        return source instanceof Fact.Source.Files files ? Stream.of(files.pattern()) : Stream.empty();
    }

    /** Of a way back. */
    public static Stream<Text> of(Step.Rollback rollback) {
        if (rollback instanceof Step.Rollback.Actions actions) {
            return actions.entries().stream()
                    .flatMap(entry -> Stream.of(
                                    entry.title().stream(),
                                    entry.confirm().stream().flatMap(Texts::of),
                                    of(entry.task()))
                            .flatMap(texts -> texts));
        }
        if (rollback instanceof Step.Rollback.NotNeeded notNeeded) {
            return Stream.of(notNeeded.why());
        }
        if (rollback instanceof Step.Rollback.ByHand byHand) {
            return Stream.of(byHand.what());
        }
        return rollback instanceof Step.Rollback.Impossible impossible ? Stream.of(impossible.why()) : Stream.empty();
    }

    /** Of what rows have to look like. */
    public static Stream<Text> of(Expectation expectation) {
        return expectation.columns().stream().flatMap(column -> of(column.matcher()));
    }

    /** Of a value as written. */
    public static Stream<Text> of(Written written) {
        if (written instanceof Written.Scalar scalar) {
            return Stream.of(scalar.text());
        }
        if (written instanceof Written.Items items) {
            return of(items.values());
        }
        return written instanceof Written.Fields fields
                ? fields.values().values().stream().flatMap(Texts::of)
                : Stream.empty();
    }

    private static Stream<Text> of(List<Written> values) {
        return values.stream().flatMap(Texts::of);
    }

    private static Stream<Text> of(Expectation.Matcher matcher) {
        if (matcher instanceof Expectation.Matcher.Equal equal) {
            return of(equal.value());
        }
        if (matcher instanceof Expectation.Matcher.SameSet set) {
            return of(set.values());
        }
        if (matcher instanceof Expectation.Matcher.Like like) {
            return Stream.of(like.pattern());
        }
        if (matcher instanceof Expectation.Matcher.OneOf oneOf) {
            return of(oneOf.values());
        }
        if (matcher instanceof Expectation.Matcher.Not not) {
            return of(not.matcher());
        }
        return of(
                matcher instanceof Expectation.Matcher.AtLeast least
                        ? least.bound()
                        : ((Expectation.Matcher.AtMost) matcher).bound());
    }

    private static Stream<Text> of(Step.Confirm confirm) {
        return Stream.concat(Stream.of(confirm.message()), confirm.type().stream());
    }

    private static Stream<Text> of(Advice advice) {
        return Stream.concat(advice.byError().values().stream(), advice.otherwise().stream());
    }
}
