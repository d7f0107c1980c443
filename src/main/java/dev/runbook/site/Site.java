package dev.runbook.site;

import dev.runbook.base.Masking;
import dev.runbook.base.Value;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.template.Scope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The variables of a runbook, typed and fixed for a run.
 *
 * @param variables by name, every variable of the runbook, in the order in which it declares them
 * @param runId the run's own name, {@code {{run.id}}}
 * @param runStamp its start in UTC, {@code yyyymmddhhmmss}, {@code {{run.stamp}}}; the same after a resume
 */
public record Site(Map<String, ResolvedValue> variables, String runId, String runStamp) {
    /** Copies the map, keeping its order. */
    public Site {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /** What a variable stands for; empty when the runbook has no such variable. */
    public Optional<ResolvedValue> find(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** The variable of the management shell that is meant: the one that is named, or the only one. */
    public Optional<String> shell(Optional<String> named) {
        return named.or(() -> variables.entrySet().stream()
                .filter(variable -> variable.getValue() instanceof ResolvedValue.Shell
                        || variable.getValue() instanceof ResolvedValue.Absent absent && absent.ofShell())
                .map(Map.Entry::getKey)
                .findFirst());
    }

    /** The values as people read them, secrets as dots, absent ones left out. */
    public Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>();
        variables.forEach((name, bound) -> {
            if (bound instanceof ResolvedValue.Plain plain) {
                shown.put(name, plain.value().text());
            } else if (bound instanceof ResolvedValue.Server server) {
                shown.put(name, server.target().name());
            } else if (bound instanceof ResolvedValue.Shell shell) {
                shown.put(name, shell.target().name());
            }
        });
        return shown;
    }

    /** Hides every secret of the site, passwords of logins too, in texts that leave the program. */
    public Masking masking() {
        return Masking.of(variables.values().stream()
                .flatMap(bound -> bound.secrets().stream())
                .toList());
    }

    /** Whether the variable has been given, by somebody or by its default. */
    public boolean has(String name) {
        return find(name)
                .filter(bound -> !(bound instanceof ResolvedValue.Absent))
                .isPresent();
    }

    /** What tags may name: each variable by its name, a server with its parts {@code host} and {@code instance}, and {@code run}. */
    public Scope scope() {
        Scope scope = Scope.EMPTY.withRun(runId, runStamp);
        for (Map.Entry<String, ResolvedValue> variable : variables.entrySet()) {
            scope = scope.with(variable.getKey(), binding(variable.getValue()));
        }
        return scope;
    }

    private static Scope.Binding binding(ResolvedValue bound) {
        if (bound instanceof ResolvedValue.Plain plain) {
            return new Scope.Binding.One(plain.value(), plain.path());
        }
        if (bound instanceof ResolvedValue.Server server) {
            return new Scope.Binding.Parts(Optional.of(Value.of(server.target().name())), parts(server.target()));
        }
        return bound instanceof ResolvedValue.Shell shell
                ? new Scope.Binding.One(Value.of(shell.target().name()))
                : new Scope.Binding.Absent();
    }

    private static Map<String, Optional<Value>> parts(SqlTarget target) {
        Map<String, Optional<Value>> parts = new LinkedHashMap<>();
        parts.put("host", Optional.of(Value.of(target.host())));
        parts.put("instance", target.instance().map(Value::of));
        return parts;
    }
}
