package dev.runbook.rule;

import dev.runbook.language.Advice;
import dev.runbook.language.Fact;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.language.Variable;
import dev.runbook.rule.TextUse.Place;
import dev.runbook.rule.TextUse.View.Owner;
import dev.runbook.template.Tag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A text that will be filled.
 *
 * @param text the text
 * @param place what it is filled for
 * @param view which names its tags can see
 */
record TextUse(Text text, Place place, View view) {
    /** What a text is filled for. */
    enum Place {
        /** T-SQL. */
        SQL,
        /** People. */
        PEOPLE,
        /** Parameters of procedures and cmdlets, which are bound as data. */
        PARAMETER,
        /** Paths, comparisons, defaults. */
        DATA
    }

    /** Every text of a runbook that will be filled, in the order of a run. */
    static List<TextUse> of(Runbook runbook) {
        Walk all = new Walk(runbook);
        all.defaults();
        runbook.facts().values().forEach(all::fact);
        runbook.steps().forEach(all::step);
        return all.uses;
    }

    /** Its tags, each with the section that it stands in. */
    List<TagUse> tags() {
        List<TagUse> uses = new ArrayList<>();
        Deque<Tag> open = new ArrayDeque<>();
        for (Tag tag : Tag.in(text)) {
            if (tag.kind() == Tag.Kind.SECTION_END) {
                open.poll();
                continue;
            }
            uses.add(new TagUse(tag, Optional.ofNullable(open.peek()), this));
            if (tag.kind() == Tag.Kind.SECTION_START) {
                open.push(tag);
            }
        }
        return uses;
    }

    /**
     * Which names the tags of some text can see.
     *
     * @param runbook the runbook
     * @param owner what the text belongs to
     * @param variables by name: all of them, of a default those that stand above it
     * @param remembered the fact behind each remembered name
     * @param each the fact or list variable for whose rows it is done
     */
    record View(
            Runbook runbook,
            Owner owner,
            Map<String, Variable> variables,
            Map<String, Name> remembered,
            Optional<Name> each) {
        /** What a text belongs to. */
        enum Owner {
            /** A step; it sees what it and the steps above remember. */
            STEP,
            /** A fact; it sees nothing remembered. */
            FACT,
            /** The default of a variable; it sees the variables above. */
            DEFAULT
        }

        /** Copies the maps, keeping their order. */
        View {
            variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
            remembered = Collections.unmodifiableMap(new LinkedHashMap<>(remembered));
        }

        /** The same, inside something that is done for each row of a fact or list. */
        View forEach(Optional<Name> rows) {
            return new View(runbook, owner, variables, remembered, rows);
        }
    }

    /** Goes through all texts of a runbook, in the order of a run, and notes which names each of them can see. */
    private static final class Walk {
        private final Runbook runbook;
        private final List<TextUse> uses = new ArrayList<>();
        private final Map<String, Name> remembered = new LinkedHashMap<>();

        private Walk(Runbook runbook) {
            this.runbook = runbook;
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
            TextUse.View view =
                    new TextUse.View(runbook, Owner.STEP, runbook.variables(), remembered, Optional.empty());
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

        private void rollback(Step.Rollback rollback, TextUse.View view) {
            if (rollback instanceof Step.Rollback.Actions actions) {
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

        private static Place place(Fact.Source source) {
            if (source instanceof Fact.Source.Query) {
                return Place.SQL;
            }
            return source instanceof Fact.Source.Cmdlet ? Place.PARAMETER : Place.DATA;
        }

        private static Place place(Task.Action action) {
            if (action instanceof Task.Action.Sql) {
                return Place.SQL;
            }
            return action instanceof Task.Action.CopyFiles ? Place.DATA : Place.PARAMETER;
        }

        private static Stream<Text> advice(Advice advice) {
            return Stream.concat(advice.byError().values().stream(), advice.otherwise().stream());
        }

        private void add(Stream<Text> texts, Place place, TextUse.View view) {
            texts.filter(Text::hasTags)
                    .map(text -> new TextUse(text, place, view))
                    .forEach(uses::add);
        }
    }
}
