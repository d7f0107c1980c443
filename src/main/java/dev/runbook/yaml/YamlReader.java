package dev.runbook.yaml;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Position;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads the YAML of runbooks, site files and scenes: the plain half of YAML, without its traps. Refused are double keys, empty
 * values, aliases and anchors, merge keys, tags, several documents, control characters, nesting deeper than 50, more than 20,000
 * values and files over 1 MB.
 */
public final class YamlReader {
    private final Source source;
    private final List<Diagnostic> findings = new ArrayList<>();

    private YamlReader(Source source) {
        this.source = source;
    }

    /** The tree of a document, or everything that is wrong with it. */
    public static Checked<Node> read(Source source) {
        DocumentDraft draft = draft(source);
        Checked<Node> read = new Checked<>(draft.root(), draft.findings());
        return read.hasErrors() ? Checked.failed(read.diagnostics()) : read;
    }

    /**
     * As {@link #read}, but the tree is there also beside errors, without what was refused, so that more can be said about the
     * rest. Not to be used for anything else.
     */
    public static DocumentDraft draft(Source source) {
        return new YamlReader(source).draft();
    }

    private DocumentDraft draft() {
        if (source.lines().stream().mapToInt(line -> line.length() + 1).sum() > SourceReader.MAX_BYTES) {
            findings.add(nowhere("file", "The file is larger than 1 MB. No runbook and no site file is."));
            return new DocumentDraft(Optional.empty(), findings, Unread.NOTHING);
        }
        CharacterCheck characters = CharacterCheck.of(source);
        findings.addAll(characters.findings());
        try {
            return parse(characters.cleaned());
        } catch (BeyondBounds beyond) {
            findings.add(beyond.finding());
            return new DocumentDraft(Optional.empty(), findings, Unread.NOTHING);
        } catch (YAMLException limit) {
            findings.add(nowhere("yaml", "The file cannot be read as YAML: " + limit.getMessage() + "."));
            return new DocumentDraft(Optional.empty(), findings, Unread.NOTHING);
        }
    }

    /** Where the whole cannot be read, what cannot be is left out, in order to find more in the rest. */
    private DocumentDraft parse(List<String> lines) {
        List<Diagnostic> found = new ArrayList<>();
        try {
            Optional<Node> root = tree(lines, found);
            findings.addAll(found);
            if (root.isEmpty() && findings.isEmpty()) {
                findings.add(nowhere("yaml", "The file is empty."));
            }
            return new DocumentDraft(root, findings, Unread.NOTHING);
        } catch (MarkedYAMLException broken) {
            Salvage salvage = Salvage.of(source, lines);
            findings.addAll(salvage.findings());
            Optional<Node> rest = salvage.rest()
                    .flatMap(left -> tree(left, findings))
                    // a word that is left of a document says nothing about it
                    .filter(root -> root instanceof MappingNode);
            return new DocumentDraft(rest, findings, salvage.unread());
        }
    }

    private Optional<Node> tree(List<String> lines, List<Diagnostic> found) {
        SourceText text = SourceText.of(lines);
        return new TreeBuilder(source, text, new Events(source, text), found).build();
    }

    private Diagnostic nowhere(String rule, String message) {
        return Diagnostic.error(Origin.of(source, Span.at(Position.START)), rule, message);
    }
}
