package dev.runbook.report.prose;

import dev.runbook.language.ActionSpec;
import dev.runbook.language.Task;
import dev.runbook.language.Written;
import java.util.List;
import java.util.stream.Collectors;

/** What is done, in words; T-SQL stands as it is. */
final class Actions {
    private Actions() {}

    /** The sentence that says what a task does, and the lines of T-SQL below it. */
    static List<String> of(Task task, ActionSpec action) {
        String each =
                task.forEach().map(name -> "For each of \"" + name + "\": ").orElse("");
        if (action instanceof ActionSpec.Sql sql) {
            return List.of(
                    each + "on " + sql.server() + ", run this:", sql.sql().raw().strip());
        }
        if (action instanceof ActionSpec.Procedure call) {
            return List.of(each + "on " + call.server() + ", call " + call.procedure() + with(call.parameters()) + ".");
        }
        if (action instanceof ActionSpec.Cmdlet cmdlet) {
            String shell = cmdlet.shell().map(name -> "in " + name).orElse("in the management shell");
            return List.of(each + shell + ", run " + cmdlet.cmdlet() + with(cmdlet.parameters()) + ".");
        }
        ActionSpec.CopyFiles copy = (ActionSpec.CopyFiles) action;
        return List.of(each + "copy " + Spoken.text(copy.include()) + " from " + Spoken.text(copy.from()) + " to "
                + Spoken.text(copy.to()) + ": what is missing there, or differs.");
    }

    private static String with(Written.Fields parameters) {
        return parameters.values().isEmpty()
                ? ""
                : parameters.values().entrySet().stream()
                        .map(parameter -> parameter.getKey() + " = " + Spoken.value(parameter.getValue()))
                        .collect(Collectors.joining(", ", " with ", ""));
    }
}
