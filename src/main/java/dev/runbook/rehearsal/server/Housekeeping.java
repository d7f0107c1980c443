package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.model.Pool.WindowsService;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.model.Sessions.Connection;
import dev.runbook.rehearsal.model.Sessions.Connection.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets an estate live for a moment. To be called again and again; nothing happens that is not due.
 *
 * @param clock the time of the servers
 * @param ids new ones
 * @param jobsEvery the time from one run of a scheduled job to the next, and from the start of a job by hand to its end
 */
public record Housekeeping(Clock clock, Supplier<UUID> ids, Duration jobsEvery) {
    /** The state after that moment. Log shipping reads and writes its files meanwhile. */
    public EstateState tick(EstateState state) {
        EstateState mirrored = Mirrorings.caughtUp(Mirrorings.follow(state));
        EstateState informed = mirrored.with(mirrored.pool().replicated(clock.instant()));
        EstateState worked = Mirrorings.follow(new AgentJobs(clock, ids, jobsEvery).tick(informed));
        return Programs.settled(worked, LocalDateTime.now(clock));
    }

    /**
     * The programs that keep sessions on the servers. Each SQL Server Agent that runs has one. Each Persistent Chat server whose
     * service runs and that is active connects to the database that its own copy of the settings names; once it did, it comes
     * back until its service stops, even if it is taken off the list. It stays away while the database is not open.
     */
    static final class Programs {
        private static final String DATABASE = "mgc";
        private static final String CHAT = "Persistent Chat Server";
        private static final String AGENT = "SQLAgent - Generic Refresher";

        private Programs() {}

        /** The state with every program connected that can be, and no other. */
        static EstateState settled(EstateState state, LocalDateTime now) {
            EstateState attached = state.with(state.pool().withServices(service -> attached(state, service)));
            EstateState next = attached;
            for (Server server : attached.servers()) {
                next = next.with(settled(server, attached.pool().services(), now));
            }
            return next;
        }

        private static WindowsService attached(EstateState state, WindowsService service) {
            if (!service.running()) {
                return service.attached(Optional.empty());
            }
            Optional<String> serving = active(state.pool(), service) ? serving(state) : Optional.empty();
            return serving.isPresent() ? service.attached(serving) : service;
        }

        /** Active as far as the computer itself knows. */
        private static boolean active(Pool pool, WindowsService service) {
            boolean informed = pool.replica(service.computer())
                    .filter(replica -> !replica.dead() && replica.revision() >= pool.revision())
                    .isPresent();
            return informed && pool.settings().active().stream().anyMatch(service.computer()::equalsIgnoreCase);
        }

        /** The server that serves the pool: the one that its state names, or its mirror. */
        private static Optional<String> serving(EstateState state) {
            Pool.Topology topology = state.pool().topology();
            boolean normal = state.pool().settings().state() == Pool.State.NORMAL;
            String first = normal ? topology.primary() : topology.backup();
            return Stream.concat(Optional.of(first).stream(), topology.mirrorOf(first).stream())
                    .flatMap(name -> state.find(name).stream())
                    .filter(Programs::isOpen)
                    .map(Server::name)
                    .findFirst();
        }

        private static Server settled(Server server, List<WindowsService> services, LocalDateTime now) {
            if (!server.up()) {
                return server;
            }
            List<WindowsService> guests = isOpen(server)
                    ? services.stream()
                            .filter(service -> service.attached()
                                    .filter(server.name()::equalsIgnoreCase)
                                    .isPresent())
                            .toList()
                    : List.of();
            Sessions sessions = without(
                    server.sessions(),
                    one -> one.kind() == Kind.CHAT
                                    && guests.stream()
                                            .noneMatch(guest -> machine(guest).equals(one.host()))
                            || one.kind() == Kind.AGENT && !server.agent().running());
            for (WindowsService guest : guests) {
                sessions = present(sessions, Kind.CHAT, machine(guest), chat(sessions.next(), machine(guest), now));
            }
            if (server.agent().running()) {
                String machine = server.identity().machine();
                Connection agent = new Connection(
                        sessions.next(),
                        server.agent().account(),
                        machine,
                        AGENT,
                        "msdb",
                        Connection.WAITING,
                        now,
                        Kind.AGENT);
                sessions = present(sessions, Kind.AGENT, machine, agent);
            }
            return server.with(sessions);
        }

        private static Connection chat(int spid, String machine, LocalDateTime now) {
            return new Connection(spid, machine + "$", machine, CHAT, DATABASE, Connection.WAITING, now, Kind.CHAT);
        }

        private static Sessions present(Sessions sessions, Kind kind, String host, Connection wanted) {
            boolean there = sessions.connections().stream()
                    .anyMatch(one -> one.kind() == kind && one.host().equals(host));
            return there ? sessions : sessions.plus(wanted);
        }

        private static Sessions without(Sessions sessions, Predicate<Connection> leaving) {
            Sessions left = sessions;
            for (Connection one : sessions.connections()) {
                if (leaving.test(one)) {
                    left = left.without(one.spid());
                }
            }
            return left;
        }

        private static boolean isOpen(Server server) {
            return server.up()
                    && server.database(DATABASE)
                            .filter(Access::open)
                            .filter(Database::writable)
                            .isPresent();
        }

        private static String machine(WindowsService service) {
            String name = service.computer();
            int dot = name.indexOf('.');
            return (dot < 0 ? name : name.substring(0, dot)).toUpperCase(Locale.ROOT);
        }
    }
}
