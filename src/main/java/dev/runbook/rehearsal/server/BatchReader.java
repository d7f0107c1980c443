package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Database.RecoveryModel;
import dev.runbook.rehearsal.model.Database.UserAccess;
import dev.runbook.rehearsal.server.AlterDatabase.Setting;
import dev.runbook.rehearsal.server.Statement.Call;
import dev.runbook.rehearsal.tds.SqlError;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.TokenKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a batch, statement by statement. */
public final class BatchReader {
    private BatchReader() {}

    /** Reads all of a batch, or says what in it is wrong or unknown. */
    public static Batch read(String sql) {
        Cursor cursor = new Cursor(sql);
        List<Batch.Placed> statements = new ArrayList<>();
        try {
            while (skipEnds(cursor)) {
                int start = cursor.offset();
                for (Statement statement : statements(cursor, statements.isEmpty())) {
                    statements.add(new Batch.Placed(statement, cursor.textFrom(start), cursor.line(start)));
                }
                if (!cursor.isOpening()) {
                    throw cursor.unexpected();
                }
            }
        } catch (Cursor.Misread misread) {
            return new Batch.Refused(misread.error());
        }
        return new Batch.Understood(statements);
    }

    private static boolean skipEnds(Cursor cursor) {
        while (cursor.skipOperator(";")) {
            // an empty statement is none
        }
        return !cursor.atEnd();
    }

    private static List<Statement> statements(Cursor cursor, boolean first) {
        return cursor.skipWord("DECLARE") ? declarations(cursor) : List.of(statement(cursor, first));
    }

    private static Statement statement(Cursor cursor, boolean first) {
        int start = cursor.offset();
        switch (cursor.peek().text().toUpperCase(Locale.ROOT)) {
            case "SELECT", "WITH" -> {
                return QueryReader.read(cursor);
            }
            case "BACKUP" -> {
                cursor.next();
                return BackupReader.read(cursor);
            }
            case "RESTORE" -> {
                cursor.next();
                return RestoreReader.read(cursor);
            }
            case "EXEC", "EXECUTE" -> {
                cursor.next();
                return CallReader.read(cursor);
            }
            default -> {
                return small(cursor, start, first);
            }
        }
    }

    private static Statement small(Cursor cursor, int start, boolean first) {
        if (cursor.skipWord("KILL")) {
            return kill(cursor);
        }
        if (cursor.skipWords("ALTER", "DATABASE")) {
            return AlterReader.read(cursor, start);
        }
        if (cursor.skipWords("DROP", "DATABASE")) {
            return new Statement.DropDatabase(cursor.name());
        }
        if (cursor.skipWord("USE")) {
            return new Statement.Use(cursor.name());
        }
        if (cursor.skipWord("WAITFOR")) {
            cursor.word("DELAY");
            return new Statement.WaitFor(delay(cursor));
        }
        if (cursor.skipWord("SET")) {
            skipStatement(cursor);
            return new Statement.Ignored(cursor.textFrom(start));
        }
        boolean inside = cursor.isWord("IF") && cursor.isFollowedByVariable("@@TRANCOUNT");
        if (inside) {
            cursor.next();
            cursor.next();
            cursor.operator(">");
            cursor.wholeNumber();
        }
        Optional<Statement.Transaction.Kind> transaction = transaction(cursor);
        if (transaction.isPresent()) {
            if (!cursor.isOpening()
                    && (cursor.isKind(TokenKind.VARIABLE) || cursor.peek().isName())) {
                cursor.next();
            }
            return new Statement.Transaction(transaction.get(), inside);
        }
        if (inside) {
            throw cursor.unknown(start);
        }
        if (cursor.skipWord("PRINT")) {
            return new Statement.Say(SqlError.info(0, cursor.string()));
        }
        if (cursor.skipWord("RAISERROR")) {
            return raise(cursor);
        }
        if (cursor.skipWord("RETURN")) {
            return new Statement.Return(cursor.isOpening() ? 0 : cursor.wholeNumber());
        }
        if (first && !cursor.isOpening() && cursor.peek().isName() && !cursor.isWord("GO")) {
            return CallReader.read(cursor);
        }
        throw cursor.isWord("GO") ? cursor.unexpected() : cursor.unknown(start);
    }

