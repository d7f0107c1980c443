package dev.runbook.site;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Position;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import dev.runbook.base.Suggestion;
import dev.runbook.base.Value;
import dev.runbook.language.Runbook;
import dev.runbook.language.Variable;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.YamlReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What somebody supplied for a variable, not yet checked.
 *
 * @param node the value, with its place for messages
 * @param name where its name stands
 */
public record SuppliedValue(Node node, Origin name) {
    /**
     * A text from outside of any file.
     *
     * @param place what messages call it, such as {@code --var pool_fqdn}
     * @param text the value; lists are separated by commas
     */
    public static SuppliedValue of(String place, String text) {
        return of(place, Value.of(text));
    }

    /**
     * A value that the program itself made, such as a server of a rehearsal.
     *
     * @param place what messages call it
     * @param value a text, a number, a truth, a list or a map; the keys of a map are those of a site file
     */
    public static SuppliedValue of(String place, Value value) {
        Source source = Source.of(place, value.text());
        int length = Math.max(1, source.line(1).length());
        return at(Origin.of(source, new Span(Position.START, Position.START.right(length))), value);
    }

    /**
     * The same, where the file of a secret is named from a folder: that of the site file, and not the one in which somebody
     * happens to stand.
     */
    public SuppliedValue from(Path folder) {
        return new SuppliedValue(from(folder, node), name);
    }

    private static Node from(Path folder, Node node) {
        if (node instanceof Node.Sequence list) {
            return new Node.Sequence(
                    list.origin(),
                    list.items().stream().map(item -> from(folder, item)).toList());
        }
        if (!(node instanceof Node.Mapping map)) {
            return node;
        }
        boolean secret = map.entries().size() == 1 && map.get("file").isPresent();
        return new Node.Mapping(
                map.origin(),
                map.entries().stream()
                        .map(entry -> new Node.Mapping.Entry(
                                entry.key(),
                                secret && entry.value() instanceof Node.Scalar file
                                        ? absolute(folder, file)
                                        : from(folder, entry.value())))
                        .toList());
    }

    private static Node absolute(Path folder, Node.Scalar file) {
        try {
            return new Node.Scalar(
                    folder.resolve(file.value()).normalize().toString(), Node.Scalar.Style.QUOTED, file.origin());
        } catch (InvalidPathException e) {
            // whoever reads it says so
            return file;
        }
    }

    /** Whether it is a secret that a person is to be asked for. */
    public boolean isPrompt() {
        return node instanceof Node.Mapping map && map.get("prompt").isPresent();
    }

    /** A value that stands for something written there, such as a default. */
    static SuppliedValue at(Origin origin, Value value) {
        return new SuppliedValue(node(value, origin), origin);
    }

    private static Node node(Value value, Origin origin) {
        if (value instanceof Value.Items items) {
            List<Node> nodes =
                    items.values().stream().map(item -> node(item, origin)).toList();
            return new Node.Sequence(origin, nodes);
        }
        if (value instanceof Value.Fields fields) {
            return new Node.Mapping(
                    origin,
                    fields.values().entrySet().stream()
                            .map(entry -> entry(entry, origin))
                            .toList());
        }
        Node.Scalar.Style style = value instanceof Value.Text ? Node.Scalar.Style.QUOTED : Node.Scalar.Style.PLAIN;
        String text = value instanceof Value.Secret secret ? secret.reveal() : value.text();
        return new Node.Scalar(text, style, origin);
    }

    private static Node.Mapping.Entry entry(Map.Entry<String, Value> entry, Origin origin) {
        Node.Scalar key = new Node.Scalar(entry.getKey(), Node.Scalar.Style.PLAIN, origin);
        return new Node.Mapping.Entry(key, node(entry.getValue(), origin));
    }

    /**
     * Reads a site file: one flat map of values by variable, shared by all runbooks of a site. Gives the values in the order
     * written; what is wrong with them never shows the value of a secret of the runbook.
     */
    public static Checked<Map<String, SuppliedValue>> read(Source source, Runbook runbook) {
        return read(source.hiding(runbook.variables().values().stream()
                .filter(variable -> variable.type() == Variable.Type.SECRET)
                .map(variable -> variable.name().text())
                .collect(Collectors.toSet())));
    }

    /** The same, for no runbook in particular. */
    public static Checked<Map<String, SuppliedValue>> read(Source source) {
        Checked<Node> tree = YamlReader.read(source);
        if (tree.value().isEmpty()) {
            return Checked.failed(tree.diagnostics());
        }
        if (!(tree.value().get() instanceof Node.Mapping map)) {
            return Checked.failed(
                    List.of(
                            Diagnostic.error(
                                    tree.value().get().origin(),
                                    "site-file",
                                    "A site file is a map of values by variable, one on each line, such as pool_fqdn: pool1.example.com.")));
        }
        Map<String, SuppliedValue> values = new LinkedHashMap<>();
        map.entries()
                .forEach(entry -> values.put(
                        entry.key().value(),
                        new SuppliedValue(entry.value(), entry.key().origin())));
        return Checked.of(values, tree.diagnostics());
    }

    /**
     * Warns of values for variables that a runbook does not have: a misspelt name would silently have no effect. One warning for
     * each, where the name stands.
     *
     * @param given values by name
     * @param elsewhere names that are right although this runbook does not have them; asked for only when there is one that it
     *     does not have
     */
    public static List<Diagnostic> unknown(
            Runbook runbook, Map<String, SuppliedValue> given, Supplier<Set<String>> elsewhere) {
        Set<String> known = runbook.variables().keySet();
        List<String> foreign =
                given.keySet().stream().filter(name -> !known.contains(name)).toList();
        if (foreign.isEmpty()) {
            return List.of();
        }
        Set<String> right = elsewhere.get();
        return foreign.stream()
                .filter(name -> !right.contains(name))
                .map(name -> Diagnostic.warning(
                        given.get(name).name(),
                        "unknown-variable",
                        "There is no variable \"" + name + "\" in " + runbook.id() + "."
                                + Suggestion.didYouMean(name, known)))
                .toList();
    }
}
