package dev.runbook.rehearsal.cmdlet.pool;

import dev.runbook.rehearsal.cmdlet.Call;
import dev.runbook.rehearsal.cmdlet.Cmdlet;
import dev.runbook.rehearsal.cmdlet.Parameter;
import dev.runbook.rehearsal.model.Pool;
import java.util.Arrays;
import java.util.List;

/** Says which database serves the pool. All servers of the pool go there; the same state again changes nothing. */
record SetChatState(ManagementTools tools) implements Cmdlet {
    @Override
    public String name() {
        return "Set-CsPersistentChatState";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.text("Identity").in("Identity"),
                Parameter.any("Instance").in("Instance").required(),
                Parameter.oneOf(
                        "PoolState",
                        Arrays.stream(Pool.State.values()).map(Pool.State::word).toList()),
                Parameter.flag("Force"));
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public List<Object> run(Call call) {
        tools.store().update(state -> {
            call.text("Identity").ifPresent(identity -> PoolIdentity.require(state.pool(), identity, name()));
            Pool.State next = call.text("PoolState")
                    .map(SetChatState::named)
                    .orElse(state.pool().settings().state());
            Pool.Settings settings =
                    new Pool.Settings(next, state.pool().settings().active());
            return state.with(PoolSettings.change(state.pool(), settings, tools));
        });
        return List.of();
    }

    private static Pool.State named(String word) {
        return Arrays.stream(Pool.State.values())
                .filter(state -> state.word().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow();
    }
}
