package dev.runbook.runs;

import dev.runbook.language.Runbook;
import dev.runbook.language.Variable;
import dev.runbook.site.SuppliedValue;
import dev.runbook.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
    public static String of(Runbook runbook, List<Map<String, SuppliedValue>> strongestFirst) {
        String values = runbook.variables().values().stream()
                .flatMap(variable -> strongest(variable.name().text(), strongestFirst)
                        .map(given ->
                                line(variable.name().text(), variable.type() == Variable.Type.SECRET, given.node()))
                        .stream())
                .collect(Collectors.joining());
        // an empty file is no map
        return values.isEmpty() ? "{}\n" : values;
    }

    static Optional<SuppliedValue> strongest(String name, List<Map<String, SuppliedValue>> strongestFirst) {
        return strongestFirst.stream()
                .filter(values -> values.containsKey(name))
                .map(values -> values.get(name))
                .findFirst();
    }

    private static String line(String name, boolean secret, Node node) {
        return name + ": " + text(node, secret) + "\n";
    }

    private static String text(Node node, boolean secret) {
        if (node instanceof Node.Mapping map) {
            return map.entries().stream()
                    .map(entry -> entry.key().value() + ": "
                            + text(entry.value(), entry.key().value().equals(PASSWORD)))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node instanceof Node.Sequence list) {
            return list.items().stream().map(item -> text(item, secret)).collect(Collectors.joining(", ", "[", "]"));
        }
        return secret ? PROMPT : scalar((Node.Scalar) node);
    }

    private static String scalar(Node.Scalar scalar) {
        boolean bare = scalar.style() == Node.Scalar.Style.PLAIN
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

    /**
     * What a resume has to be given besides the run's folder, as arguments that are not yet quoted: the site files that the run
     * was given, for a secret in one is not kept, and a value that is corrected there is read only if the file is given again; and
     * with them the values that were given otherwise since, for a site file on the command line wins over what the folder keeps.
     *
     * @param strongestFirst the values as they are now
     * @param isFile whether a value with a source of this name comes from a site file
     */
    public static List<String> resumeArguments(
            Runbook runbook, List<Map<String, SuppliedValue>> strongestFirst, Predicate<String> isFile) {
        Set<String> files = new LinkedHashSet<>();
        for (Variable variable : runbook.variables().values()) {
            strongest(variable.name().text(), strongestFirst)
                    .map(SuppliedValue::node)
                    .map(SiteCopy::source)
                    .filter(isFile)
                    .ifPresent(files::add);
        }
        List<String> arguments = new ArrayList<>();
        inOrder(files, strongestFirst).forEach(file -> arguments.addAll(List.of("--vars", file)));
        for (Variable variable : runbook.variables().values()) {
            givenBeside(variable, files, strongestFirst)
                    .ifPresent(value ->
                            arguments.addAll(List.of("--var", variable.name().text() + "=" + value)));
        }
        return arguments;
    }

    /** The weakest first: on a command line the later file wins. */
    private static List<String> inOrder(Set<String> files, List<Map<String, SuppliedValue>> strongestFirst) {
        Set<String> ordered = new LinkedHashSet<>();
        for (int i = strongestFirst.size() - 1; i >= 0; i--) {
            strongestFirst.get(i).values().stream()
                    .map(given -> source(given.node()))
                    .filter(files::contains)
                    .forEach(ordered::add);
        }
        return List.copyOf(ordered);
    }

    /** The value of a variable, where one of the files has another one for it. */
    private static Optional<String> givenBeside(
            Variable variable, Set<String> files, List<Map<String, SuppliedValue>> strongestFirst) {
        String name = variable.name().text();
        boolean inFile = strongestFirst.stream()
                .filter(values -> values.containsKey(name))
                .anyMatch(values -> files.contains(source(values.get(name).node())));
        return strongest(name, strongestFirst)
                .map(SuppliedValue::node)
                .filter(node -> inFile && !files.contains(source(node)) && variable.type() != Variable.Type.SECRET)
                .filter(Node.Scalar.class::isInstance)
                .map(node -> ((Node.Scalar) node).value());
    }

    private static String source(Node node) {
        return node.origin().source().name();
    }
}
