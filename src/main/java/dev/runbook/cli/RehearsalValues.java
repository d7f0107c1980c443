package dev.runbook.cli;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Value;
import dev.runbook.language.Runbook;
import dev.runbook.language.Variable;
import dev.runbook.language.Written;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.session.Findings;
import dev.runbook.session.OpenedRunbook;
import dev.runbook.site.SuppliedValue;
import dev.runbook.template.Tag;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.Refusal;
import java.util.ArrayList;
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
                        + ": in a rehearsal servers, shells and paths come from the scene alone. Give a scene of your"
                        + " own with --scene: docs/rehearsal.md shows how.");
            }
        }
        Map<String, SuppliedValue> ofScene = new LinkedHashMap<>();
        scene.forEach((name, value) -> ofScene.put(name, SuppliedValue.of("the scene's " + name, value)));
        return List.of(own, ofScene, examples(runbook, SceneGaps::isTouched));
    }

    /** Prints what the runbook needs and the scene does not give, and refuses to begin. */
    void refuseGaps(OpenedRunbook opened, Scene scene, CliContext context) {
        Runbook runbook = opened.runbook();
        Set<String> given = new HashSet<>(scene.variables().keySet());
        Map<String, SuppliedValue> own = VariableOptions.parse(values, runbook);
        Findings.print(SuppliedValue.unknown(runbook, own, Set::of), context.err());
        given.addAll(own.keySet());
        given.addAll(examples(runbook, SceneGaps::isTouched).keySet());
        List<Diagnostic> gaps = SceneGaps.of(runbook, scene.name(), given);
        Findings.print(gaps, context.err());
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

    /** What a runbook needs and a scene does not give. A rehearsal takes everything that it could touch from its scene alone. */
    private static final class SceneGaps {
        /** What a value in a scene looks like, by type. */
        private static final Map<Variable.Type, String> TOUCHED = Map.of(
                Variable.Type.SQL_SERVER, "{server: NAME}",
                Variable.Type.POWERSHELL, "{shell: MODULE}",
                Variable.Type.PATH, "{folder: NAME}");

        private final String scene;
        private final Set<String> given;
        private final List<Diagnostic> gaps = new ArrayList<>();
        /** Paths that lie in the scene whatever they are. */
        private final Set<String> ofScene = new HashSet<>();

        private SceneGaps(String scene, Set<String> given) {
            this.scene = scene;
            this.given = given;
        }

        /**
         * One error for each variable without a value that may be used, in the order of the runbook.
         *
         * @param scene its name
         * @param given the variables that have a value from the scene; those that cannot touch anything, from anywhere
         */
        static List<Diagnostic> of(Runbook runbook, String scene, Set<String> given) {
            SceneGaps gaps = new SceneGaps(scene, given);
            runbook.variables().values().forEach(gaps::look);
            return List.copyOf(gaps.gaps);
        }

        /** Whether its value may be dialled, started, read or written. */
        static boolean isTouched(Variable variable) {
            return TOUCHED.containsKey(touching(variable));
        }

        private static Variable.Type touching(Variable variable) {
            return variable.items().orElse(variable.type());
        }

        private void look(Variable variable) {
            String name = variable.name().text();
            boolean path = variable.type() == Variable.Type.PATH;
            boolean known = given.contains(name)
                    || path && variable.defaultValue().filter(this::isOfScene).isPresent();
            if (known && path) {
                ofScene.add(name);
            }
            if (known || variable.optional() && variable.defaultValue().isEmpty()) {
                return;
            }
            if (isTouched(variable)) {
                gap(variable, touched(variable));
            } else if (variable.defaultValue().isEmpty()) {
                gap(variable, plain(variable));
            }
        }

        private void gap(Variable variable, String message) {
            gaps.add(Diagnostic.error(variable.name().origin(), "not-in-the-scene", message));
        }

        /** A path that begins with one of the scene lies there too. The name of a server is not yet where it is dialled. */
        private boolean isOfScene(Written written) {
            if (!(written instanceof Written.Scalar scalar)) {
                return false;
            }
            List<Tag> tags = Tag.in(scalar.text());
            return !tags.isEmpty()
                    && tags.get(0).start() == 0
                    && tags.get(0).kind() == Tag.Kind.VALUE
                    && ofScene.contains(tags.get(0).path());
        }

        private String touched(Variable variable) {
            String name = variable.name().text();
            String form = variable.items().isEmpty() ? TOUCHED.get(variable.type()) : "[VALUE, …]";
            String unused = variable.defaultValue().isPresent() ? ", and its default is not used" : "";
            return "The scene " + scene + " gives no value to " + name + unused
                    + ". A rehearsal takes servers, shells and paths from its scene alone, and so touches nothing else."
                    + " Copy the scene, write  " + name + ": " + form + "  below its variables, and give the copy with"
                    + " --scene: docs/rehearsal.md shows how.";
        }

        private String plain(Variable variable) {
            String name = variable.name().text();
            String advice =
                    variable.type() == Variable.Type.SECRET ? "Write" : "Give --var " + name + "=… here, or write";
            return "The variable " + name + " has no value in this rehearsal: the scene " + scene
                    + " gives none, and it has no default and no example. " + advice + " an example beside its type.";
        }
    }
}
