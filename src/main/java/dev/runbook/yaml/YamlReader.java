package dev.runbook.yaml;

import dev.runbook.diagnostic.Checked;
import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Origin;
import dev.runbook.diagnostic.Position;
import dev.runbook.diagnostic.Source;
import dev.runbook.diagnostic.Span;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;

/**
 * Reads the YAML of runbooks, site files and scenes: the plain half of YAML, without its traps. Refused are double keys, empty
 * values, aliases and anchors, merge keys, tags, several documents, control characters, nesting deeper than 50 and files over
 * 1 MB.
 */
public final class YamlReader {
    /** Behind so many broken places a file is not YAML at all. */
    private static final int MAX_REPAIRS = 20;

    private final Source source;
    private final List<Diagnostic> findings = new ArrayList<>();

    private YamlReader(Source source) {
        this.source = source;
    }

    /** The tree of a document, or everything that is wrong with it. */
    public static Checked<Node> read(Source source) {
        Checked<Node> draft = draft(source);
        return draft.hasErrors() ? Checked.failed(draft.diagnostics()) : draft;
    }

    /**
     * As {@link #read}, but the tree is there also beside errors, without what was refused, so that more can be said about the
     * rest. Not to be used for anything else.
     */
    public static Checked<Node> draft(Source source) {
        return new YamlReader(source).draft();
    }

    private Checked<Node> draft() {
        if (source.lines().stream().mapToInt(line -> line.length() + 1).sum() > SourceReader.MAX_BYTES) {
            return Checked.failed(
                    List.of(nowhere("file", "The file is larger than 1 MB. No runbook and no site file is.")));
        }
        CharacterCheck characters = CharacterCheck.of(source);
        findings.addAll(characters.findings());
        List<String> lines = new ArrayList<>(characters.cleaned());
        Optional<Node> root = parse(lines);
        if (root.isEmpty() && findings.isEmpty()) {
            findings.add(nowhere("yaml", "The file is empty."));
        }
        return new Checked<>(root, findings);
    }

    /** Reads as far as it goes; behind a place that cannot be read it goes on at the next entry, in order to find more. */
    private Optional<Node> parse(List<String> lines) {
        for (int repairs = 0; repairs <= MAX_REPAIRS; repairs++) {
            SourceText text = SourceText.of(lines);
            List<Diagnostic> found = new ArrayList<>();
            try {
                Optional<Node> root = new TreeBuilder(source, text, events(text), found).build();
                keep(found, repairs > 0);
                return repairs == 0 ? root : Optional.empty();
            } catch (MarkedYAMLException broken) {
                Diagnostic diagnostic = SyntaxMessage.of(source, text, broken);
                int line = diagnostic.span().start().line();
                found.removeIf(other -> other.span().start().line() == line);
                keep(found, repairs > 0);
                findings.add(diagnostic);
                if (!BrokenEntry.blank(
                        lines, text.position(broken.getProblemMark()).line())) {
                    return Optional.empty();
                }
            } catch (YAMLException limit) {
                findings.add(nowhere("yaml", "The file cannot be read as YAML: " + limit.getMessage() + "."));
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** What a repair has emptied is not the author's mistake. */
    private void keep(List<Diagnostic> found, boolean repaired) {
        found.stream()
                .filter(diagnostic -> !(repaired && diagnostic.rule().equals("empty-value")))
                .forEach(findings::add);
    }

    private static Iterator<Event> events(SourceText text) {
        LoaderOptions options = new LoaderOptions();
        return new Yaml(new SafeConstructor(options))
                .parse(new StringReader(text.text()))
                .iterator();
    }

    private Diagnostic nowhere(String rule, String message) {
        return Diagnostic.error(Origin.of(source, Span.at(Position.START)), rule, message);
    }
}
