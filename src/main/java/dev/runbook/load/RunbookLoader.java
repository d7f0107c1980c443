package dev.runbook.load;

import dev.runbook.diagnostic.Checked;
import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Source;
import dev.runbook.model.Runbook;
import dev.runbook.yaml.MappingNode;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads runbooks. Keeps the schema, whose reading takes longer than that of a runbook. */
public final class RunbookLoader {
    private final SchemaCheck schema = SchemaCheck.of("/schema/runbook.schema.json");

    /**
     * The runbook that a source holds, or everything that is wrong with its YAML, its shape and its values. What names mean is
     * not looked at: that is what {@code lint} is for.
     */
    public Checked<Runbook> load(Source source) {
        Checked<Runbook> draft = draft(source);
        return draft.hasErrors() ? Checked.failed(draft.diagnostics()) : draft;
    }

    /**
     * As {@link #load}, but the runbook is there also beside errors, as far as it could be read, so that more can be said about
     * the rest. Not fit to be run; what is missing in it is an empty text.
     */
    public Checked<Runbook> draft(Source source) {
        Checked<Node> tree = YamlReader.draft(source);
        List<Diagnostic> findings = new ArrayList<>(tree.diagnostics());
        Optional<Runbook> runbook = tree.value().flatMap(root -> build(source, root, findings));
        return new Checked<>(runbook, findings);
    }

    private Optional<Runbook> build(Source source, Node root, List<Diagnostic> findings) {
        findings.addAll(schema.check(root));
        if (!(root instanceof MappingNode map)) {
            return Optional.empty();
        }
        Reading reading = new Reading();
        Runbook runbook = new RunbookBuilder(reading).build(source, map);
        // where a name is wanted, quotes around a tag would not help
        findings.removeIf(finding -> finding.rule().equals("unquoted-tag")
                && reading.findings().stream().anyMatch(other -> other.span().equals(finding.span())));
        findings.addAll(reading.findings());
        return Optional.of(runbook);
    }
}
