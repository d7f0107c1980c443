package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.Database.LogPosition;
import dev.runbook.rehearsal.model.Database.Mirroring;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.model.Sessions.Connection;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What mirroring sessions do to both of their sides. The callers have asked before whether it may be done. */
public final class Mirrorings {
    private Mirrorings() {}

    /**
     * Begins a session: the mirror gets a copy of the principal's database, in the place of any old one. It is in step once
     * {@link #caughtUp} was called.
     *
     * @param principal server name of the side that serves
     * @param mirror server name of the other side
     * @param session a new id
     */
    public static EstateState establish(
            EstateState state, String principal, String mirror, String database, UUID session) {
        Server serving = state.server(principal);
        Server following = state.server(mirror);
        Database source = serving.database(database).orElseThrow();
        int id = following.database(database).map(Database::id).orElseGet(following::freeDatabaseId);
        Database copy = copy(source, id).with(Optional.of(side(session, Mirroring.Role.MIRROR, serving)));
        Database master = source.with(Optional.of(side(session, Mirroring.Role.PRINCIPAL, following)));
        return state.with(serving.with(master)).with(following.with(copy));
    }

    /** Ends a session: the principal stays as it is, the mirror waits for log. A side that is down learns of it later. */
    public static EstateState end(EstateState state, String server, String database) {
        Optional<Mirroring> side = side(state, server, database);
        EstateState ended = state.change(server, one -> one.change(database, Mirrorings::alone));
        return side.map(Mirroring::partner)
                .flatMap(ended::find)
                .filter(Server::up)
                .map(partner -> ended.with(partner.change(database, Mirrorings::alone)))
                .orElse(ended);
    }

    /** Swaps the roles. Whoever was connected to the old principal's database is thrown out. */
    public static EstateState failover(EstateState state, String principal, String database) {
        String mirror = side(state, principal, database).orElseThrow().partner();
        Database serving = state.server(principal).database(database).orElseThrow();
        Database following = state.server(mirror).database(database).orElseThrow();
        Database stopped = serving.with(Database.Status.RESTORING)
                .with(waiting(serving))
                .with(serving.mirroring().map(side -> side.as(Mirroring.Role.MIRROR)));
        Database started = following
                .with(Database.Status.ONLINE)
                .with(following.log().open())
                .with(following.mirroring().map(side -> side.as(Mirroring.Role.PRINCIPAL)));
        return state.change(principal, server -> emptied(server, database).with(stopped))
                .change(mirror, server -> server.with(started));
    }

    /**
     * Lets every mirror follow its principal: copies what changed, notices partners that went down, came back, or know
     * nothing of the session any more. To be called after every change.
     */
    static EstateState follow(EstateState state) {
        EstateState next = state;
        for (Server server : state.servers()) {
            for (Database database : server.databases().values()) {
                if (server.up() && database.mirroring().isPresent()) {
                    next = followed(next, server.name(), database);
                }
            }
        }
        return next;
    }

    /** Sessions that were catching up are in step now. */
    public static EstateState caughtUp(EstateState state) {
        EstateState next = state;
        for (Server server : state.servers()) {
            for (Database database : server.databases().values()) {
                boolean behind = database.mirroring()
                        .filter(side -> side.state() == Mirroring.State.SYNCHRONIZING)
                        .isPresent();
                if (server.up() && behind) {
                    next = next.change(
                            server.name(), one -> one.change(database.name(), in(Mirroring.State.SYNCHRONIZED)::of));
                }
            }
        }
        return next;
    }

    /** The address of a server's mirroring endpoint. */
    static String address(Server server) {
        return "TCP://" + server.identity().host().toLowerCase(Locale.ROOT) + ":5022";
    }

    private static EstateState followed(EstateState state, String server, Database database) {
        Mirroring side = database.mirroring().orElseThrow();
        Optional<Server> partner = state.find(side.partner()).filter(Server::up);
        if (partner.isEmpty()) {
            return state.change(server, one -> one.change(database.name(), in(Mirroring.State.DISCONNECTED)::of));
        }
        Optional<Mirroring> other = partner.get().database(database.name()).flatMap(Database::mirroring);
        if (other.filter(one -> one.session().equals(side.session())).isEmpty()) {
            // half a session, begun on the mirror alone, still waits for its principal
            return side.address().isEmpty()
                    ? state
                    : state.change(server, one -> one.change(database.name(), Mirrorings::alone));
        }
        EstateState met = side.state() == Mirroring.State.DISCONNECTED
                ? state.change(server, one -> one.change(database.name(), in(Mirroring.State.SYNCHRONIZING)::of))
                : state;
        return side.role() == Mirroring.Role.PRINCIPAL ? copied(met, partner.get(), database) : met;
    }