    private static Optional<Statement.Transaction.Kind> transaction(Cursor cursor) {
        for (Statement.Transaction.Kind kind : Statement.Transaction.Kind.values()) {
            if (cursor.skipWords(kind.name(), "TRAN") || cursor.skipWords(kind.name(), "TRANSACTION")) {
                return Optional.of(kind);
            }
        }
        if (cursor.skipWord("COMMIT")) {
            cursor.skipWord("WORK");
            return Optional.of(Statement.Transaction.Kind.COMMIT);
        }
        if (cursor.skipWord("ROLLBACK")) {
            cursor.skipWord("WORK");
            return Optional.of(Statement.Transaction.Kind.ROLLBACK);
        }
        return Optional.empty();
    }

    /** {@code RAISERROR (text, severity, state)}; without arguments for the text, and with options that change nothing here. */
    private static Statement raise(Cursor cursor) {
        cursor.operator("(");
        String text = cursor.string();
        cursor.operator(",");
        int severity = cursor.wholeNumber();
        cursor.operator(",");
        int state = cursor.wholeNumber();
        cursor.operator(")");
        if (cursor.skipWord("WITH")) {
            do {
                cursor.name();
            } while (cursor.skipOperator(","));
        }
        return new Statement.Say(new SqlError(50000, severity, state, text, 1));
    }

    /** Digits only reach the kill; a variable or an expression is a mistake of syntax, as on a real server. */
    private static Statement kill(Cursor cursor) {
        boolean number = cursor.isKind(TokenKind.NUMBER) || cursor.peek().kind().isString();
        if (!number) {
            throw cursor.unexpected();
        }
        String spid = cursor.next().value();
        boolean statusOnly = cursor.skipWord("WITH");
        if (statusOnly) {
            cursor.word("STATUSONLY");
        }
        return new Statement.Kill(spid, statusOnly);
    }

    private static Duration delay(Cursor cursor) {
        try {
            return Duration.between(
                    LocalTime.MIDNIGHT, LocalTime.parse(cursor.string(), DateTimeFormatter.ofPattern("H:m[:s[.SSS]]")));
        } catch (DateTimeParseException e) {
            throw cursor.unexpected();
        }
    }

    private static List<Statement> declarations(Cursor cursor) {
        List<Statement> declared = new ArrayList<>();
        do {
            if (!cursor.isKind(TokenKind.VARIABLE)) {
                throw cursor.unexpected();
            }
            String variable = cursor.next().text();
            StringBuilder type = new StringBuilder(cursor.name());
            if (cursor.skipOperator("(")) {
                type.append('(').append(cursor.next().text()).append(')');
                cursor.operator(")");
            }
            declared.add(new Statement.Declare(variable, type.toString()));
        } while (cursor.skipOperator(","));
        return declared;
    }

    private static void skipStatement(Cursor cursor) {
        while (!cursor.isOpening()) {
            cursor.next();
        }
    }

    /**
     * What stands behind WITH of a BACKUP or RESTORE.
     *
     * @param values by name in upper case; the empty text where an option has no value
     * @param moves new paths by the logical name in lower case
     */
    private record WithOptions(Map<String, String> values, Map<String, String> moves) {
        private static final int USUAL_STATS = 10;

        /** Copies the maps. */
        WithOptions {
            values = Map.copyOf(values);
            moves = Map.copyOf(moves);
        }

        /** Reads WITH and its options, where there are any. */
        static WithOptions read(Cursor cursor, Set<String> known, String statement) {
            Map<String, String> values = new LinkedHashMap<>();
            Map<String, String> moves = new LinkedHashMap<>();
            if (cursor.skipWord("WITH")) {
                do {
                    String name = cursor.name().toUpperCase(Locale.ROOT);
                    if (!known.contains(name)) {
                        throw new Cursor.Misread(Complaint.NO_OPTION.of(name, statement));
                    }
                    if (name.equals("MOVE")) {
                        String logical = cursor.string().toLowerCase(Locale.ROOT);
                        cursor.word("TO");
                        moves.put(logical, cursor.string());
                    } else {
                        values.put(name, cursor.skipOperator("=") ? value(cursor) : "");
                    }
                } while (cursor.skipOperator(","));
            }
            return new WithOptions(values, moves);
        }

        boolean has(String name) {
            return values.containsKey(name);
        }

        Optional<String> value(String name) {
            return Optional.ofNullable(values.get(name));
        }

        /** Every how many percent progress is told; 0 for never. */
        int stats() {
            return has("STATS") ? number("STATS", USUAL_STATS) : 0;
        }

        /** A whole number, or the other one where the option or its value is missing. */
        int number(String name, int otherwise) {
            String digits = values.getOrDefault(name, "");
            if (digits.isEmpty()) {
                return otherwise;
            }
            if (!digits.matches("\\d{1,9}")) {
                throw new Cursor.Misread(Complaint.SYNTAX.of(digits));
            }
            return Integer.parseInt(digits);
        }

