package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions.Connection;
import dev.runbook.rehearsal.tds.SqlError;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One statement of a batch, read and ready to run. */
public sealed interface Statement {
    /** What it says when the disk that it writes to is full; empty when it writes nothing worth speaking of. */
    default Optional<NoRoom> noRoom() {
        return Optional.empty();
    }

    /**
     * What a full disk comes to.
     *
     * @param error the first that the server says
     * @param foreseen whether the server sees it before it has changed anything
     */
    record NoRoom(SqlError error, boolean foreseen) {
        /** The transaction log of a system database cannot grow. */
        static Optional<NoRoom> inLogOf(String database) {
            return Optional.of(new NoRoom(ServerError.LOG_FULL.of(database), true));
        }
    }

    /** A statement that a server carries out in one go. */
    non-sealed interface AtOnce extends Statement {
        /** Carries it out. */
        Outcome apply(EstateState state, Execution execution);

        /** What somebody is told who is no administrator. */
        SqlError forbidden();
    }

    /** A statement that takes its time, and leaves a trace when it is cut off between its two ends. */
    non-sealed interface Lengthy extends Statement {
        /** As {@code sys.sysprocesses} shows it, such as {@code RESTORE LOG}. */
        String command();

        /** The database that it works on. */
        String database();

        /** Every how many percent it tells its progress (STATS); 0 for never. */
        int stats();

        /** What somebody is told who is no administrator. */
        SqlError forbidden();

        /** Whether it has the database for itself while it runs. */
        boolean exclusive();

        /** Refuses, or leaves the state in which a database is meanwhile. */
        Outcome begin(EstateState state, Execution execution);

        /** Does the work, on a state in which it began. */
        Outcome complete(EstateState state, Execution execution);
    }

    /** A statement that the session itself carries out. */
    sealed interface Plain extends Statement {}

    /**
     * A SELECT or WITH.
     *
     * @param sql as written
     */
    record Query(String sql) implements Plain {}

    /**
     * USE.
     *
     * @param database where the session goes
     */
    record Use(String database) implements Plain {}

    /**
     * A statement without a consequence here, such as SET NOCOUNT ON.
     *
     * @param sql as written
     */
    record Ignored(String sql) implements Plain {
        /** Whether it is SET of that option, and to what: {@code ON}, {@code OFF} or a number. */
        Optional<String> set(String option) {
            String[] words = sql.strip().split("\\s+");
            return words.length > 2 && words[1].equalsIgnoreCase(option)
                    ? Optional.of(words[2].toUpperCase(Locale.ROOT))
                    : Optional.empty();
        }
    }

    /**
     * DECLARE: one variable, without a value.
     *
     * @param variable with {@code @}
     * @param type as written
     */
    record Declare(String variable, String type) implements Plain {}

    /**
     * SELECT of nothing but variables.
     *
     * @param columns in their order
     */
    record ShowVariables(List<Shown> columns) implements Plain {
        /** Copies the columns. */
        public ShowVariables {
            columns = List.copyOf(columns);
        }

        /**
         * One of its columns.
         *
         * @param variable with {@code @}
         * @param label may be empty
         */
        record Shown(String variable, String label) {}
    }

    /**
     * EXEC.
     *
     * @param procedure its name as written, without brackets
     * @param arguments in their order
     * @param result the variable that gets the return code; empty for none
     */
    record Call(String procedure, List<Argument> arguments, String result) implements Plain {
        /** Copies the arguments. */
        public Call {
            arguments = List.copyOf(arguments);
        }

        /** Procedures keep what they know in tables of msdb. */
        @Override
        public Optional<NoRoom> noRoom() {
            return NoRoom.inLogOf("msdb");
        }

        /**
         * One argument.
         *
         * @param name without {@code @}; empty when given by its place
         * @param value what is handed over
         * @param output whether the variable gets a value back
         */
        record Argument(String name, Operand value, boolean output) {}

        /** What is handed over. */
        sealed interface Operand {
            /** A text, a number as BigDecimal, or null. */
            record Literal(Object value) implements Operand {}

