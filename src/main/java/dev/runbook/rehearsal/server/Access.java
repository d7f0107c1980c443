package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions.Connection;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who may open a database, and who is in it. */
final class Access {
    private static final Set<String> SYSTEM = Set.of("master", "msdb", "tempdb", "model");

    private Access() {}

    /** Why a database cannot be opened for reading: 927, 942, 954, 922; empty when it can, or when there is none of that name. */
    static Optional<SqlError> refusal(Server server, String database) {
        return server.database(database).flatMap(Access::refusal);
    }

    /** Why somebody cannot go into a database; the system's own are always open. */
    static Optional<SqlError> refusalToUse(Server server, String database, int spid) {
        if (SYSTEM.contains(database.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        Optional<Database> found = server.database(database);
        if (found.isEmpty()) {
            return Optional.of(ServerError.NO_DATABASE.of(database));
        }
        boolean taken = found.get().options().access() == Database.UserAccess.SINGLE_USER
                && !others(server, database, spid).isEmpty();
        return taken ? Optional.of(ServerError.SINGLE_USER.of(database)) : refusal(found.get());
    }

    /** Whether a program finds the database open: online, and for everybody. */
    static boolean open(Database database) {
        return refusal(database).isEmpty() && database.options().access() == Database.UserAccess.MULTI_USER;
    }

    /** Why a statement cannot have a database for itself: 3102 for its own session, 3101 for any other. */
    static Optional<SqlError> occupied(Server server, String database, int spid) {
        if (server.sessions()
                .find(spid)
                .filter(own -> own.database().equalsIgnoreCase(database))
                .isPresent()) {
            return Optional.of(ServerError.IN_USE_HERE.of(database));
        }
        return others(server, database, spid).isEmpty() ? Optional.empty() : Optional.of(ServerError.IN_USE.of());
    }

    /** The other users in a database. Parts of the server itself make way for whoever wants it. */
    static List<Connection> others(Server server, String database, int spid) {
        return server.sessions().in(database).stream()
                .filter(one -> one.spid() != spid && one.kind() != Connection.Kind.SYSTEM)
                .toList();
    }

    private static Optional<SqlError> refusal(Database database) {
        if (database.mirror()) {
            return Optional.of(ServerError.IS_MIRROR.of(database.name()));
        }
        return switch (database.status().state()) {
            case ONLINE, EMERGENCY -> Optional.empty();
            case OFFLINE -> Optional.of(ServerError.OFFLINE.of(database.name()));
            case RECOVERING -> Optional.of(ServerError.RECOVERING.of(database.name()));
            case RESTORING, RECOVERY_PENDING, SUSPECT -> Optional.of(ServerError.IN_RESTORE.of(database.name()));
        };
    }

    /**
     * A statement that would change what is in a database. The estate keeps no tables, so it is carried out nowhere; but where it
     * is refused by every server, it is refused here in the same way.
     *
     * @param database in which it would write
     */
    record Write(String database) {
        private static final String PART = "(?:\\[([^\\]]+)\\]|([\\p{L}_#][\\p{L}\\p{N}_#$@]*))";
        private static final Pattern BEGINNING = Pattern.compile(
                "\\s*(?:UPDATE|INSERT(?:\\s+INTO)?|DELETE(?:\\s+FROM)?|MERGE(?:\\s+INTO)?|TRUNCATE\\s+TABLE"
                        + "|(?:CREATE|ALTER|DROP)\\s+(?:TABLE|VIEW|INDEX|PROC(?:EDURE)?|FUNCTION|TRIGGER|SCHEMA|USER))"
                        + "(?:\\s+" + PART + "\\s*\\.(?=[^.]*\\.|\\s*\\.))?.*",
                Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

        /** What a batch would write that is or begins with such a statement; empty for any other. */
        static Optional<Write> of(String sql, String current) {
            Matcher beginning = BEGINNING.matcher(sql);
            return beginning.matches() ? Optional.of(new Write(named(beginning).orElse(current))) : Optional.empty();
        }

        private static Optional<String> named(Matcher beginning) {
            return Optional.ofNullable(beginning.group(1) == null ? beginning.group(2) : beginning.group(1));
        }

        /** Why that database cannot be changed: not open, or 3906; empty where it could be, and for one that is not there. */
        Optional<SqlError> refusal(Server server) {
            return server.database(database)
                    .flatMap(there -> Access.refusal(there)
                            .or(() -> there.writable()
                                    ? Optional.empty()
                                    : Optional.of(ServerError.READ_ONLY.of(there.name()))))
                    .map(error -> error.at(1, ""));
        }
    }
}