    private static EstateState copied(EstateState state, Server partner, Database source) {
        return state.change(
                partner.name(),
                server -> server.change(
                        source.name(),
                        old -> copy(source, old.id()).with(old.files()).with(old.mirroring())));
    }

    private static Database copy(Database source, int id) {
        return new Database(
                source.name(),
                id,
                source.created(),
                Database.Status.RESTORING,
                source.options(),
                source.lineage(),
                waiting(source),
                Optional.empty(),
                source.files(),
                source.contents());
    }

    private static LogPosition waiting(Database source) {
        return source.log()
                .waiting(new LogPosition.Redo(
                        source.log().last(), source.lineage().current().id()));
    }

    private static Mirroring side(UUID session, Mirroring.Role role, Server partner) {
        return new Mirroring(session, role, Mirroring.State.SYNCHRONIZING, partner.name(), address(partner));
    }

    private static Optional<Mirroring> side(EstateState state, String server, String database) {
        return state.server(server).database(database).flatMap(Database::mirroring);
    }

    private static Database alone(Database side) {
        Database waits = side.mirror() && side.log().redo().isEmpty() ? side.with(waiting(side)) : side;
        return waits.with(Optional.<Mirroring>empty());
    }

    private static Server emptied(Server server, String database) {
        Sessions left = server.sessions();
        for (Connection one : left.in(database)) {
            left = one.kind() == Connection.Kind.SYSTEM ? left : left.without(one.spid());
        }
        return server.with(left);
    }

    private static In in(Mirroring.State state) {
        return database -> database.with(database.mirroring().map(side -> side.in(state)));
    }

    @FunctionalInterface
    private interface In {
        Database of(Database database);
    }

    /**
     * ALTER DATABASE … SET PARTNER. A session is begun with one statement on each side, first on the mirror.
     *
     * @param database its name
     * @param order what is to happen
     */
    record SetPartner(String database, Order order) implements Statement.AtOnce {
        /** What is to happen. */
        sealed interface Order {
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
                return failed(ServerError.NOT_MIRRORED.of(database));
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
            return ServerError.CANNOT_ALTER.of(database);
        }

        private Outcome failover(EstateState state, Server server, Mirroring side) {
            if (side.role() == Mirroring.Role.MIRROR) {
                return failed(ServerError.ONLY_PRINCIPAL.of(database));
            }
            return side.state() == Mirroring.State.SYNCHRONIZED
                    ? Outcome.done(Mirrorings.failover(state, server.name(), database))
                    : failed(ServerError.NOT_IN_STEP.of(database));
        }

        private Outcome begin(EstateState state, Server server, Database here, String address, Execution execution) {
            Optional<Server> partner = state.servers().stream()
                    .filter(other -> other.up() && Mirrorings.address(other).equalsIgnoreCase(address))
                    .findFirst();
            if (here.mirroring().isPresent()) {
                return failed(ServerError.ALREADY_MIRRORED.of(database));
            }
            if (partner.isEmpty()) {
                return failed(ServerError.NO_PARTNER.of(address));
            }
            return here.restorable()
                    ? expecting(state, server, here, partner.get(), execution)
                    : serving(state, server, here, partner.get(), execution);
        }

        /** The mirror's half: it waits for its principal. */
        private Outcome expecting(
                EstateState state, Server server, Database here, Server partner, Execution execution) {
            if (here.status().standby()) {
                return failed(ServerError.MIRROR_NOT_RESTORING.of(database));
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
                return failed(ServerError.PARTNER_HAS_NONE.of(database));
            }
            if (!waits) {
                return failed(ServerError.NO_PARTNER.of(Mirrorings.address(partner)));
            }
            if (here.options().recovery() != Database.RecoveryModel.FULL) {
                return failed(ServerError.MIRROR_NEEDS_FULL.of(database));
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
                    : failed(ServerError.MIRROR_TOO_OLD.of(database));
        }

        private Outcome failed(SqlError error) {
            return Outcome.failed(error, ServerError.ALTER_FAILED.of());
        }
    }
}
