package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Sessions.Connection;
import dev.runbook.rehearsal.server.BatchReader.Batch;
import dev.runbook.rehearsal.server.Faults.Fault;
import dev.runbook.rehearsal.server.Procedure.Arguments;
import dev.runbook.rehearsal.server.ServerSession.StatementReply;
import dev.runbook.rehearsal.server.Statement.Call;
import dev.runbook.rehearsal.tds.Backend.Reply;
import dev.runbook.rehearsal.tds.Backend.Session;
import dev.runbook.rehearsal.tds.Column;
import dev.runbook.rehearsal.tds.SqlError;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the statements of one batch. A failed one does not end it, as on a real server; a lost connection does. */
final class BatchRun {
    private static final Pattern ALTERS_OR_DROPS =
            Pattern.compile("^\\s*(ALTER|DROP)\\s+DATABASE\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern RETURN_CODE =
            Pattern.compile("^\\s*EXEC(UTE)?\\s+(@\\w+\\s*=)?\\s*", Pattern.CASE_INSENSITIVE);

    /** End the batch, as an error in the text itself does: an unknown name, a value that cannot be converted. */
    private static final Set<Integer> ENDING = Set.of(207, 208, 209, 245);

    private static final int CONVERSION = 245;
    private static final int RAISED = 50000;

    private final ServerSession session;
    private final List<Session.Parameter> parameters;
    private final Reply reply;
    private final Variables variables;
    private final String procedure;
    private boolean ended;
    private boolean aborted;
    private int code;

    /**
     * A run of one batch.
     *
     * @param procedure whose body it is; empty for what a client sent
     */
    BatchRun(ServerSession session, List<Session.Parameter> parameters, Reply reply, String procedure) {
        this.session = session;
        this.parameters = parameters;
        this.reply = reply;
        this.variables = new Variables(parameters);
        this.procedure = procedure;
    }

    /** Runs statements; what they return, which is 0 unless one of them says something else. */
    int run(List<Batch.Placed> statements) {
        for (Batch.Placed placed : statements) {
            if (reply.isCancelled() || ended) {
                break;
            }
            if (session.connection().isEmpty()) {
                reply.drop();
                break;
            }
            if (!session.options().noExec || placed.statement() instanceof Statement.Ignored) {
                run(placed);
            }
        }
        return code;
    }

    /** Whether an error undid everything, and ends the batch that called this procedure too. */
    boolean aborted() {
        return aborted;
    }

    private void hear(SqlError message) {
        if (!message.isError()) {
            return;
        }
        boolean aborts = session.options().abort && message.number() != RAISED || message.number() == CONVERSION;
        aborted |= aborts;
        ended |= aborts || ENDING.contains(message.number());
        if (aborts) {
            session.rollBack();
        }
    }

    private void run(Batch.Placed placed) {
        Optional<Fault> fault = isOrder(placed.statement())
                ? session.services().faults().strike(session.server(), named(placed))
                : Optional.empty();
        StatementReply answering = new StatementReply(
                reply, placed.line(), fault.orElse(null) instanceof Fault.AnswerLost, procedure, this::hear);
        if (fault.orElse(null) instanceof Fault.ErrorBefore error) {
            answering.say(error.error());
        } else if (fault.orElse(null) instanceof Fault.Drop) {
            reply.drop();
        } else if (fault.orElse(null) instanceof Fault.Hang) {
            session.waitForEver(reply);
        } else {
            Optional<Statement.NoRoom> full = fault.filter(Fault.DiskFull.class::isInstance)
                    .flatMap(unused -> placed.statement().noRoom());
            Optional<SqlError> misplaced = misplaced(placed);
            if (misplaced.isPresent()) {
                answering.say(misplaced.get());
            } else {
                carryOut(placed.statement(), answering, full);
            }
        }
        if (answering.silent()) {
            reply.drop();
        }
    }

    /** Why a statement cannot stand in the transaction that is open, or that would begin by itself. */
    private Optional<SqlError> misplaced(Batch.Placed placed) {
        boolean open = session.depth() > 0;
        if (placed.statement() instanceof Statement.Lengthy && open) {
            return Optional.of(ServerError.NO_BACKUP_IN_TRANSACTION.of());
        }
        if (!(placed.statement() instanceof Statement.AtOnce) || !open && !session.options().implicit) {
            return Optional.empty();
        }
        Matcher words = ALTERS_OR_DROPS.matcher(placed.sql());
        if (words.find()) {
            return Optional.of(
                    ServerError.NOT_IN_TRANSACTION.of(words.group(1).toUpperCase(Locale.ROOT) + " DATABASE"));
        }
        return open && placed.statement() instanceof Statement.Kill
                ? Optional.of(ServerError.NO_KILL_IN_TRANSACTION.of())
                : Optional.empty();
    }

    /** Variables are the batch's session affair; nothing can go wrong with them. */
    private static boolean isOrder(Statement statement) {
        return !(statement instanceof Statement.Declare || statement instanceof Statement.ShowVariables);
    }

    /** By what a scene names it: the variable for the return code does not stand before the name of a procedure. */
    private static String named(Batch.Placed placed) {
        return placed.statement() instanceof Statement.Call
                ? RETURN_CODE.matcher(placed.sql()).replaceFirst("EXEC ")
                : placed.sql();
    }

    private void carryOut(Statement statement, StatementReply answering, Optional<Statement.NoRoom> full) {
        if (statement instanceof Statement.AtOnce order) {
            answering.say(session.administrator() ? atOnce(order, full) : Outcome.failed(order.forbidden()));
        } else if (statement instanceof Statement.Lengthy work) {
            if (session.administrator()) {
                LengthyRun run = new LengthyRun(work, answering);
                full.ifPresentOrElse(run::run, run::run);
            } else {
                answering.say(work.forbidden());
            }
        } else {
            plain((Statement.Plain) statement, answering, full);
        }
    }

    private Outcome atOnce(Statement.AtOnce order, Optional<Statement.NoRoom> full) {
        if (full.isPresent()) {
            return Outcome.failed(full.get().error());
        }
        return session.carryOut(state -> order.apply(state, session.execution()));
    }

    private void plain(Statement.Plain statement, StatementReply answering, Optional<Statement.NoRoom> full) {
        if (statement instanceof Statement.Query query) {
            query(query, answering);
        } else if (statement instanceof Statement.Call call) {
            boolean undone = new CallRun(answering).run(call, full);
            ended |= undone;
        } else if (statement instanceof Statement.Declare declare) {
            variables.declare(declare.variable());
        } else if (statement instanceof Statement.ShowVariables show) {
            variables.show(show, answering);
        } else if (statement instanceof Statement.Use use) {
            use(use, answering);
        } else if (statement instanceof Statement.WaitFor wait) {
            session.waitAtMost(wait.delay(), reply);
            answering.end();
        } else if (statement instanceof Statement.Ignored set) {
            session.options().take(set);
            answering.end();
        } else if (statement instanceof Statement.Say say) {
            answering.say(say.message());
            answering.end();
        } else if (statement instanceof Statement.Return back) {
            code = back.code();
            ended = true;
        } else {
            transaction((Statement.Transaction) statement, answering);
        }
    }

    private void transaction(Statement.Transaction statement, StatementReply answering) {
        boolean open = session.depth() > 0;
        if (!open && statement.onlyInside()) {
            answering.end();
            return;
        }
        switch (statement.kind()) {
            case BEGIN -> session.begin();
            case COMMIT -> {
                if (!session.commit()) {
                    answering.say(ServerError.NOTHING_TO_COMMIT.of());
                }
            }
            case ROLLBACK -> {
                if (!session.rollBack()) {
                    answering.say(ServerError.NOTHING_TO_ROLL_BACK.of());
                }
            }
            case SAVE -> {
                if (!open) {
                    answering.say(ServerError.NOTHING_TO_SAVE.of());
                }
            }
        }
        answering.end();
    }

    private void query(Statement.Query query, StatementReply answering) {
        if (session.options().implicit
                && session.depth() == 0
                && query.sql().toUpperCase(Locale.ROOT).contains("FROM")) {
            session.begin();
        }
        EstateState state = session.visible();
        Optional<SqlError> refusal = databasesIn(query.sql()).stream()
                .flatMap(database -> Access.refusal(state.server(session.server()), database).stream())
                .findFirst();
        if (refusal.isPresent()) {
            answering.say(refusal.get());
            return;
        }
        Catalog.Answer answer = session.services()
                .catalog()
                .query(
                        state,
                        new Catalog.Asking(session.server(), session.spid(), session.database()),
                        query.sql(),
                        variables.all(parameters));
        if (answer instanceof Catalog.Answer.Rows rows) {
            int most = session.options().rowCount;
            boolean cut = most > 0 && rows.rows().size() > most;
            answering.say(
                    cut ? new Catalog.Answer.Rows(rows.columns(), rows.rows().subList(0, most)) : rows);
        } else {
            answering.say(((Catalog.Answer.Refused) answer).error());
        }
    }

    private void use(Statement.Use use, StatementReply answering) {
        Optional<SqlError> refusal = Access.refusalToUse(session.here(), use.database(), session.spid());
        if (refusal.isPresent()) {
            answering.say(refusal.get());
        } else {
            session.services().store().update(state -> session.change(state, one -> one.in(use.database())));
            answering.end();
        }
    }

    /** The variables of one batch, and the parameters of a prepared one. */
    private static final class Variables {
        private final Map<String, Object> values = new LinkedHashMap<>();

        Variables(List<Session.Parameter> parameters) {
            parameters.forEach(parameter -> set(parameter.name(), parameter.value()));
        }

        void declare(String name) {
            set(name, null);
        }

        void set(String name, Object value) {
            values.put(name.toLowerCase(Locale.ROOT), value);
        }

        boolean has(String name) {
            return values.containsKey(name.toLowerCase(Locale.ROOT));
        }

        Object value(String name) {
            return values.get(name.toLowerCase(Locale.ROOT));
        }

        /** All of them as parameters of a query, those of the statement first. */
        List<Session.Parameter> all(List<Session.Parameter> parameters) {
            List<Session.Parameter> all = new ArrayList<>(parameters);
            values.forEach((name, value) -> {
                if (parameters.stream().noneMatch(one -> one.name().equalsIgnoreCase(name))) {
                    all.add(new Session.Parameter(name, value));
                }
            });
            return all;
        }

        void show(Statement.ShowVariables show, StatementReply answering) {
            for (Statement.ShowVariables.Shown shown : show.columns()) {
                if (!has(shown.variable())) {
                    answering.say(ServerError.UNDECLARED.of(shown.variable()));
                    return;
                }
            }
            Object[] row = show.columns().stream()
                    .map(shown -> value(shown.variable()))
                    .toArray();
            List<Column> columns = show.columns().stream()
                    .map(shown -> new Column(shown.label(), type(value(shown.variable()))))
                    .toList();
            answering.say(columns, List.of(Arrays.asList(row)));
        }

        private static Column.Type type(Object value) {
            if (value instanceof String) {
                return Column.Type.NVARCHAR_MAX;
            }
            if (value instanceof Boolean) {
                return Column.Type.BIT;
            }
            if (value instanceof Long) {
                return Column.Type.BIGINT;
            }
            if (value instanceof java.util.UUID) {
                return Column.Type.UNIQUEIDENTIFIER;
            }
            if (value instanceof Double) {
                return Column.Type.FLOAT;
            }
            if (value instanceof java.time.LocalDateTime) {
                return Column.Type.DATETIME;
            }
            return value instanceof BigDecimal ? Column.Type.NUMERIC : Column.Type.INT;
        }
    }

    /** Runs one call of a procedure. An error in it makes it return 1, and the batch continues. */
    private final class CallRun {
        private static final int FAILED = 1;
        private static final Duration ASK_AGAIN = Duration.ofMillis(20);

        private final StatementReply answering;

        CallRun(StatementReply answering) {
            this.answering = answering;
        }

        /** With what a full disk comes to, if it is full. Whether the batch that calls ends with it. */
        boolean run(Call call, Optional<Statement.NoRoom> full) {
            Optional<String> body = session.services().procedures().body(session.server(), call.procedure());
            if (body.isPresent()) {
                return ofScene(call, body.get());
            }
            ofSystem(call, full);
            return false;
        }

        /** One that a scene brings along. What it begins and does not end is still open when it returns. */
        private boolean ofScene(Call call, String body) {
            Optional<String> undeclared = undeclared(call);
            Batch read = BatchReader.read(body);
            if (undeclared.isPresent() || read instanceof Batch.Refused) {
                answering.say(
                        undeclared.map(ServerError.UNDECLARED::of).orElseGet(() -> ((Batch.Refused) read).error()));
                return false;
            }
            List<Session.Parameter> parameters = given(call).stream()
                    .map(one -> new Session.Parameter("@" + one.name(), one.value()))
                    .toList();
            int depth = session.depth();
            BatchRun run = new BatchRun(session, parameters, reply, call.procedure());
            int code = run.run(((Batch.Understood) read).statements());
            if (session.depth() != depth) {
                answering.say(ServerError.TRANSACTION_LEFT.of(depth, session.depth()), call.procedure());
            }
            if (!call.result().isEmpty()) {
                variables.set(call.result(), code);
            }
            return run.aborted();
        }

        private void ofSystem(Call call, Optional<Statement.NoRoom> full) {
            Optional<Procedure> procedure = Procedure.find(call.procedure(), session.database());
            if (procedure.isEmpty()) {
                answering.say(unknown(call.procedure()));
                return;
            }
            if (procedure.get().administrators() && !session.administrator()) {
                answering.say(
                        ServerError.NO_EXECUTE_PERMISSION.of(procedure.get().name()));
                return;
            }
            Optional<String> undeclared = undeclared(call);
            if (undeclared.isPresent()) {
                answering.say(ServerError.UNDECLARED.of(undeclared.get()));
                return;
            }
            Procedure.Binding binding = Procedure.Binding.of(procedure.get(), given(call));
            if (binding instanceof Procedure.Binding.Refused refused) {
                answering.say(refused.error());
                return;
            }
            int code = full.isPresent()
                    ? refused(full.get().error())
                    : code(procedure.get(), ((Procedure.Binding.Bound) binding).arguments());
            if (!call.result().isEmpty()) {
                variables.set(call.result(), code);
            }
        }

        private int refused(SqlError error) {
            answering.say(error);
            return FAILED;
        }

        private SqlError unknown(String name) {
            return Procedure.find(name, "msdb").isPresent()
                    ? ServerError.NO_SUCH_PROCEDURE.of(name)
                    : ServerError.UNKNOWN_PROCEDURE.of(name);
        }

        private Optional<String> undeclared(Call call) {
            if (!call.result().isEmpty() && !variables.has(call.result())) {
                return Optional.of(call.result());
            }
            return call.arguments().stream()
                    .map(Call.Argument::value)
                    .filter(Call.Operand.Variable.class::isInstance)
                    .map(value -> ((Call.Operand.Variable) value).name())
                    .filter(name -> !variables.has(name))
                    .findFirst();
        }

        private List<Procedure.Binding.Given> given(Call call) {
            List<Procedure.Binding.Given> given = new ArrayList<>();
            for (Call.Argument argument : call.arguments()) {
                if (argument.value() instanceof Call.Operand.Variable variable) {
                    given.add(new Procedure.Binding.Given(argument.name(), variables.value(variable.name())));
                } else if (argument.value() instanceof Call.Operand.Literal literal) {
                    given.add(new Procedure.Binding.Given(argument.name(), literal.value()));
                }
            }
            return given;
        }

        /** Says what the procedure says, and gives its return code. */
        private int code(Procedure procedure, Arguments arguments) {
            Duration waited = Duration.ZERO;
            while (true) {
                Outcome outcome =
                        session.carryOut(state -> procedure.body().call(state, arguments, session.execution()));
                if (outcome instanceof Outcome.Waiting waiting) {
                    boolean over = waited.compareTo(waiting.patience()) >= 0;
                    if (over || session.over(reply)) {
                        answering.end();
                        return waiting.returnCode();
                    }
                    session.waitAtMost(ASK_AGAIN, reply);
                    waited = waited.plus(ASK_AGAIN);
                } else {
                    if (outcome instanceof Outcome.Failed failed) {
                        failed.errors().forEach(error -> answering.say(error, procedure.name()));
                    } else {
                        answering.say(outcome);
                    }
                    return outcome instanceof Outcome.Done done ? done.returnCode() : FAILED;
                }
            }
        }
    }

    /**
     * Runs a BACKUP or RESTORE: begins it, lets its time pass, completes it. Cut off in between, by a cancel, a KILL or a lost
     * connection, it leaves what its beginning made of the state.
     */
    private final class LengthyRun {
        private static final int WHOLE = 100;

        private final Statement.Lengthy work;
        private final StatementReply answering;
        private final String home = session.database();

        LengthyRun(Statement.Lengthy work, StatementReply answering) {
            this.work = work;
            this.answering = answering;
        }

        void run() {
            Outcome begun = session.services().store().apply(this::begin);
            if (begun instanceof Outcome.Failed) {
                answering.say(begun);
            } else if (progress()) {
                answering.say(session.services().store().apply(this::complete));
            } else {
                goHome();
            }
        }

        /** The same with a full disk: what is not foreseen leaves what the beginning made of the state. */
        void run(Statement.NoRoom full) {
            Outcome begun = full.foreseen()
                    ? work.begin(session.state(), session.execution())
                    : session.services().store().apply(this::begin);
            goHome();
            answering.say(
                    begun instanceof Outcome.Failed
                            ? begun
                            : Outcome.failed(full.error(), ServerError.ENDS.of(work.command())));
        }

        private EstateStore.Changed<Outcome> begin(EstateState state) {
            EstateStore.Changed<Outcome> begun = session.changed(state, work.begin(state, session.execution()));
            return begun.answer() instanceof Outcome.Done
                    ? new EstateStore.Changed<>(session.change(begun.state(), this::atWork), begun.answer())
                    : begun;
        }

        /** Refuses to complete what a KILL ended at the very last moment. */
        private EstateStore.Changed<Outcome> complete(EstateState state) {
            if (session.connection(state).isEmpty()) {
                return new EstateStore.Changed<>(
                        state, Outcome.failed(ServerError.ABORTED.of(), ServerError.ENDS.of(work.command())));
            }
            EstateStore.Changed<Outcome> completed = session.changed(state, work.complete(state, session.execution()));
            return new EstateStore.Changed<>(session.change(completed.state(), this::atHome), completed.answer());
        }

        /** Whether it came to its end. */
        private boolean progress() {
            Pace pace = session.services().paces().of(session.server(), work.command());
            int told = 0;
            for (int step = 1; step <= pace.steps(); step++) {
                session.waitAtMost(pace.step(), reply);
                if (session.over(reply)) {
                    return false;
                }
                told = tell(told, WHOLE * step / pace.steps());
            }
            return true;
        }

        private int tell(int told, int reached) {
            int next = told;
            while (work.stats() > 0 && next + work.stats() <= reached) {
                next += work.stats();
                answering.say(SqlError.info(3211, next + " percent processed."));
            }
            return next;
        }

        private Connection atWork(Connection connection) {
            Connection busy = connection.doing(work.command());
            return work.exclusive() ? busy.in(work.database()) : busy;
        }

        private Connection atHome(Connection connection) {
            return connection.doing(Connection.WAITING).in(home);
        }

        private void goHome() {
            session.services().store().update(state -> session.change(state, this::atHome));
        }
    }

    /** The names that may be databases, as the first of three parts: {@code mgc.sys.tables}; a column of a table of a schema looks the same. */
    private static Set<String> databasesIn(String sql) {
        List<Token> tokens = Tokenizer.significant(sql);
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i + 3 < tokens.size(); i++) {
            boolean begins =
                    tokens.get(i).isName() && (i == 0 || !tokens.get(i - 1).isOperator("."));
            boolean empty =
                    tokens.get(i + 1).isOperator(".") && tokens.get(i + 2).isOperator(".");
            boolean third = i + 4 < tokens.size() && tokens.get(i + 3).isOperator(".");
            if (begins && tokens.get(i + 1).isOperator(".") && (empty || third)) {
                names.add(tokens.get(i).value());
            }
        }
        return names;
    }
}
