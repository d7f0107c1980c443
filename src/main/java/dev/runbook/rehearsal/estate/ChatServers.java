package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.model.Connection;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.model.Server;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;

/**
 * The Persistent Chat servers as clients of SQL Server. A running service that is attached to a server keeps one connection to
 * mgc there, and connects again whenever it was ended, for as long as the database can be used.
 */
final class ChatServers {
    private static final String DATABASE = "mgc";
    private static final String PROGRAM = "Persistent Chat Server";

    private ChatServers() {}

    /** A state in which each service is connected where it belongs, and nowhere else. */
    static EstateState connected(EstateState state, Clock clock) {
        EstateState next = state;
        for (Server server : state.servers()) {
            next = next.with(connected(server, state.pool(), LocalDateTime.now(clock)));
        }
        return next;
    }

    private static Server connected(Server server, Pool pool, LocalDateTime now) {
        boolean usable = server.up()
                && server.database(DATABASE).filter(Database::writable).isPresent();
        List<String> wanted = usable ? computers(server, pool) : List.of();
        Server next = server;
        for (Connection connection : chat(server)) {
            if (!wanted.contains(connection.host())) {
                next = next.with(next.sessions().without(connection.spid()));
            }
        }
        for (String computer : wanted) {
            if (chat(next).stream().noneMatch(connection -> connection.host().equals(computer))) {
                next = next.with(next.sessions()
                        .plus(connection(computer, next.sessions().next(), now)));
            }
        }
        return next;
    }

    private static List<Connection> chat(Server server) {
        return server.sessions().connections().stream()
                .filter(connection -> connection.kind() == Connection.Kind.CHAT)
                .toList();
    }

    private static List<String> computers(Server server, Pool pool) {
        return pool.services().stream()
                .filter(service -> service.running()
                        && service.attached()
                                .filter(server.name()::equalsIgnoreCase)
                                .isPresent())
                .map(Pool.WindowsService::computer)
                .distinct()
                .toList();
    }

    private static Connection connection(String computer, int spid, LocalDateTime now) {
        return new Connection(
                spid, login(computer), computer, PROGRAM, DATABASE, Connection.WAITING, now, Connection.Kind.CHAT);
    }

    /** The account of the computer, as services that run as Network Service have it. */
    private static String login(String computer) {
        int dot = computer.indexOf('.');
        return "LITWARE\\" + (dot < 0 ? computer : computer.substring(0, dot)) + "$";
    }
}
