package dev.runbook.language;

import dev.runbook.base.Source;
import dev.runbook.yaml.MappingNode;
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

    Runbook build(Source source, MappingNode root) {
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

    private Runbook.Page page(MappingNode map) {
        return new Runbook.Page(
                reading.text(map, "title").map(Text::raw).orElse(""),
                reading.text(map, "url").map(Text::raw).orElse(""));
    }

    private Map<String, Variable> variables(MappingNode root) {
        VariableBuilder builder = new VariableBuilder(reading);
        Map<String, Variable> variables = new LinkedHashMap<>();
        for (MappingNode.Entry entry : reading.entries(root, "variables")) {
            variables.put(entry.key().value(), builder.build(entry));
        }
        return variables;
    }

    private Map<String, Fact> facts(MappingNode root) {
        Map<String, Fact> built = new LinkedHashMap<>();
        for (MappingNode.Entry entry : reading.entries(root, "facts")) {
            built.put(entry.key().value(), facts.build(entry));
        }
        return built;
    }

    private List<Step> steps(MappingNode root) {
        List<Node> items = reading.items(root, "steps");
        return items.stream()
                .filter(MappingNode.class::isInstance)
                .map(node -> steps.build((MappingNode) node))
                .toList();
    }

    /** The entry's map, or an empty one in its place. */
    static MappingNode body(MappingNode.Entry entry) {
        return Optional.of(entry.value())
                .filter(MappingNode.class::isInstance)
                .map(MappingNode.class::cast)
                .orElseGet(() -> new MappingNode(entry.key().origin(), List.of()));
    }
}
