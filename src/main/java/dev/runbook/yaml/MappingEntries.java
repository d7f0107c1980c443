package dev.runbook.yaml;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The entries of one map while they are read. */
final class MappingEntries {
    private final Source source;
    private final List<Diagnostic> findings;
    private final boolean flow;
    private final List<MappingNode.Entry> kept = new ArrayList<>();
    private final Map<String, ScalarNode> seen = new HashMap<>();
    private final List<Node> strangeKeys = new ArrayList<>();

    MappingEntries(Source source, List<Diagnostic> findings, boolean flow) {
        this.source = source;
        this.findings = findings;
        this.flow = flow;
    }

    void add(Node key, Node value) {
        if (!(key instanceof ScalarNode name)) {
            strangeKeys.add(key);
            return;
        }
        ScalarNode first = seen.putIfAbsent(name.value(), name);
        if (first != null) {
            int line = first.origin().position().line();
            error(
                    name,
                    "duplicate-key",
                    "The key \"" + name.value() + "\" stands here twice. The first one is on line " + line + ".");
        } else if (name.isPlain("<<")) {
            error(name, "merge-key", "Merge keys are not part of the language: write the entries out.");
        } else {
            kept.add(new MappingNode.Entry(name, value));
        }
    }

    /** What has been read, without double, strange and merge keys. */
    List<MappingNode.Entry> kept() {
        return kept;
    }

    /** Whether this is what {@code {{name}}} looks like to YAML: a map whose only key is a map without a value. */
    boolean isBareTag() {
        return flow && strangeKeys.size() == 1 && seen.isEmpty() && strangeKeys.get(0) instanceof MappingNode;
    }

    /** Says what is wrong with keys and values. */
    void report() {
        strangeKeys.forEach(key -> error(key, "key", "A key must be a text, and this is " + key.kind() + "."));
        for (MappingNode.Entry entry : kept) {
            if (entry.value().isEmpty()) {
                String advice = flow && kept.size() > 1
                        ? " If it belongs to the text before the comma, put that whole text in quotes."
                        : " Write a value, or delete the key.";
                error(entry.key(), "empty-value", "The key \"" + entry.key().value() + "\" has no value." + advice);
            }
        }
    }

    private void error(Node node, String rule, String message) {
        findings.add(Diagnostic.error(Origin.of(source, node.origin().span()), rule, message));
    }
}
