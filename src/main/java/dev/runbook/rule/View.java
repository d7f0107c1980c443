package dev.runbook.rule;

import dev.runbook.model.Name;
import dev.runbook.model.Runbook;
import dev.runbook.model.Variable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which names the tags of some text can see.
 *
 * @param runbook the runbook
 * @param owner what the text belongs to
 * @param variables by name: all of them, of a default those that stand above it
 * @param remembered the fact behind each remembered name
 * @param each the fact or list variable for whose rows it is done
 */
public record View(
        Runbook runbook,
        Owner owner,
        Map<String, Variable> variables,
        Map<String, Name> remembered,
        Optional<Name> each) {
    /** What a text belongs to. */
    public enum Owner {
        /** A step; it sees what it and the steps above remember. */
        STEP,
        /** A fact; it sees nothing remembered. */
        FACT,
        /** The default of a variable; it sees the variables above. */
        DEFAULT
    }

    /** Copies the maps, keeping their order. */
    public View {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        remembered = Collections.unmodifiableMap(new LinkedHashMap<>(remembered));
    }

    /** The same, inside something that is done for each row of a fact or list. */
    public View forEach(Optional<Name> rows) {
        return new View(runbook, owner, variables, remembered, rows);
    }
}
