package dev.runbook.runs;

import dev.runbook.model.Runbook;
import dev.runbook.model.VariableType;
import dev.runbook.site.Given;
import dev.runbook.yaml.MappingNode;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.ScalarNode;
import dev.runbook.yaml.SequenceNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The values of a run as a site file, so that it can be resumed on another machine. A secret that was given as such is left
 * out and asked for again; where a secret comes from is kept.
 */
public final class SiteCopy {
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
    private static final String PROMPT = "{prompt: true}";
    private static final String PASSWORD = "password";

    private SiteCopy() {}

    /** The text of the file: of each variable the strongest value. */
    public static String of(Runbook runbook, List<Map<String, Given>> strongestFirst) {
        String values = runbook.variables().values().stream()
                .flatMap(variable -> strongest(variable.name().text(), strongestFirst)
                        .map(given ->
                                line(variable.name().text(), variable.type() == VariableType.SECRET, given.node()))
                        .stream())
                .collect(Collectors.joining());
        // an empty file is no map
        return values.isEmpty() ? "{}\n" : values;
    }

    static Optional<Given> strongest(String name, List<Map<String, Given>> strongestFirst) {
        return strongestFirst.stream()
                .filter(values -> values.containsKey(name))
                .map(values -> values.get(name))
                .findFirst();
    }

    /** Whether the copy of this value lacks a secret that is written in it. */
    static boolean leavesOut(Node node, boolean secret) {
        if (node instanceof MappingNode map) {
            return map.entries().stream()
                    .anyMatch(entry ->
                            leavesOut(entry.value(), entry.key().value().equals(PASSWORD)));
        }
        if (node instanceof SequenceNode list) {
            return list.items().stream().anyMatch(item -> leavesOut(item, secret));
        }
        return secret;
    }

    private static String line(String name, boolean secret, Node node) {
        return name + ": " + text(node, secret) + "\n";
    }

    private static String text(Node node, boolean secret) {
        if (node instanceof MappingNode map) {
            return map.entries().stream()
                    .map(entry -> entry.key().value() + ": "
                            + text(entry.value(), entry.key().value().equals(PASSWORD)))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node instanceof SequenceNode list) {
            return list.items().stream().map(item -> text(item, secret)).collect(Collectors.joining(", ", "[", "]"));
        }
        return secret ? PROMPT : scalar((ScalarNode) node);
    }

    private static String scalar(ScalarNode scalar) {
        boolean bare = scalar.style() == ScalarNode.Style.PLAIN
                && BARE.matcher(scalar.value()).matches();
        return bare ? scalar.value() : quoted(scalar.value());
    }

    private static String quoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                + "\"";
    }
}
