package dev.runbook.site;

import dev.runbook.endpoint.ShellTarget;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.value.Value;

/** What a variable stands for during a run. */
public sealed interface Bound {
    /**
     * A value: a text, a number, a truth, a list or a secret. A duration is the text as written.
     *
     * @param value never {@link Value#NOTHING}
     */
    record Plain(Value value) implements Bound {}

    /** A SQL Server. */
    record Server(SqlTarget target) implements Bound {}

    /** A management shell. */
    record Shell(ShellTarget target) implements Bound {}

    /** Nothing: the variable is optional and was left out. What depends on it does not apply. */
    record Absent() implements Bound {}
}
