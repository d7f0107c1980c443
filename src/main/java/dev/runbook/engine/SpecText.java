package dev.runbook.engine;

import dev.runbook.model.ActionSpec;
import dev.runbook.model.Name;
import dev.runbook.model.Text;

/** The part of an action's text that a message about it points at. */
final class SpecText {
    private SpecText() {}

    static Text of(ActionSpec spec) {
        if (spec instanceof ActionSpec.Sql sql) {
            return sql.sql();
        }
        if (spec instanceof ActionSpec.Procedure procedure) {
            return text(procedure.procedure());
        }
        return spec instanceof ActionSpec.Cmdlet cmdlet ? text(cmdlet.cmdlet()) : ((ActionSpec.CopyFiles) spec).from();
    }

    private static Text text(Name name) {
        return new Text(name.text(), name.origin());
    }
}
