package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Database.RecoveryModel;
import dev.runbook.rehearsal.model.Database.UserAccess;
import dev.runbook.rehearsal.server.AlterDatabase.Setting;
import dev.runbook.rehearsal.server.Statement.Call;
import dev.runbook.rehearsal.tds.SqlError;
import dev.runbook.tsql.Token;
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
final class BatchReader extends BatchTokens {
    private static final Set<String> BACKUP_OPTIONS = Set.of("""
        FORMAT NOFORMAT INIT NOINIT SKIP NOSKIP REWIND NOREWIND UNLOAD NOUNLOAD CHECKSUM
        NO_CHECKSUM STOP_ON_ERROR CONTINUE_AFTER_ERROR COMPRESSION NO_COMPRESSION NAME
        DESCRIPTION MEDIANAME MEDIADESCRIPTION RETAINDAYS COPY_ONLY NORECOVERY STATS
        BLOCKSIZE BUFFERCOUNT MAXTRANSFERSIZE\
        """.split("\\s+"));
    private static final Set<String> RESTORE_OPTIONS = Set.of("""
        FILE MOVE REPLACE RESTART RECOVERY NORECOVERY STANDBY CHECKSUM NO_CHECKSUM
        STOP_ON_ERROR CONTINUE_AFTER_ERROR STATS REWIND NOREWIND UNLOAD NOUNLOAD LOADHISTORY
        BLOCKSIZE BUFFERCOUNT MAXTRANSFERSIZE\
        """.split("\\s+"));
    /** Words after which SELECT continues the same query. */
    private static final Set<String> JOINERS = Set.of("UNION", "ALL", "EXCEPT", "INTERSECT");

    private BatchReader(String sql) {
        super(sql);
    }

    /** Reads all of a batch, or says what in it is wrong or unknown. */
    static Batch read(String sql) {
        return new BatchReader(sql).batch();
    }

    private Batch batch() {
        List<Batch.Placed> statements = new ArrayList<>();
        try {
            while (skipEnds()) {
                int start = offset();
                for (Statement statement : statements(statements.isEmpty())) {
                    statements.add(new Batch.Placed(statement, textFrom(start), line(start)));
                }
                if (!isOpening()) {
                    throw unexpected();
                }
            }
        } catch (BatchSyntaxException failure) {
            return new Batch.Refused(failure.error());
        }
        return new Batch.Understood(statements);
    }

    private boolean skipEnds() {
        while (skipOperator(";")) {
            // an empty statement is none
        }
        return !atEnd();
    }

    private List<Statement> statements(boolean first) {
        return skipWord("DECLARE") ? declarations() : List.of(statement(first));
    }

    private Statement statement(boolean first) {
        int start = offset();
        if (isWord("SELECT") || isWord("WITH")) {
            return query();
        }
        if (skipWord("BACKUP")) {
            return backup();
        }
        if (skipWord("RESTORE")) {
            return restore();
        }
        if (skipWord("EXEC") || skipWord("EXECUTE")) {
            return call();
        }
        peek();
        if (skipWord("KILL")) {
            return kill();
        }
        if (skipWords("ALTER", "DATABASE")) {
            return alter(start);
        }
        if (skipWords("DROP", "DATABASE")) {
            return new Statement.DropDatabase(name());
        }
        if (skipWord("USE")) {
            return new Statement.Use(name());
        }
        if (skipWord("WAITFOR")) {
            word("DELAY");
            return new Statement.WaitFor(delay());
        }
        if (skipWord("SET")) {
            skipStatement();
            return new Statement.Ignored(textFrom(start));
        }
        boolean inside = isWord("IF") && isFollowedByVariable("@@TRANCOUNT");
        if (inside) {
            next();
            next();
            operator(">");
            wholeNumber();
        }
        Optional<Statement.Transaction.Kind> transaction = transaction();
        if (transaction.isPresent()) {
            if (!isOpening() && (isKind(Token.Kind.VARIABLE) || peek().isName())) {
                next();
            }
            return new Statement.Transaction(transaction.get(), inside);
        }
        if (inside) {
            throw unknown(start);
        }
        if (skipWord("PRINT")) {
            return new Statement.Say(SqlError.info(0, string()));
        }
        if (skipWord("RAISERROR")) {
            return raise();
        }
        if (skipWord("RETURN")) {
            return new Statement.Return(isOpening() ? 0 : wholeNumber());
        }
        if (first && !isOpening() && peek().isName() && !isWord("GO")) {
            return call();
        }
        throw isWord("GO") ? unexpected() : unknown(start);
    }

