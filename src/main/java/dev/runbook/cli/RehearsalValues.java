package dev.runbook.cli;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Value;
import dev.runbook.console.Refusal;
import dev.runbook.console.Surroundings;
import dev.runbook.language.Runbook;
import dev.runbook.language.Variable;
import dev.runbook.language.Written;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.session.Findings;
import dev.runbook.session.OpenedRunbook;
import dev.runbook.site.SceneGaps;
import dev.runbook.site.SuppliedValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** Values of a rehearsal: servers, shells and paths come from the scene alone, so that nothing else is ever dialled. */
final class RehearsalValues {
    @Option(
            names = "--var",
            paramLabel = "NAME=VALUE",
            description = "A value for a variable in place of the scene's; not for servers, shells and paths.")
    private List<String> values = List.of();

    /** The values for a runbook: those of the command, those of the scene, the runbook's examples. */
    List<Map<String, SuppliedValue>> strongestFirst(Runbook runbook, Map<String, Value> scene) {
        Map<String, SuppliedValue> own = VariableOptions.parse(values, runbook);
        for (String name : own.keySet()) {
            Variable variable = runbook.variables().get(name);
            if (variable != null && SceneGaps.isTouched(variable)) {
                throw Refusal.usage("--var " + name
                        + ": in a rehearsal servers, shells and paths come from the scene alone. Give a scene of your own"
                        + " with --scene: docs/rehearsal.md shows how.");
            }
        }
        Map<String, SuppliedValue> ofScene = new LinkedHashMap<>();
        scene.forEach((name, value) -> ofScene.put(name, SuppliedValue.of("the scene's " + name, value)));
        return List.of(own, ofScene, examples(runbook, SceneGaps::isTouched));
    }

    /** Prints what the runbook needs and the scene does not give, and refuses to begin. */
    void refuseGaps(OpenedRunbook opened, Scene scene, Surroundings surroundings) {
        Runbook runbook = opened.runbook();
        Set<String> given = new HashSet<>(scene.variables().keySet());
        Map<String, SuppliedValue> own = VariableOptions.parse(values, runbook);
        Findings.print(SuppliedValue.unknown(runbook, own, Set::of), surroundings.err());
        given.addAll(own.keySet());
        given.addAll(examples(runbook, SceneGaps::isTouched).keySet());
        List<Diagnostic> gaps = SceneGaps.of(runbook, scene.name(), given);
        Findings.print(gaps, surroundings.err());
        if (!gaps.isEmpty()) {
            throw Refusal.usage("The scene " + scene.name() + " does not give all that " + runbook.id()
                    + " needs. Nothing was begun.");
        }
    }

    /**
     * The examples of all variables that need a value.
     *
     * @param except variables that get none
     */
    static Map<String, SuppliedValue> examples(Runbook runbook, Predicate<Variable> except) {
        Map<String, SuppliedValue> examples = new LinkedHashMap<>();
        for (Variable variable : runbook.variables().values()) {
            // a default is better than an example, and what may be absent is
            boolean needed = variable.defaultValue().isEmpty() && !variable.optional();
            if (needed && !except.test(variable)) {
                variable.example()
                        .flatMap(RehearsalValues::value)
                        .ifPresent(value -> examples.put(
                                variable.name().text(), SuppliedValue.of("the example of " + variable.name(), value)));
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