        /** Refuses two options that cannot both hold. */
        void exclude(String one, String other) {
            if (has(one) && has(other)) {
                throw new Cursor.Misread(Complaint.CONFLICT.of(one, other));
            }
        }

        private static String value(Cursor cursor) {
            return cursor.isKind(TokenKind.NUMBER) ? Integer.toString(cursor.wholeNumber()) : cursor.string();
        }
    }

    /** Reads what follows ALTER DATABASE. */
    private static final class AlterReader {
        private AlterReader() {}

        /**
         * Reads it.
         *
         * @param start where the statement begins
         */
        static Statement read(Cursor cursor, int start) {
            String database = cursor.name();
            boolean known = cursor.skipWord("SET")
                    && (cursor.isWord("PARTNER")
                            || cursor.isWord("RECOVERY")
                            || cursor.isWord("READ_ONLY")
                            || cursor.isWord("READ_WRITE")
                            || cursor.isWord("OFFLINE")
                            || cursor.isWord("ONLINE")
                            || Arrays.stream(UserAccess.values()).anyMatch(access -> cursor.isWord(access.name())));
            if (!known && cursor.isKind(TokenKind.WORD)) {
                // a server has many more options than a rehearsal: nothing is wrong with PAGE_VERIFY, or MODIFY FILE
                throw cursor.unknown(start);
            }
            return cursor.skipWord("PARTNER") ? partner(cursor, database) : setting(cursor, database);
        }

        private static Statement partner(Cursor cursor, String database) {
            if (cursor.skipOperator("=")) {
                return new Mirrorings.SetPartner(database, new Mirrorings.SetPartner.Order.With(cursor.string()));
            }
            if (cursor.skipWord("OFF")) {
                return new Mirrorings.SetPartner(database, new Mirrorings.SetPartner.Order.Off());
            }
            cursor.word("FAILOVER");
            return new Mirrorings.SetPartner(database, new Mirrorings.SetPartner.Order.Failover());
        }

        private static Statement setting(Cursor cursor, String database) {
            Setting setting = setting(cursor);
            return new AlterDatabase(database, setting, rollback(cursor));
        }

        private static Setting setting(Cursor cursor) {
            if (cursor.skipWord("RECOVERY")) {
                return new Setting.Recovery(oneOf(RecoveryModel.values(), cursor));
            }
            if (cursor.skipWord("READ_ONLY")) {
                return new Setting.ReadOnly(true);
            }
            if (cursor.skipWord("READ_WRITE")) {
                return new Setting.ReadOnly(false);
            }
            if (cursor.skipWord("OFFLINE")) {
                return new Setting.Offline(true);
            }
            return cursor.skipWord("ONLINE")
                    ? new Setting.Offline(false)
                    : new Setting.Users(oneOf(UserAccess.values(), cursor));
        }

        private static <E extends Enum<E>> E oneOf(E[] values, Cursor cursor) {
            String word = cursor.peek().text().toUpperCase(Locale.ROOT);
            E found = Arrays.stream(values)
                    .filter(value -> value.name().equals(word))
                    .findFirst()
                    .orElseThrow(cursor::unexpected);
            cursor.next();
            return found;
        }

        private static boolean rollback(Cursor cursor) {
            if (!cursor.skipWord("WITH") || cursor.skipWord("NO_WAIT")) {
                return false;
            }
            cursor.word("ROLLBACK");
            if (cursor.skipWord("AFTER")) {
                cursor.wholeNumber();
                cursor.skipWord("SECONDS");
            } else {
                cursor.word("IMMEDIATE");
            }
            return true;
        }
    }

    /** Reads what follows BACKUP. */
    private static final class BackupReader {
        private static final Set<String> OPTIONS = Set.of(
                "FORMAT",
                "NOFORMAT",
                "INIT",
                "NOINIT",
                "SKIP",
                "NOSKIP",
                "REWIND",
                "NOREWIND",
                "UNLOAD",
                "NOUNLOAD",
                "CHECKSUM",
                "NO_CHECKSUM",
                "STOP_ON_ERROR",
                "CONTINUE_AFTER_ERROR",
                "COMPRESSION",
                "NO_COMPRESSION",
                "NAME",
                "DESCRIPTION",
                "MEDIANAME",
                "MEDIADESCRIPTION",
                "RETAINDAYS",
                "COPY_ONLY",
                "NORECOVERY",
                "STATS",
                "BLOCKSIZE",
                "BUFFERCOUNT",
                "MAXTRANSFERSIZE");

        private BackupReader() {}