    private Optional<Statement.Transaction.Kind> transaction() {
        for (Statement.Transaction.Kind kind : Statement.Transaction.Kind.values()) {
            if (skipWords(kind.name(), "TRAN") || skipWords(kind.name(), "TRANSACTION")) {
                return Optional.of(kind);
            }
        }
        if (skipWord("COMMIT")) {
            skipWord("WORK");
            return Optional.of(Statement.Transaction.Kind.COMMIT);
        }
        if (skipWord("ROLLBACK")) {
            skipWord("WORK");
            return Optional.of(Statement.Transaction.Kind.ROLLBACK);
        }
        return Optional.empty();
    }

    /** {@code RAISERROR (text, severity, state)}; without arguments for the text, and with options that change nothing here. */
    private Statement raise() {
        operator("(");
        String text = string();
        operator(",");
        int severity = wholeNumber();
        operator(",");
        int state = wholeNumber();
        operator(")");
        if (skipWord("WITH")) {
            do {
                name();
            } while (skipOperator(","));
        }
        return new Statement.Say(new SqlError(50000, severity, state, text, 1));
    }

    /** Digits only reach the kill; a variable or an expression is a mistake of syntax, as on a real server. */
    private Statement kill() {
        boolean number = isKind(Token.Kind.NUMBER) || peek().kind().isString();
        if (!number) {
            throw unexpected();
        }
        String spid = next().value();
        boolean statusOnly = skipWord("WITH");
        if (statusOnly) {
            word("STATUSONLY");
        }
        return new Statement.Kill(spid, statusOnly);
    }

    private Duration delay() {
        try {
            return Duration.between(
                    LocalTime.MIDNIGHT, LocalTime.parse(string(), DateTimeFormatter.ofPattern("H:m[:s[.SSS]]")));
        } catch (DateTimeParseException e) {
            throw unexpected();
        }
    }

    private List<Statement> declarations() {
        List<Statement> declared = new ArrayList<>();
        do {
            if (!isKind(Token.Kind.VARIABLE)) {
                throw unexpected();
            }
            String variable = next().text();
            StringBuilder type = new StringBuilder(name());
            if (skipOperator("(")) {
                type.append('(').append(next().text()).append(')');
                operator(")");
            }
            declared.add(new Statement.Declare(variable, type.toString()));
        } while (skipOperator(","));
        return declared;
    }

    private void skipStatement() {
        while (!isOpening()) {
            next();
        }
    }

    /** Reads what follows ALTER DATABASE; the statement begins at that offset. */
    private Statement alter(int start) {
        String database = name();
        boolean known = skipWord("SET")
                && (isWord("PARTNER")
                        || isWord("RECOVERY")
                        || isWord("READ_ONLY")
                        || isWord("READ_WRITE")
                        || isWord("OFFLINE")
                        || isWord("ONLINE")
                        || Arrays.stream(UserAccess.values()).anyMatch(access -> isWord(access.name())));
        if (!known && isKind(Token.Kind.WORD)) {
            // a server has many more options than a rehearsal: nothing is wrong with PAGE_VERIFY, or MODIFY FILE
            throw unknown(start);
        }
        return skipWord("PARTNER") ? partner(database) : setting(database);
    }

    private Statement partner(String database) {
        if (skipOperator("=")) {
            return new Mirrorings.SetPartner(database, new Mirrorings.SetPartner.Order.With(string()));
        }
        if (skipWord("OFF")) {
            return new Mirrorings.SetPartner(database, new Mirrorings.SetPartner.Order.Off());
        }
        word("FAILOVER");
        return new Mirrorings.SetPartner(database, new Mirrorings.SetPartner.Order.Failover());
    }

