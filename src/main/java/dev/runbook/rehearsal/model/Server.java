package dev.runbook.rehearsal.model;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An instance of SQL Server.
 *
 * @param identity which one it is
 * @param up whether it listens
 * @param logins who may come in
 * @param paths folders of the server and where they really are, such as {@code D:\pchatlogs}
 * @param databases by name in lower case; {@code master} and {@code msdb} are not listed
 * @param agent its SQL Server Agent
 * @param shipping its log shipping tables
 * @param history its backup and restore history
 * @param sessions who is connected
 */
public record Server(
        Identity identity,
        boolean up,
        List<Login> logins,
        Map<String, String> paths,
        Map<String, Database> databases,
        Agent agent,
        LogShipping shipping,
        History history,
        Sessions sessions) {
    /** Copies the collections. */
    public Server {
        logins = List.copyOf(logins);
        paths = Map.copyOf(paths);
        databases = Collections.unmodifiableMap(new LinkedHashMap<>(databases));
    }

    /**
     * Which server it is.
     *
     * @param host its full name, such as {@code sqla.litwareinc.com}
     * @param instance such as {@code RTC}; empty for the default instance
     * @param version such as {@code 12.0.6024.0}
     */
    public record Identity(String host, String instance, String version) {
        /** The first label of the host, in upper case (MachineName). */
        public String machine() {
            return machine(host);
        }

        /** The first label of a host, in upper case. */
        static String machine(String host) {
            int dot = host.indexOf('.');
            return (dot < 0 ? host : host.substring(0, dot)).toUpperCase(Locale.ROOT);
        }

        /** As {@code @@SERVERNAME} tells it: {@code SQLA\RTC}. */
        public String name() {
            return instance.isEmpty() ? machine() : machine() + "\\" + instance;
        }
    }

    /**
     * Somebody who may come in.
     *
     * @param name of the login
     * @param password as typed
     * @param sysadmin whether everything is allowed
     */
    public record Login(String name, String password, boolean sysadmin) {}

    /** A server that is up and holds nothing yet. */
    public static Server empty(Identity identity, List<Login> logins, Map<String, String> paths, Agent agent) {
        return new Server(
                identity, true, logins, paths, Map.of(), agent, LogShipping.NONE, History.EMPTY, Sessions.NONE);
    }

    /** As {@code @@SERVERNAME} tells it. */
    public String name() {
        return identity.name();
    }

    /** The database of that name, without regard to case. */
    public Optional<Database> database(String name) {
        return Optional.ofNullable(databases.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * The real path of one that is written as the server sees it. Backslash and slash are alike, and so are upper and lower case in
     * the folders. It lies in one of the folders; a path that is real already may be written too. Empty for every other
     * one, whatever lies there on this computer: a server of the estate reads and writes nothing outside of it.
     */
    public Optional<Path> path(String written) {
        String path = plain(written);
        String real = paths.entrySet().stream()
                .filter(folder -> within(path, plain(folder.getKey())))
                .max(Comparator.comparing(folder -> folder.getKey().length()))
                .map(folder -> plain(folder.getValue())
                        + path.substring(plain(folder.getKey()).length()))
                .orElse(path);
        try {
            return Optional.of(Path.of(real)).filter(this::isInside);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private boolean isInside(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        return paths.values().stream().map(Path::of).anyMatch(whole::startsWith);
    }

    private static boolean within(String path, String folder) {
        String one = path.toLowerCase(Locale.ROOT);
        String other = folder.toLowerCase(Locale.ROOT);
        return one.equals(other) || one.startsWith(other + "/");
    }

    private static String plain(String path) {
        String slashes = path.replace('\\', '/');
        return slashes.length() > 1 && slashes.endsWith("/") ? slashes.substring(0, slashes.length() - 1) : slashes;
    }

    /** The first database_id that is free; 1 to 4 belong to the system. */
    public int freeDatabaseId() {
        int id = 5;
        while (taken(id)) {
            id++;
        }
        return id;
    }

    private boolean taken(int id) {
        return databases.values().stream().anyMatch(database -> database.id() == id);
    }

    /** Listening or not; a server that goes down loses its sessions. */
    public Server up(boolean listening) {
        Sessions left =
                listening ? sessions : new Sessions(List.of(), List.of(), sessions.next(), sessions.transactions());
        Server server = with(left);
        return new Server(
                identity, listening, logins, paths, databases, server.agent, server.shipping, history, server.sessions);
    }

    /** With a database, new or changed. */
    public Server with(Database database) {
        Map<String, Database> next = new LinkedHashMap<>(databases);
        next.put(database.name().toLowerCase(Locale.ROOT), database);
        return new Server(identity, up, logins, paths, next, agent, shipping, history, sessions);
    }

    /** Without a database. */
    public Server without(String database) {
        Map<String, Database> next = new LinkedHashMap<>(databases);
        next.remove(database.toLowerCase(Locale.ROOT));
        return new Server(identity, up, logins, paths, next, agent, shipping, history, sessions);
    }

    /** With a database changed, where there is one of that name. */
    public Server change(String database, UnaryOperator<Database> change) {
        return database(database).map(found -> with(change.apply(found))).orElse(this);
    }

    /** With another agent. */
    public Server with(Agent next) {
        return new Server(identity, up, logins, paths, databases, next, shipping, history, sessions);
    }

    /** With other log shipping tables. */
    public Server with(LogShipping next) {
        return new Server(identity, up, logins, paths, databases, agent, next, history, sessions);
    }

    /** With another history. */
    public Server with(History next) {
        return new Server(identity, up, logins, paths, databases, agent, shipping, next, sessions);
    }

    /** With other sessions. The transaction of one that is gone is rolled back. */
    public Server with(Sessions next) {
        Server changed = new Server(identity, up, logins, paths, databases, agent, shipping, history, next);
        for (Sessions.Transaction open : next.transactions()) {
            if (next.find(open.spid()).isEmpty()) {
                changed = changed.rolledBack(open.spid());
            }
        }
        return changed;
    }

    /** With the transaction of a session rolled back, where it has one. */
    public Server rolledBack(int spid) {
        Server found = sessions.transaction(spid)
                .flatMap(Sessions.Transaction::before)
                .map(this::as)
                .orElse(this);
        return new Server(
                identity,
                up,
                logins,
                paths,
                databases,
                found.agent,
                found.shipping,
                history,
                sessions.withoutTransaction(spid));
    }

    /** As everybody sees it but the session that asks: without what others have changed and not committed. */
    public Server committed(int spid) {
        return sessions.transactions().stream()
                .filter(open -> open.spid() != spid)
                .flatMap(open -> open.before().stream())
                .findFirst()
                .map(this::as)
                .orElse(this);
    }

    private Server as(Sessions.Before before) {
        return new Server(identity, up, logins, paths, databases, before.agent(), before.shipping(), history, sessions);
    }
}
