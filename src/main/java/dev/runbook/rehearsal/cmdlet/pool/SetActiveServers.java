package dev.runbook.rehearsal.cmdlet.pool;

import dev.runbook.rehearsal.cmdlet.Call;
import dev.runbook.rehearsal.cmdlet.Cmdlet;
import dev.runbook.rehearsal.cmdlet.CmdletError;
import dev.runbook.rehearsal.cmdlet.Parameter;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Says which servers serve users: {@code $null} for none, a list, or a hash table with {@code Add}, {@code Remove} or
 * {@code Replace}. At most four, and only computers of the pool.
 */
record SetActiveServers(ManagementTools tools) implements Cmdlet {
    private static final int MOST = 4;

    @Override
    public String name() {
        return "Set-CsPersistentChatActiveServer";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.text("Identity"),
                Parameter.any("ActiveServers").in("Explicit").required(),
                Parameter.flag("Swap").in("Swap").required(),
                Parameter.flag("Force"));
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public List<Object> run(Call call) {
        tools.store().update(state -> {
            Pool pool = state.pool();
            call.text("Identity")
                    .filter(identity -> !identity.equalsIgnoreCase("global"))
                    .ifPresent(identity -> PoolIdentity.require(pool, identity, name()));
            List<String> active = call.has("Swap") ? swapped(pool) : changed(pool, call.value("ActiveServers"));
            Pool.Settings settings = new Pool.Settings(pool.settings().state(), admitted(pool, active));
            return state.with(PoolSettings.change(pool, settings, tools));
        });
        return List.of();
    }

    private static List<String> swapped(Pool pool) {
        return without(pool.topology().members(), pool.settings().active());
    }

    private List<String> changed(Pool pool, Value value) {
        List<String> active = pool.settings().active();
        if (value instanceof Value.Fields fields) {
            for (Map.Entry<String, Value> change : fields.values().entrySet()) {
                active = changed(active, change.getKey(), names(change.getValue()));
            }
            return active;
        }
        return names(value);
    }

    private List<String> changed(List<String> active, String verb, List<String> names) {
        return switch (verb.toLowerCase(Locale.ROOT)) {
            case "add" -> {
                List<String> more = new ArrayList<>(active);
                more.addAll(without(names, active));
                yield more;
            }
            case "remove" -> without(active, names);
            case "replace" -> names;
            default ->
                throw CmdletError.of(
                        "The hash table of ActiveServers has the key \"" + verb + "\". Use Add, Remove or Replace.",
                        "InvalidListModifier",
                        "InvalidArgument",
                        name());
        };
    }

    private List<String> admitted(Pool pool, List<String> active) {
        List<String> strangers = without(active, pool.topology().members());
        if (!strangers.isEmpty()) {
            throw CmdletError.of(
                    strangers.get(0) + " is not a computer of the pool " + pool.fqdn() + ".",
                    "ServerNotInPool",
                    "InvalidArgument",
                    name());
        }
        if (active.size() > MOST) {
            throw CmdletError.of(
                    active.size() + " servers cannot be active at a time; at most " + MOST + " can.",
                    "TooManyActiveServers",
                    "LimitsExceeded",
                    name());
        }
        return active;
    }

    private static List<String> names(Value value) {
        if (value instanceof Value.Items items) {
            return items.values().stream().map(Value::text).toList();
        }
        return value instanceof Value.Nothing ? List.of() : List.of(value.text());
    }

    private static List<String> without(List<String> names, List<String> others) {
        return names.stream()
                .filter(name -> others.stream().noneMatch(name::equalsIgnoreCase))
                .toList();
    }
}
