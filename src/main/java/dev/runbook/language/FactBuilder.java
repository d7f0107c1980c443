package dev.runbook.language;

import dev.runbook.yaml.Node;

/** Builds facts. */
final class FactBuilder {
    private final Reading reading;
    private final TaskBuilder tasks;
    private final ExpectationReader expectations;

    FactBuilder(Reading reading) {
        this.reading = reading;
        this.tasks = new TaskBuilder(reading);
        this.expectations = new ExpectationReader(reading);
    }

    Fact build(Node.Mapping.Entry entry) {
        Node.Mapping map = RunbookBuilder.body(entry);
        return new Fact(
                new Name(entry.key().value(), entry.key().origin()),
                source(map),
                reading.name(map, "for-each"),
                expectations.read(map, "where"),
                reading.names(map, "order-by"),
                expectations.read(map, "expect"),
                reading.text(map, "description"),
                new AdviceReader(reading).read(map));
    }

    private Fact.Source source(Node.Mapping map) {
        if (map.get("files").isPresent()) {
            return new Fact.Source.Files(text(map, "files"));
        }
        if (map.get("reachable").isPresent()) {
            return new Fact.Source.Reachable(name(map, "reachable"));
        }
        if (map.get("cmdlet").isPresent()) {
            return new Fact.Source.Cmdlet(name(map, "cmdlet"), tasks.parameters(map), reading.name(map, "shell"));
        }
        return new Fact.Source.Query(name(map, "server"), text(map, "sql"));
    }

    private Text text(Node.Mapping map, String key) {
        return reading.text(map, key).orElseGet(() -> new Text("", map.origin()));
    }

    private Name name(Node.Mapping map, String key) {
        return reading.name(map, key).orElseGet(() -> new Name("", map.origin()));
    }
}
