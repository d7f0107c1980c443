package dev.runbook.rule;

import dev.runbook.language.ActionSpec;
import dev.runbook.language.Advice;
import dev.runbook.language.Fact;
import dev.runbook.language.FactSource;
import dev.runbook.language.Name;
import dev.runbook.language.Rollback;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.language.Variable;
import dev.runbook.rule.TextUse.Place;
import dev.runbook.rule.TextUse.View.Owner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Goes through all texts of a runbook, in the order of a run, and notes which names each of them can see. */
public final class TextUses {
    private final Runbook runbook;
    private final List<TextUse> uses = new ArrayList<>();
    private final Map<String, Name> remembered = new LinkedHashMap<>();

    private TextUses(Runbook runbook) {
        this.runbook = runbook;
    }

    /** Every text that will be filled. */
    public static List<TextUse> of(Runbook runbook) {
        TextUses all = new TextUses(runbook);
        all.defaults();
        runbook.facts().values().forEach(all::fact);
        runbook.steps().forEach(all::step);
        return all.uses;
    }

    private void defaults() {
        Map<String, Variable> above = new LinkedHashMap<>();
        for (Variable variable : runbook.variables().values()) {
            TextUse.View view = new TextUse.View(runbook, Owner.DEFAULT, above, Map.of(), Optional.empty());
            variable.defaultValue().ifPresent(written -> add(Texts.of(written), Place.DATA, view));
            above.put(variable.name().text(), variable);
        }
    }

    private void fact(Fact fact) {
        TextUse.View view = new TextUse.View(runbook, Owner.FACT, runbook.variables(), Map.of(), fact.forEach());
        add(Texts.of(fact.source()), place(fact.source()), view);
        add(Stream.concat(Texts.of(fact.where()), Texts.of(fact.expect())), Place.DATA, view);
        TextUse.View people = view.forEach(Optional.empty());
        add(Stream.concat(fact.description().stream(), advice(fact.advice())), Place.PEOPLE, people);
    }

    private void step(Step step) {
        remembered.putAll(step.remember());
        TextUse.View view = new TextUse.View(runbook, Owner.STEP, runbook.variables(), remembered, Optional.empty());
        add(Stream.concat(Stream.of(step.title()), step.description().stream()), Place.PEOPLE, view);
        add(
                step.confirm().stream()
                        .flatMap(confirm -> Stream.concat(Stream.of(confirm.message()), confirm.type().stream())),
                Place.PEOPLE,
                view);
        task(step.task(), view);
        step.rollback().ifPresent(rollback -> rollback(rollback, view));
        add(advice(step.advice()), Place.PEOPLE, view);
    }

    private void rollback(Rollback rollback, TextUse.View view) {
        if (rollback instanceof Rollback.Actions actions) {
            actions.entries().forEach(entry -> {
                add(entry.title().stream(), Place.PEOPLE, view);
                task(entry.task(), view);
            });
        } else {
            add(Texts.of(rollback), Place.PEOPLE, view);
        }
    }

    private void task(Task task, TextUse.View view) {
        TextUse.View forEach = view.forEach(task.forEach());
        task.action().ifPresent(action -> add(Texts.of(action), place(action), forEach));
        add(task.harmlessErrors().values().stream(), Place.PEOPLE, view);
        add(task.unsafeToCutOff().stream(), Place.PEOPLE, view);
    }

    private static Place place(FactSource source) {
        if (source instanceof FactSource.Query) {
            return Place.SQL;
        }
        return source instanceof FactSource.Cmdlet ? Place.PARAMETER : Place.DATA;
    }

    private static Place place(ActionSpec action) {
        if (action instanceof ActionSpec.Sql) {
            return Place.SQL;
        }
        return action instanceof ActionSpec.CopyFiles ? Place.DATA : Place.PARAMETER;
    }

    private static Stream<Text> advice(Advice advice) {
        return Stream.concat(advice.byError().values().stream(), advice.otherwise().stream());
    }

    private void add(Stream<Text> texts, Place place, TextUse.View view) {
        texts.filter(Text::hasTags).map(text -> new TextUse(text, place, view)).forEach(uses::add);
    }
}
