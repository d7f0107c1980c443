package dev.runbook.rehearsal.scene;

import dev.runbook.value.Value;
import java.util.List;

/** What a variable of a runbook is in a scene. */
public sealed interface VariableSpec {
    /** A text or a list of texts. */
    record Plain(Value value) implements VariableSpec {}

    /** A SQL server of the scene. */
    record Server(String id) implements VariableSpec {}

    /** The real path of a folder of the scene. */
    record Folder(String name) implements VariableSpec {}

    /** The simulated management shell. */
    record Shell(List<String> modules) implements VariableSpec {
        /** Copies the list. */
        public Shell {
            modules = List.copyOf(modules);
        }
    }
}