            /** A variable or a parameter of the prepared statement, with {@code @}. */
            record Variable(String name) implements Operand {}

            /** DEFAULT: as if it were not given. */
            record Omitted() implements Operand {}
        }
    }

    /**
     * WAITFOR DELAY.
     *
     * @param delay how long
     */
    record WaitFor(Duration delay) implements Plain {}

    /**
     * BEGIN, COMMIT, ROLLBACK or SAVE TRANSACTION.
     *
     * @param kind which one
     * @param onlyInside whether nothing happens where no transaction is open: {@code IF @@TRANCOUNT > 0 …}
     */
    record Transaction(Kind kind, boolean onlyInside) implements Plain {
        /** What becomes of the transaction. */
        enum Kind {
            /** Begins one, or goes one deeper. */
            BEGIN,
            /** Ends it, or goes one up. */
            COMMIT,
            /** Undoes it, however deep. */
            ROLLBACK,
            /** Names a point in it, which means nothing here. */
            SAVE
        }
    }

    /**
     * PRINT or RAISERROR.
     *
     * @param message what is said
     */
    record Say(SqlError message) implements Plain {}

    /**
     * RETURN: ends the procedure or the batch.
     *
     * @param code of a procedure
     */
    record Return(int code) implements Plain {}

    /**
     * KILL. Whoever ran a statement in that session loses it; a restore among them stays cut off.
     *
     * @param spid digits as written
     * @param statusOnly WITH STATUSONLY: asks, ends nothing
     */
    public record Kill(String spid, boolean statusOnly) implements AtOnce {
        private static final int HIGHEST = 32_767;
        private static final int FIRST_OF_USERS = 51;

        @Override
        public Outcome apply(EstateState state, Execution execution) {
            Optional<Integer> number = number();
            if (number.isEmpty()) {
                return Outcome.failed(ServerError.NO_SUCH_SPID.of(spid));
            }
            int victim = number.get();
            if (victim == execution.spid()) {
                return Outcome.failed(ServerError.OWN_SPID.of());
            }
            Server server = state.server(execution.server());
            Optional<Connection> found = server.sessions().find(victim);
            boolean system =
                    found.map(one -> one.kind() == Connection.Kind.SYSTEM).orElse(victim < FIRST_OF_USERS);
            if (system) {
                return Outcome.failed(ServerError.SYSTEM_SPID.of());
            }
            if (found.isEmpty()) {
                return Outcome.failed(ServerError.GONE_SPID.of(victim));
            }
            return statusOnly
                    ? Outcome.failed(ServerError.NO_ROLLBACK_STATUS.of(victim))
                    : Outcome.done(state.with(server.with(server.sessions().without(victim))));
        }

        @Override
        public SqlError forbidden() {
            return ServerError.NO_KILL_PERMISSION.of();
        }

        private Optional<Integer> number() {
            if (!spid.matches("\\d{1,5}")) {
                return Optional.empty();
            }
            int number = Integer.parseInt(spid);
            return number < 1 || number > HIGHEST ? Optional.empty() : Optional.of(number);
        }
    }

    /**
     * DROP DATABASE of one database; one that is RESTORING may go too.
     *
     * @param database its name
     */
    public record DropDatabase(String database) implements AtOnce {
        @Override
        public Outcome apply(EstateState state, Execution execution) {
            Server server = state.server(execution.server());
            Optional<Database> found = server.database(database);
            if (found.isEmpty()) {
                return Outcome.failed(ServerError.DROP_NO_DATABASE.of(database));
            }
            if (found.get().mirroring().isPresent()) {
                return Outcome.failed(ServerError.DROP_MIRRORED.of(database));
            }
            return server.sessions().in(database).isEmpty()
                    ? Outcome.done(state.with(server.without(database)))
                    : Outcome.failed(ServerError.DROP_IN_USE.of(database));
        }

        @Override
        public SqlError forbidden() {
            return ServerError.DROP_NO_DATABASE.of(database);
        }
    }
}