        static Statement read(Cursor cursor) {
            BackupSet.Type type = cursor.skipWord("LOG") ? BackupSet.Type.LOG : BackupSet.Type.FULL;
            if (type == BackupSet.Type.FULL) {
                cursor.word("DATABASE");
            }
            String database = cursor.name();
            cursor.word("TO");
            cursor.word("DISK");
            cursor.operator("=");
            String device = cursor.string();
            BatchReader.WithOptions options = BatchReader.WithOptions.read(cursor, OPTIONS, "BACKUP");
            options.exclude("INIT", "NOINIT");
            options.exclude("FORMAT", "NOFORMAT");
            options.exclude("FORMAT", "NOINIT");
            options.exclude("CHECKSUM", "NO_CHECKSUM");
            if (options.has("NORECOVERY") && type == BackupSet.Type.FULL) {
                throw cursor.unexpected();
            }
            return new Backup(
                    type,
                    database,
                    device,
                    new Backup.Options(
                            new BackupSet.Label(
                                    options.value("NAME").orElse(""),
                                    options.value("DESCRIPTION").orElse("")),
                            options.has("INIT") || options.has("FORMAT"),
                            options.has("CHECKSUM"),
                            options.has("COPY_ONLY"),
                            options.has("NORECOVERY"),
                            options.stats()));
        }
    }

    /** Reads what follows RESTORE. */
    private static final class RestoreReader {
        private static final Set<String> OPTIONS = Set.of(
                "FILE",
                "MOVE",
                "REPLACE",
                "RESTART",
                "RECOVERY",
                "NORECOVERY",
                "STANDBY",
                "CHECKSUM",
                "NO_CHECKSUM",
                "STOP_ON_ERROR",
                "CONTINUE_AFTER_ERROR",
                "STATS",
                "REWIND",
                "NOREWIND",
                "UNLOAD",
                "NOUNLOAD",
                "LOADHISTORY",
                "BLOCKSIZE",
                "BUFFERCOUNT",
                "MAXTRANSFERSIZE");

        private RestoreReader() {}

        static Statement read(Cursor cursor) {
            for (Inspect.Kind kind : Inspect.Kind.values()) {
                if (cursor.skipWord(kind.name())) {
                    cursor.word("FROM");
                    String device = device(cursor);
                    return new Inspect(kind, device, options(cursor).number("FILE", 0));
                }
            }
            BackupSet.Type type = cursor.skipWord("LOG") ? BackupSet.Type.LOG : BackupSet.Type.FULL;
            if (type == BackupSet.Type.FULL) {
                cursor.word("DATABASE");
            }
            String database = cursor.name();
            if (cursor.skipWord("FROM")) {
                String device = device(cursor);
                return restore(type, database, device, options(cursor));
            }
            BatchReader.WithOptions options = options(cursor);
            if (options.has("NORECOVERY") || options.has("STANDBY") || options.has("FILE")) {
                throw cursor.unexpected();
            }
            return new Restore.Recover(database);
        }

        private static Statement restore(
                BackupSet.Type type, String database, String device, BatchReader.WithOptions options) {
            return new Restore(
                    type,
                    database,
                    device,
                    new Restore.Options(
                            options.number("FILE", 1),
                            options.moves(),
                            options.has("REPLACE"),
                            ending(options),
                            options.has("CHECKSUM"),
                            options.stats()));
        }

        private static String device(Cursor cursor) {
            cursor.word("DISK");
            cursor.operator("=");
            return cursor.string();
        }

        private static BatchReader.WithOptions options(Cursor cursor) {
            BatchReader.WithOptions options = BatchReader.WithOptions.read(cursor, OPTIONS, "RESTORE");
            options.exclude("RECOVERY", "NORECOVERY");
            options.exclude("RECOVERY", "STANDBY");
            options.exclude("NORECOVERY", "STANDBY");
            options.exclude("CHECKSUM", "NO_CHECKSUM");
            return options;
        }

        private static Restore.Ending ending(BatchReader.WithOptions options) {
            if (options.has("NORECOVERY")) {
                return Restore.Ending.NORECOVERY;
            }
            return options.has("STANDBY") ? Restore.Ending.STANDBY : Restore.Ending.RECOVERY;
        }
    }

    /** Reads what follows EXEC. */
    private static final class CallReader {
        private CallReader() {}

        static Statement read(Cursor cursor) {
            String result = "";
            if (cursor.isKind(TokenKind.VARIABLE)) {
                result = cursor.next().text();
                cursor.operator("=");
            }
            String procedure = cursor.qualifiedName();
            List<Call.Argument> arguments = new ArrayList<>();
            if (!cursor.isOpening()) {
                do {
                    arguments.add(argument(cursor));
                } while (cursor.skipOperator(","));
            }
            return new Call(procedure, arguments, result);
        }

