package dev.runbook.site;

import dev.runbook.base.Value;
import dev.runbook.endpoint.RemoteShell;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.endpoint.SqlTarget;
import java.util.List;

/** What a variable stands for during a run. */
public sealed interface ResolvedValue {
    /** What nobody may see of it. */
    default List<Value.Secret> secrets() {
        return List.of();
    }

    /**
     * A value: a text, a number, a truth, a list or a secret. A duration is the text as written.
     *
     * @param value never {@link Value#NOTHING}
     * @param path whether it is a path or a list of them
     */
    record Plain(Value value, boolean path) implements ResolvedValue {
        /** A value that is no path. */
        public Plain(Value value) {
            this(value, false);
        }

        @Override
        public List<Value.Secret> secrets() {
            return value instanceof Value.Secret secret ? List.of(secret) : List.of();
        }
    }

    /** A SQL Server. */
    record Server(SqlTarget target) implements ResolvedValue {
        @Override
        public List<Value.Secret> secrets() {
            return target.login().secrets();
        }
    }

    /** A management shell. */
    record Shell(ShellTarget target) implements ResolvedValue {
        @Override
        public List<Value.Secret> secrets() {
            return target.remote().flatMap(RemoteShell::login).stream()
                    .map(RemoteShell.Login::password)
                    .toList();
        }
    }

    /**
     * Nothing: the variable is optional and was left out. What depends on it does not apply.
     *
     * @param ofShell whether it would be a management shell: cmdlets depend on the only one without naming it
     */
    record Absent(boolean ofShell) implements ResolvedValue {
        /** Of any other type, or of a name that there is not. */
        public Absent() {
            this(false);
        }
    }
}
