package dev.runbook.rehearsal.sqlserver.statement;

import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Mirroring;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.sqlserver.Complaint;
import dev.runbook.rehearsal.sqlserver.Execution;
import dev.runbook.rehearsal.sqlserver.Outcome;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.Optional;

/**
 * ALTER DATABASE … SET PARTNER. A session is begun with one statement on each side, first on the mirror.
 *
 * @param database its name
 * @param order what is to happen
 */
public record SetPartner(String database, Order order) implements Statement.AtOnce {
    /** What is to happen. */
    public sealed interface Order {
        /** OFF: the session ends. */
        record Off() implements Order {}

        /** FAILOVER: the mirror takes over. */
        record Failover() implements Order {}

        /** An address: the session begins. */
        record With(String address) implements Order {}
    }

    @Override
    public Outcome apply(EstateState state, Execution execution) {
        Server server = state.server(execution.server());
        Optional<Database> found = server.database(database);
        if (found.isEmpty()) {
            return failed(forbidden());
        }
        if (order instanceof Order.With with) {
            return begin(state, server, found.get(), with.address(), execution);
        }
        if (found.get().mirroring().isEmpty()) {
            return failed(Complaint.NOT_MIRRORED.of(database));
        }
        return order instanceof Order.Off
                ? Outcome.done(Mirrorings.end(state, server.name(), database))
                : failover(state, server, found.get().mirroring().get());
    }

    @Override
    public Optional<NoRoom> noRoom() {
        return NoRoom.inLogOf("master");
    }

    @Override
    public SqlError forbidden() {
        return Complaint.CANNOT_ALTER.of(database);
    }

    private Outcome failover(EstateState state, Server server, Mirroring side) {
        if (side.role() == Mirroring.Role.MIRROR) {
            return failed(Complaint.ONLY_PRINCIPAL.of(database));
        }
        return side.state() == Mirroring.State.SYNCHRONIZED
                ? Outcome.done(Mirrorings.failover(state, server.name(), database))
                : failed(Complaint.NOT_IN_STEP.of(database));
    }

    private Outcome begin(EstateState state, Server server, Database here, String address, Execution execution) {
        Optional<Server> partner = state.servers().stream()
                .filter(other -> other.up() && Mirrorings.address(other).equalsIgnoreCase(address))
                .findFirst();
        if (here.mirroring().isPresent()) {
            return failed(Complaint.ALREADY_MIRRORED.of(database));
        }
        if (partner.isEmpty()) {
            return failed(Complaint.NO_PARTNER.of(address));
        }
        return here.restorable()
                ? expecting(state, server, here, partner.get(), execution)
                : serving(state, server, here, partner.get(), execution);
    }

    /** The mirror's half: it waits for its principal. */
    private Outcome expecting(EstateState state, Server server, Database here, Server partner, Execution execution) {
        if (here.status().standby()) {
            return failed(Complaint.MIRROR_NOT_RESTORING.of(database));
        }
        Mirroring half = new Mirroring(
                execution.ids().get(), Mirroring.Role.MIRROR, Mirroring.State.DISCONNECTED, partner.name(), "");
        return Outcome.done(state.with(server.with(here.with(Optional.of(half)))));
    }

    private Outcome serving(EstateState state, Server server, Database here, Server partner, Execution execution) {
        Optional<Database> copy = partner.database(database);
        boolean waits = copy.flatMap(Database::mirroring)
                .filter(half -> half.role() == Mirroring.Role.MIRROR)
                .filter(half -> half.partner().equals(server.name()))
                .isPresent();
        if (copy.isEmpty()) {
            return failed(Complaint.PARTNER_HAS_NONE.of(database));
        }
        if (!waits) {
            return failed(Complaint.NO_PARTNER.of(Mirrorings.address(partner)));
        }
        if (here.options().recovery() != Database.RecoveryModel.FULL) {
            return failed(Complaint.MIRROR_NEEDS_FULL.of(database));
        }
        boolean reaches =
                copy.get().lineage().agrees(here.lineage(), copy.get().log().last())
                        && here.log()
                                .backedUp()
                                .filter(saved -> !copy.get().log().last().before(saved))
                                .isPresent();
        return reaches
                ? Outcome.done(Mirrorings.establish(
                        state,
                        server.name(),
                        partner.name(),
                        database,
                        execution.ids().get()))
                : failed(Complaint.MIRROR_TOO_OLD.of(database));
    }

    private Outcome failed(SqlError error) {
        return Outcome.failed(error, Complaint.ALTER_FAILED.of());
    }
}
