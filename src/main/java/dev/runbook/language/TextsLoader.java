package dev.runbook.language;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a runbook says in another language. */
public final class TextsLoader {
    private final SchemaCheck schema = SchemaCheck.of("/schema/runbook-texts.schema.json");

    /** The texts that a source holds, or everything that is wrong with its YAML and its shape. */
    public Checked<RunbookTexts> load(Source source) {
        YamlReader.Draft tree = YamlReader.draft(source);
        List<Diagnostic> findings = new ArrayList<>(tree.findings());
        tree.root().ifPresent(root -> findings.addAll(schema.check(root, tree.unread())));
        Reading reading = new Reading();
        Checked<RunbookTexts> read = new Checked<>(
                tree.root()
                        .filter(Node.Mapping.class::isInstance)
                        .map(root -> build(source, (Node.Mapping) root, reading)),
                findings);
        findings.addAll(reading.findings());
        return new Checked<>(read.value(), findings).hasErrors() ? Checked.failed(findings) : read;
    }

    private static RunbookTexts build(Source source, Node.Mapping root, Reading reading) {
        Map<String, StepTexts> steps = new LinkedHashMap<>();
        for (Node.Mapping.Entry entry : reading.entries(root, "steps")) {
            if (entry.value() instanceof Node.Mapping map) {
                steps.put(
                        entry.key().value(),
                        new StepTexts(
                                reading.name(entry.key()),
                                reading.text(map, "title"),
                                reading.text(map, "description"),
                                reading.text(map, "confirm"),
                                new AdviceReader(reading).read(map)));
            }
        }
        return new RunbookTexts(
                source,
                reading.name(root, TextsFile.KEY).orElseGet(() -> new Name("", root.origin())),
                reading.text(root, "title"),
                reading.text(root, "description"),
                steps);
    }
}