    private Statement setting(String database) {
        Setting setting = setting();
        return new AlterDatabase(database, setting, rollback());
    }

    private Setting setting() {
        if (skipWord("RECOVERY")) {
            return new Setting.Recovery(oneOf(RecoveryModel.values()));
        }
        if (skipWord("READ_ONLY")) {
            return new Setting.ReadOnly(true);
        }
        if (skipWord("READ_WRITE")) {
            return new Setting.ReadOnly(false);
        }
        if (skipWord("OFFLINE")) {
            return new Setting.Offline(true);
        }
        return skipWord("ONLINE") ? new Setting.Offline(false) : new Setting.Users(oneOf(UserAccess.values()));
    }

    private <E extends Enum<E>> E oneOf(E[] values) {
        String word = peek().text().toUpperCase(Locale.ROOT);
        E found = Arrays.stream(values)
                .filter(value -> value.name().equals(word))
                .findFirst()
                .orElseThrow(this::unexpected);
        next();
        return found;
    }

    private boolean rollback() {
        if (!skipWord("WITH") || skipWord("NO_WAIT")) {
            return false;
        }
        word("ROLLBACK");
        if (skipWord("AFTER")) {
            wholeNumber();
            skipWord("SECONDS");
        } else {
            word("IMMEDIATE");
        }
        return true;
    }

