package dev.runbook.rule;

import dev.runbook.language.Fact;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Task;
import dev.runbook.language.Variable;
import dev.runbook.language.Written;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cmdlet as a step or a fact uses it.
 *
 * @param cmdlet its name
 * @param parameters as written
 * @param module in which it runs, where the runbook's default says so
 */
record CmdletUse(Name cmdlet, Written.Fields parameters, Optional<String> module) {
    /** All of them, the way back included. */
    static Stream<CmdletUse> of(Runbook runbook) {
        Stream<CmdletUse> actions = Tasks.actions(runbook)
                .filter(Task.Action.Cmdlet.class::isInstance)
                .map(Task.Action.Cmdlet.class::cast)
                .map(used -> new CmdletUse(used.cmdlet(), used.parameters(), module(runbook, used.shell())));
        Stream<CmdletUse> facts = runbook.facts().values().stream()
                .map(fact -> fact.source())
                .filter(Fact.Source.Cmdlet.class::isInstance)
                .map(Fact.Source.Cmdlet.class::cast)
                .map(used -> new CmdletUse(used.cmdlet(), used.parameters(), module(runbook, used.shell())));
        return Stream.concat(actions, facts).filter(use -> !use.cmdlet().text().isEmpty());
    }

    /** The value of a parameter, its name in any case. */
    Optional<Written> value(String parameter) {
        return key(parameter).map(key -> parameters.values().get(key.text()));
    }

    /** The name of a parameter as written, in any case. */
    Optional<Name> key(String parameter) {
        return parameters.keys().stream()
                .filter(key -> key.text().equalsIgnoreCase(parameter))
                .findFirst();
    }

    private static Optional<String> module(Runbook runbook, Optional<Name> named) {
        List<Variable> shells = runbook.variables().values().stream()
                .filter(variable -> variable.type() == Variable.Type.POWERSHELL)
                .filter(variable -> named.isEmpty()
                        || variable.name().text().equals(named.get().text()))
                .toList();
        return shells.size() == 1
                ? shells.get(0)
                        .defaultValue()
                        .filter(Written.Scalar.class::isInstance)
                        .map(scalar -> ((Written.Scalar) scalar).text().raw())
                : Optional.empty();
    }
}
