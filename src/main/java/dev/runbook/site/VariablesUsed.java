package dev.runbook.site;

import dev.runbook.language.Fact;
import dev.runbook.language.Name;
import dev.runbook.language.Names;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.language.Variable;
import dev.runbook.template.Tag;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which variables something depends on: by its tags, by the servers and shells that it names, and through the facts that it
 * asks. A resume refuses new values for the variables of finished steps.
 */
public final class VariablesUsed {
    private final Runbook runbook;
    private final Set<String> used = new LinkedHashSet<>();
    private final Set<String> asked = new LinkedHashSet<>();

    private VariablesUsed(Runbook runbook) {
        this.runbook = runbook;
    }

    /** Of a text, by its tags. */
    public static Set<String> of(Runbook runbook, Text text) {
        VariablesUsed variables = new VariablesUsed(runbook);
        variables.texts(Stream.of(text));
        return variables.used;
    }

    /** Of a fact, and of all facts that it asks for. */
    public static Set<String> of(Runbook runbook, Fact fact) {
        VariablesUsed variables = new VariablesUsed(runbook);
        variables.fact(fact);
        return variables.used;
    }

    /** The facts that a step asks, in its rollback too, and those that these are asked for each of. */
    public static Set<String> facts(Runbook runbook, Step step) {
        VariablesUsed variables = new VariablesUsed(runbook);
        variables.names(Names.of(step));
        return Collections.unmodifiableSet(variables.asked);
    }

    /** Of a step: its conditions, action, rollback, texts, and all facts that it asks. */
    public static Set<String> of(Runbook runbook, Step step) {
        VariablesUsed variables = new VariablesUsed(runbook);
        Stream<Task.Action> rollback = step.rollback().stream()
                .filter(Step.Rollback.Actions.class::isInstance)
                .flatMap(actions -> ((Step.Rollback.Actions) actions).entries().stream())
                .flatMap(entry -> entry.task().action().stream());
        Stream.concat(step.task().action().stream(), rollback)
                .filter(Task.Action.Cmdlet.class::isInstance)
                .forEach(cmdlet -> variables.onlyShell(((Task.Action.Cmdlet) cmdlet).shell()));
        variables.texts(Texts.of(step));
        variables.names(Names.of(step));
        return variables.used;
    }

    private void fact(Fact fact) {
        if (asked.add(fact.name().text())) {
            if (fact.source() instanceof Fact.Source.Cmdlet cmdlet) {
                onlyShell(cmdlet.shell());
            }
            texts(Texts.of(fact));
            names(Names.of(fact));
        }
    }

    /** A cmdlet that names no shell runs in the only one that there is. */
    private void onlyShell(Optional<Name> named) {
        runbook.variables().values().stream()
                .filter(variable -> named.isEmpty() && variable.type() == Variable.Type.POWERSHELL)
                .forEach(variable -> used.add(variable.name().text()));
    }

    private void texts(Stream<Text> texts) {
        texts.flatMap(text -> Tag.in(text).stream())
                .map(Tag::head)
                .filter(runbook.variables()::containsKey)
                .forEach(used::add);
    }

    private void names(Stream<Name> names) {
        names.map(Name::text).forEach(name -> {
            if (runbook.facts().containsKey(name)) {
                fact(runbook.facts().get(name));
            } else if (runbook.variables().containsKey(name)) {
                used.add(name);
            }
        });
    }
}
