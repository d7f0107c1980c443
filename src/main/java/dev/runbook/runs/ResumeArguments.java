package dev.runbook.runs;

import dev.runbook.model.Runbook;
import dev.runbook.model.Variable;
import dev.runbook.model.VariableType;
import dev.runbook.site.Given;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a resume has to be given besides the run's folder: the site files that the run was given, for a secret in one is not kept,
 * and a value that is corrected there is read only if the file is given again; and with them the values that were given otherwise
 * since, for a site file on the command line wins over what the folder keeps.
 */
public final class ResumeArguments {
    private ResumeArguments() {}

    /**
     * The arguments, not yet quoted; none where the folder has all.
     *
     * @param strongestFirst the values as they are now
     * @param isFile whether a value with a source of this name comes from a site file
     */
    public static List<String> of(Runbook runbook, List<Map<String, Given>> strongestFirst, Predicate<String> isFile) {
        Set<String> files = new LinkedHashSet<>();
        for (Variable variable : runbook.variables().values()) {
            SiteCopy.strongest(variable.name().text(), strongestFirst)
                    .map(Given::node)
                    .map(ResumeArguments::source)
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
    private static List<String> inOrder(Set<String> files, List<Map<String, Given>> strongestFirst) {
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
            Variable variable, Set<String> files, List<Map<String, Given>> strongestFirst) {
        String name = variable.name().text();
        boolean inFile = strongestFirst.stream()
                .filter(values -> values.containsKey(name))
                .anyMatch(values -> files.contains(source(values.get(name).node())));
        return SiteCopy.strongest(name, strongestFirst)
                .map(Given::node)
                .filter(node -> inFile && !files.contains(source(node)) && variable.type() != VariableType.SECRET)
                .filter(ScalarNode.class::isInstance)
                .map(node -> ((ScalarNode) node).value());
    }

    private static String source(Node node) {
        return node.origin().source().name();
    }
}
