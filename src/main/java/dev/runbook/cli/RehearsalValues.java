package dev.runbook.cli;

import dev.runbook.console.Refusal;
import dev.runbook.model.Runbook;
import dev.runbook.model.Variable;
import dev.runbook.model.VariableType;
import dev.runbook.model.Written;
import dev.runbook.site.Given;
import dev.runbook.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Values of a rehearsal: servers, shells and paths come from the scene alone, so that nothing else is ever dialled. */
final class RehearsalValues {
    private static final Set<VariableType> DIALLED =
            Set.of(VariableType.SQL_SERVER, VariableType.POWERSHELL, VariableType.PATH);

    @Option(
            names = "--var",
            paramLabel = "NAME=VALUE",
            description = "A value for a variable in place of the scene's; not for servers, shells and paths.")
    private List<String> values = List.of();

    /** The values for a runbook: those of the command, those of the scene, the runbook's examples. */
    List<Map<String, Given>> strongestFirst(Runbook runbook, Map<String, Value> scene) {
        Map<String, Given> own = VariableOptions.parse(values);
        for (String name : own.keySet()) {
            Variable variable = runbook.variables().get(name);
            if (variable != null && DIALLED.contains(variable.type())) {
                throw Refusal.usage(
                        "--var " + name + ": in a rehearsal servers, shells and paths come from the scene alone.");
            }
        }
        Map<String, Given> ofScene = new LinkedHashMap<>();
        scene.forEach((name, value) -> ofScene.put(name, Given.of("the scene's " + name, value)));
        return List.of(own, ofScene, examples(runbook, DIALLED));
    }

    /**
     * The examples of all variables that need a value.
     *
     * @param except types that get none
     */
    static Map<String, Given> examples(Runbook runbook, Set<VariableType> except) {
        Map<String, Given> examples = new LinkedHashMap<>();
        for (Variable variable : runbook.variables().values()) {
            // a default is better than an example, and what may be absent is
            boolean needed = variable.defaultValue().isEmpty() && !variable.optional();
            if (needed && !except.contains(variable.type())) {
                variable.example()
                        .flatMap(RehearsalValues::value)
                        .ifPresent(value -> examples.put(
                                variable.name().text(), Given.of("the example of " + variable.name(), value)));
            }
        }
        return examples;
    }

    private static Optional<Value> value(Written written) {
        if (written instanceof Written.Scalar scalar) {
            return Optional.of(Value.of(scalar.text().raw()));
        }
        if (written instanceof Written.Items items) {
            return Optional.of(new Value.Items(items.values().stream()
                    .flatMap(item -> value(item).stream())
                    .toList()));
        }
        return written instanceof Written.Literal literal ? Optional.of(literal.value()) : Optional.empty();
    }
}
