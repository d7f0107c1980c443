package dev.runbook.site;

import dev.runbook.base.Value;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.template.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What tags may name of a site: its variables and the run. */
public final class SiteScope {
    private SiteScope() {}

    /** Every variable by its name, a server with its parts {@code host} and {@code instance}, and {@code run}. */
    public static Scope of(Site site) {
        Scope scope = Scope.EMPTY.withRun(site.runId(), site.runStamp());
        for (Map.Entry<String, ResolvedValue> variable : site.variables().entrySet()) {
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
