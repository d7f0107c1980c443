package dev.runbook.language;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
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
        RunbookDraft draft = draft(source);
        Checked<Runbook> read = new Checked<>(draft.runbook(), draft.findings());
        return read.hasErrors() ? Checked.failed(read.diagnostics()) : read;
    }

    /**
     * As {@link #load}, but the runbook is there also beside errors, as far as it could be read, so that more can be said about
     * the rest.
     */
    public RunbookDraft draft(Source source) {
        YamlReader.Draft tree = YamlReader.draft(source);
        List<Diagnostic> findings = new ArrayList<>(tree.findings());
        tree.root().ifPresent(root -> findings.addAll(schema.check(root, tree.unread())));
        Optional<Runbook> runbook = tree.root().flatMap(root -> build(source, root, findings));
        return new RunbookDraft(runbook, findings, tree.unread());
    }

    private static Optional<Runbook> build(Source source, Node root, List<Diagnostic> findings) {
        if (!(root instanceof Node.Mapping map)) {
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