        private static Call.Argument argument(Cursor cursor) {
            String name = "";
            if (cursor.isKind(TokenKind.VARIABLE) && cursor.isFollowedBy("=")) {
                name = cursor.next().text().substring(1);
                cursor.operator("=");
            }
            Call.Operand value = operand(cursor);
            boolean output = cursor.skipWord("OUTPUT") || cursor.skipWord("OUT");
            return new Call.Argument(name, value, output);
        }

        private static Call.Operand operand(Cursor cursor) {
            if (cursor.skipOperator("-")) {
                return new Call.Operand.Literal(number(cursor).negate());
            }
            if (cursor.skipWord("NULL")) {
                return new Call.Operand.Literal(null);
            }
            if (cursor.skipWord("DEFAULT")) {
                return new Call.Operand.Omitted();
            }
            Token token = cursor.peek();
            return switch (token.kind()) {
                case NUMBER -> new Call.Operand.Literal(number(cursor));
                case VARIABLE -> new Call.Operand.Variable(cursor.next().text());
                case STRING, NATIONAL_STRING, WORD, BRACKETED, QUOTED ->
                    new Call.Operand.Literal(cursor.next().value());
                case SPACE, OPERATOR, LINE_COMMENT, BLOCK_COMMENT, LOOKALIKE -> throw cursor.unexpected();
            };
        }

        private static BigDecimal number(Cursor cursor) {
            if (!cursor.isKind(TokenKind.NUMBER) || !cursor.peek().text().matches("\\d{1,38}(\\.\\d{0,10})?")) {
                throw cursor.unexpected();
            }
            return new BigDecimal(cursor.next().text());
        }
    }

    /** Reads a SELECT or WITH to its end, without looking into it; and SELECT of variables. */
    private static final class QueryReader {
        /** Words behind which SELECT goes on with the same query. */
        private static final Set<String> JOINERS = Set.of("UNION", "ALL", "EXCEPT", "INTERSECT");

        private QueryReader() {}

        static Statement read(Cursor cursor) {
            int start = cursor.offset();
            Token before = cursor.next();
            if (before.isWord("SELECT") && isLocal(cursor)) {
                return variables(cursor);
            }
            boolean common = before.isWord("WITH");
            int depth = 0;
            while (!cursor.atEnd() && (depth > 0 || !ends(cursor, before, common))) {
                before = cursor.next();
                if (before.isOperator("(")) {
                    depth++;
                } else if (before.isOperator(")")) {
                    depth--;
                }
            }
            return new Statement.Query(cursor.textFrom(start));
        }

        /** A common table expression has its SELECT behind a bracket; hints have WITH before one. */
        private static boolean ends(Cursor cursor, Token before, boolean common) {
            if (!cursor.isOpening() || cursor.isWord("WITH")) {
                return false;
            }
            if (cursor.isWord("SELECT")) {
                boolean joined = JOINERS.stream().anyMatch(before::isWord);
                return !joined && !(common && before.isOperator(")"));
            }
            return true;
        }

        private static Statement variables(Cursor cursor) {
            List<Statement.ShowVariables.Shown> shown = new ArrayList<>();
            do {
                if (!isLocal(cursor)) {
                    throw cursor.unexpected();
                }
                String variable = cursor.next().text();
                boolean labelled = cursor.skipWord("AS") || !cursor.isOpening() && !cursor.isOperator(",");
                shown.add(new Statement.ShowVariables.Shown(variable, labelled ? cursor.name() : ""));
            } while (cursor.skipOperator(","));
            return new Statement.ShowVariables(shown);
        }

        private static boolean isLocal(Cursor cursor) {
            return cursor.isKind(TokenKind.VARIABLE) && !cursor.peek().text().startsWith("@@");
        }
    }

    /** What a batch turned out to be. Nothing of it runs unless all of it was understood, as on a real server. */
    public sealed interface Batch {
        /**
         * It was understood.
         *
         * @param statements in their order
         */
        record Understood(List<Placed> statements) implements Batch {
            /** Copies the statements. */
            public Understood {
                statements = List.copyOf(statements);
            }
        }

        /** It was not. */
        record Refused(SqlError error) implements Batch {}

        /**
         * A statement, and where it stands.
         *
         * @param statement read
         * @param sql as written
         * @param line of the batch, counted from 1
         */
        record Placed(Statement statement, String sql, int line) {}
    }
}
