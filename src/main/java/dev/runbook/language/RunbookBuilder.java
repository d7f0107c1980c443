package dev.runbook.language;

import dev.runbook.base.Source;
import dev.runbook.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the runbook that a document describes, as far as its shape allows. */
final class RunbookBuilder {
    private final Reading reading;
    private final FactBuilder facts;
    private final StepBuilder steps;

    RunbookBuilder(Reading reading) {
        this.reading = reading;
        this.facts = new FactBuilder(reading);
        this.steps = new StepBuilder(reading);
    }

    Runbook build(Source source, Node.Mapping root) {
        Name id = reading.name(root, "runbook").orElseGet(() -> new Name("", root.origin()));
        Text title = reading.text(root, "title").orElseGet(() -> new Text(id.text(), id.origin()));
        return new Runbook(
                source,
                id,
                title,
                reading.text(root, "description"),
                reading.each(root, "sources", this::page),
                reading.name(root, "rehearsal"),
                reading.duration(root, "rto"),
                variables(root),
                facts(root),
                steps(root));
    }

    private Runbook.Page page(Node.Mapping map) {
        return new Runbook.Page(
                reading.text(map, "title").map(Text::raw).orElse(""),
                reading.text(map, "url").map(Text::raw).orElse(""));
    }

    private Map<String, Variable> variables(Node.Mapping root) {
        VariableBuilder builder = new VariableBuilder(reading);
        Map<String, Variable> variables = new LinkedHashMap<>();
        for (Node.Mapping.Entry entry : reading.entries(root, "variables")) {
            variables.put(entry.key().value(), builder.build(entry));
        }
        return variables;
    }

    private Map<String, Fact> facts(Node.Mapping root) {
        Map<String, Fact> built = new LinkedHashMap<>();
        for (Node.Mapping.Entry entry : reading.entries(root, "facts")) {
            built.put(entry.key().value(), facts.build(entry));
        }
        return built;
    }

    private List<Step> steps(Node.Mapping root) {
        List<Node> items = reading.items(root, "steps");
        return items.stream()
                .filter(Node.Mapping.class::isInstance)
                .map(node -> steps.build((Node.Mapping) node))
                .toList();
    }

    /** The entry's map, or an empty one in its place. */
    static Node.Mapping body(Node.Mapping.Entry entry) {
        return Optional.of(entry.value())
                .filter(Node.Mapping.class::isInstance)
                .map(Node.Mapping.class::cast)
                .orElseGet(() -> new Node.Mapping(entry.key().origin(), List.of()));
    }
}
