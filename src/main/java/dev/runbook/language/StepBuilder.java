package dev.runbook.language;

import dev.runbook.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds steps and the way back from them. */
final class StepBuilder {
    private final Reading reading;
    private final TaskBuilder tasks;
    private final ConditionReader conditions;

    StepBuilder(Reading reading) {
        this.reading = reading;
        this.tasks = new TaskBuilder(reading);
        this.conditions = new ConditionReader(reading);
    }

    Step build(Node.Mapping map) {
        Task task = tasks.build(map);
        return new Step(
                reading.name(map, "step").orElseGet(() -> new Name("", map.origin())),
                text(map, "title"),
                reading.text(map, "description"),
                reading.names(map, "documents"),
                conditions.read(map, "when"),
                conditions.read(map, "require"),
                remember(map),
                confirm(map),
                task,
                map.get("rollback").map(this::rollback).or(() -> builtIn(task)),
                new AdviceReader(reading).read(map));
    }

    private Map<String, Name> remember(Node.Mapping map) {
        Map<String, Name> remembered = new LinkedHashMap<>();
        for (Node.Mapping.Entry entry : reading.entries(map, "remember")) {
            String name = entry.key().value();
            if (name.equals("each") || name.equals("run")) {
                reading.error(
                        entry.key().origin(),
                        "reserved-name",
                        "\"" + name + "\" is a name of the language. Choose another one.");
            }
            if (entry.value() instanceof Node.Scalar fact) {
                remembered.put(name, reading.name(fact));
            }
        }
        return remembered;
    }

    private Optional<Step.Confirm> confirm(Node.Mapping map) {
        return reading.text(map, "confirm")
                .map(message -> new Step.Confirm(message, Optional.empty()))
                .or(() -> reading.map(map, "confirm")
                        .map(confirm -> new Step.Confirm(text(confirm, "message"), reading.text(confirm, "type"))));
    }

    private Optional<Step.Rollback> builtIn(Task task) {
        return task.action().filter(Task.Action.CopyFiles.class::isInstance).map(copy -> new Step.Rollback.BuiltIn());
    }

    private Step.Rollback rollback(Node node) {
        if (node instanceof Node.Sequence sequence) {
            return new Step.Rollback.Actions(sequence.items().stream()
                    .filter(Node.Mapping.class::isInstance)
                    .map(item -> entry((Node.Mapping) item))
                    .toList());
        }
        return node instanceof Node.Mapping map ? single(map) : new Step.Rollback.Actions(List.of());
    }

    private Step.Rollback single(Node.Mapping map) {
        return reading.text(map, "not-needed")
                .<Step.Rollback>map(Step.Rollback.NotNeeded::new)
                .or(() -> reading.text(map, "by-hand").map(Step.Rollback.ByHand::new))
                .or(() -> reading.text(map, "impossible").map(Step.Rollback.Impossible::new))
                .orElseGet(() -> new Step.Rollback.Actions(List.of(entry(map))));
    }

    private Step.Rollback.Entry entry(Node.Mapping map) {
        List.of("not-needed", "by-hand", "impossible")
                .forEach(word -> reading.text(map, word)
                        .ifPresent(why -> reading.error(
                                why.origin(),
                                "one-thing",
                                "\"" + word + "\" cannot be one of several actions. Write it alone: rollback: {" + word
                                        + ": …}.")));
        return new Step.Rollback.Entry(
                reading.text(map, "title"),
                conditions.read(map, "when"),
                conditions.read(map, "require"),
                confirm(map),
                tasks.build(map));
    }

    private Text text(Node.Mapping map, String key) {
        return reading.text(map, key).orElseGet(() -> new Text("", map.origin()));
    }
}
