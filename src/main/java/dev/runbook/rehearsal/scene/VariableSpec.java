package dev.runbook.rehearsal.scene;

import dev.runbook.base.Value;
import java.util.List;
import java.util.Optional;

/** What a variable of a runbook is in a scene. */
public sealed interface VariableSpec {
    /** A text or a list of texts. */
    record Plain(Value value) implements VariableSpec {}

    /** A SQL server of the scene. */
    record Server(String id) implements VariableSpec {}

    /** The real path of a folder of the scene. */
    record Folder(String name) implements VariableSpec {}

    /** The simulated management shell, here or on another computer. */
    record Shell(List<String> modules, Optional<Remote> remote) implements VariableSpec {
        /** Copies the list. */
        public Shell {
            modules = List.copyOf(modules);
        }
    }

    /**
     * Another computer on which the simulated shell runs.
     *
     * @param place its name, or the address of an endpoint that has its cmdlets ready
     * @param ready whether it is such an endpoint
     * @param user who may log in
     * @param password of that user, which is no secret in a scene
     */
    record Remote(String place, boolean ready, String user, String password) {}
}