    private Statement backup() {
        BackupSet.Type type = skipWord("LOG") ? BackupSet.Type.LOG : BackupSet.Type.FULL;
        if (type == BackupSet.Type.FULL) {
            word("DATABASE");
        }
        String database = name();
        word("TO");
        word("DISK");
        operator("=");
        String device = string();
        WithOptions options = WithOptions.read(this, BACKUP_OPTIONS, "BACKUP");
        options.exclude("INIT", "NOINIT");
        options.exclude("FORMAT", "NOFORMAT");
        options.exclude("FORMAT", "NOINIT");
        options.exclude("CHECKSUM", "NO_CHECKSUM");
        if (options.has("NORECOVERY") && type == BackupSet.Type.FULL) {
            throw unexpected();
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

    private Statement restore() {
        for (Inspect.Kind kind : Inspect.Kind.values()) {
            if (skipWord(kind.name())) {
                word("FROM");
                String device = device();
                return new Inspect(kind, device, options().number("FILE", 0));
            }
        }
        BackupSet.Type type = skipWord("LOG") ? BackupSet.Type.LOG : BackupSet.Type.FULL;
        if (type == BackupSet.Type.FULL) {
            word("DATABASE");
        }
        String database = name();
        if (skipWord("FROM")) {
            String device = device();
            return restore(type, database, device, options());
        }
        WithOptions options = options();
        if (options.has("NORECOVERY") || options.has("STANDBY") || options.has("FILE")) {
            throw unexpected();
        }
        return new Restore.Recover(database);
    }

    private static Statement restore(BackupSet.Type type, String database, String device, WithOptions options) {
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

    private String device() {
        word("DISK");
        operator("=");
        return string();
    }

    private WithOptions options() {
        WithOptions options = WithOptions.read(this, RESTORE_OPTIONS, "RESTORE");
        options.exclude("RECOVERY", "NORECOVERY");
        options.exclude("RECOVERY", "STANDBY");
        options.exclude("NORECOVERY", "STANDBY");
        options.exclude("CHECKSUM", "NO_CHECKSUM");
        return options;
    }

    private static Restore.Ending ending(WithOptions options) {
        if (options.has("NORECOVERY")) {
            return Restore.Ending.NORECOVERY;
        }
        return options.has("STANDBY") ? Restore.Ending.STANDBY : Restore.Ending.RECOVERY;
    }

    private Statement call() {
        String result = "";
        if (isKind(Token.Kind.VARIABLE)) {
            result = next().text();
            operator("=");
        }
        String procedure = qualifiedName();
        List<Call.Argument> arguments = new ArrayList<>();
        if (!isOpening()) {
            do {
                arguments.add(argument());
            } while (skipOperator(","));
        }
        return new Call(procedure, arguments, result);
    }

    private Call.Argument argument() {
        String name = "";
        if (isKind(Token.Kind.VARIABLE) && isFollowedBy("=")) {
            name = next().text().substring(1);
            operator("=");
        }
        Call.Operand value = operand();
        boolean output = skipWord("OUTPUT") || skipWord("OUT");
        return new Call.Argument(name, value, output);
    }

    private Call.Operand operand() {
        if (skipOperator("-")) {
            return new Call.Operand.Literal(number().negate());
        }
        if (skipWord("NULL")) {
            return new Call.Operand.Literal(null);
        }
        if (skipWord("DEFAULT")) {
            return new Call.Operand.Omitted();
        }
        Token token = peek();
        return switch (token.kind()) {
            case NUMBER -> new Call.Operand.Literal(number());
            case VARIABLE -> new Call.Operand.Variable(next().text());
            case STRING, NATIONAL_STRING, WORD, BRACKETED, QUOTED -> new Call.Operand.Literal(next().value());
            case SPACE, OPERATOR, LINE_COMMENT, BLOCK_COMMENT, LOOKALIKE -> throw unexpected();
        };
    }

    private BigDecimal number() {
        if (!isKind(Token.Kind.NUMBER) || !peek().text().matches("\\d{1,38}(\\.\\d{0,10})?")) {
            throw unexpected();
        }
        return new BigDecimal(next().text());
    }

    private Statement query() {
        int start = offset();
        Token before = next();
        if (before.isWord("SELECT") && isLocal()) {
            return variables();
        }
        boolean common = before.isWord("WITH");
        int depth = 0;
        while (!atEnd() && (depth > 0 || !ends(before, common))) {
            before = next();
            if (before.isOperator("(")) {
                depth++;
            } else if (before.isOperator(")")) {
                depth--;
            }
        }
        return new Statement.Query(textFrom(start));
    }

    /** A common table expression has its SELECT after a bracket; hints have WITH before one. */
    private boolean ends(Token before, boolean common) {
        if (!isOpening() || isWord("WITH")) {
            return false;
        }
        if (isWord("SELECT")) {
            boolean joined = JOINERS.stream().anyMatch(before::isWord);
            return !joined && !(common && before.isOperator(")"));
        }
        return true;
    }

    private Statement variables() {
        List<Statement.ShowVariables.Shown> shown = new ArrayList<>();
        do {
            if (!isLocal()) {
                throw unexpected();
            }
            String variable = next().text();
            boolean labelled = skipWord("AS") || !isOpening() && !isOperator(",");
            shown.add(new Statement.ShowVariables.Shown(variable, labelled ? name() : ""));
        } while (skipOperator(","));
        return new Statement.ShowVariables(shown);
    }

    private boolean isLocal() {
        return isKind(Token.Kind.VARIABLE) && !peek().text().startsWith("@@");
    }

    /**
     * What follows WITH of a BACKUP or RESTORE.
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
        static WithOptions read(BatchTokens cursor, Set<String> known, String statement) {
            Map<String, String> values = new LinkedHashMap<>();
            Map<String, String> moves = new LinkedHashMap<>();
            if (cursor.skipWord("WITH")) {
                do {
                    String name = cursor.name().toUpperCase(Locale.ROOT);
                    if (!known.contains(name)) {
                        throw new BatchSyntaxException(ServerError.NO_OPTION.of(name, statement));
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
                throw new BatchSyntaxException(ServerError.SYNTAX.of(digits));
            }
            return Integer.parseInt(digits);
        }

        /** Refuses two options that cannot both hold. */
        void exclude(String one, String other) {
            if (has(one) && has(other)) {
                throw new BatchSyntaxException(ServerError.CONFLICT.of(one, other));
            }
        }

        private static String value(BatchTokens cursor) {
            return cursor.isKind(Token.Kind.NUMBER) ? Integer.toString(cursor.wholeNumber()) : cursor.string();
        }
    }

    /** What a batch turned out to be. Nothing of it runs unless all of it was understood, as on a real server. */
    sealed interface Batch {
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
