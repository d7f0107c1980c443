package dev.runbook.rehearsal.scene;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The place in which a rehearsal begins, and what happens there.
 *
 * @param name by which a runbook asks for it, kebab-case
 * @param title one line for people
 * @param description more of it; may be empty
 * @param folders made when the estate starts
 * @param setting what is there at the start
 * @param pace how long things take
 * @param variables what the variables of runbooks are here, by name
 * @param onConfirm what somebody does by hand when a step asks, by the step's id
 * @param transitions from one runbook to the next
 * @param faults what goes wrong
 * @param answers to statements that the estate does not know
 */
public record Scene(
        String name,
        String title,
        String description,
        List<FolderSpec> folders,
        Setting setting,
        PaceSpec pace,
        Map<String, VariableSpec> variables,
        Map<String, List<Effect>> onConfirm,
        List<Transition> transitions,
        List<FaultSpec> faults,
        List<AnswerSpec> answers) {
    /** Copies the collections, keeping their order. */
    public Scene {
        folders = List.copyOf(folders);
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        onConfirm = Collections.unmodifiableMap(new LinkedHashMap<>(onConfirm));
        transitions = List.copyOf(transitions);
        faults = List.copyOf(faults);
        answers = List.copyOf(answers);
    }

    /**
     * The same scene, in which the logins that it leaves without a password have this one.
     *
     * @param drawn by chance, so that no other user of the computer knows it
     */
    public Scene withPassword(String drawn) {
        List<Transition> later = transitions.stream()
                .map(one ->
                        new Transition(one.name(), one.leadsTo(), one.changes().withPassword(drawn), one.effects()))
                .toList();
        return new Scene(
                name,
                title,
                description,
                folders,
                setting.withPassword(drawn),
                pace,
                variables,
                onConfirm,
                later,
                faults,
                answers);
    }

    /** The transition of that name, or the one that leads to a scene of that name. */
    public Optional<Transition> transition(String nameOrScene) {
        return transitions.stream()
                .filter(transition -> transition.name().equalsIgnoreCase(nameOrScene)
                        || transition.leadsTo().equals(nameOrScene))
                .findFirst();
    }

    /** Every server of the scene: those of the start first, then those that only a transition brings; each once. */
    public List<ServerSpec> everyServer() {
        Map<String, ServerSpec> byId = new LinkedHashMap<>();
        setting.servers().forEach(server -> byId.put(server.id(), server));
        for (Transition transition : transitions) {
            transition.changes().servers().forEach(server -> byId.putIfAbsent(server.id(), server));
        }
        return List.copyOf(byId.values());
    }

    /** Every other computer on which the simulated shell runs. */
    public List<VariableSpec.Remote> remoteShells() {
        return variables.values().stream()
                .filter(VariableSpec.Shell.class::isInstance)
                .flatMap(shell -> ((VariableSpec.Shell) shell).remote().stream())
                .distinct()
                .toList();
    }

    /** The fullest description of a server: one that is lost at the start is described where a transition rebuilds it. */
    public ServerSpec described(ServerSpec server) {
        return transitions.stream()
                .flatMap(transition -> transition.changes().server(server.id()).stream())
                .findFirst()
                .filter(later -> !server.running())
                .orElse(server);
    }
}
