package dev.runbook.rehearsal.sqlserver.session;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.sqlserver.Catalog;
import dev.runbook.rehearsal.sqlserver.Complaint;
import dev.runbook.rehearsal.sqlserver.Faults.Fault;
import dev.runbook.rehearsal.sqlserver.Outcome;
import dev.runbook.rehearsal.sqlserver.reading.Batch;
import dev.runbook.rehearsal.sqlserver.statement.Access;
import dev.runbook.rehearsal.sqlserver.statement.Kill;
import dev.runbook.rehearsal.sqlserver.statement.Statement;
import dev.runbook.rehearsal.tds.Reply;
import dev.runbook.rehearsal.tds.Session;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.List;
import java.util.Locale;
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

    private final Own own;
    private final List<Session.Parameter> parameters;
    private final Reply reply;
    private final Variables variables;
    private final String procedure;
    private boolean ended;
    private boolean aborted;
    private int code;

    private BatchRun(Own own, List<Session.Parameter> parameters, Reply reply, String procedure) {
        this.own = own;
        this.parameters = parameters;
        this.reply = reply;
        this.variables = new Variables(parameters);
        this.procedure = procedure;
    }

    /** What a client sent. */
    static BatchRun of(Own own, List<Session.Parameter> parameters, Reply reply) {
        return new BatchRun(own, parameters, reply, "");
    }

    /** The body of a procedure. */
    static BatchRun of(Own own, List<Session.Parameter> parameters, Reply reply, String procedure) {
        return new BatchRun(own, parameters, reply, procedure);
    }

    /** Runs statements; what they return, which is 0 unless one of them says something else. */
    int run(List<Batch.Placed> statements) {
        for (Batch.Placed placed : statements) {
            if (reply.isCancelled() || ended) {
                break;
            }
            if (own.connection().isEmpty()) {
                reply.drop();
                break;
            }
            if (!own.options().noExec || placed.statement() instanceof Statement.Ignored) {
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
        boolean aborts = own.options().abort && message.number() != RAISED || message.number() == CONVERSION;
        aborted |= aborts;
        ended |= aborts || ENDING.contains(message.number());
        if (aborts) {
            own.rollBack();
        }
    }

    private void run(Batch.Placed placed) {
        Optional<Fault> fault = isOrder(placed.statement())
                ? own.services().faults().strike(own.server(), named(placed))
                : Optional.empty();
        Answering answering = new Answering(
                reply, placed.line(), fault.orElse(null) instanceof Fault.AnswerLost, procedure, this::hear);
        if (fault.orElse(null) instanceof Fault.ErrorBefore error) {
            answering.say(error.error());
        } else if (fault.orElse(null) instanceof Fault.Drop) {
            reply.drop();
        } else if (fault.orElse(null) instanceof Fault.Hang) {
            new Waiting(own, reply).forEver();
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
        boolean open = own.depth() > 0;
        if (placed.statement() instanceof Statement.Lengthy && open) {
            return Optional.of(Complaint.NO_BACKUP_IN_TRANSACTION.of());
        }
        if (!(placed.statement() instanceof Statement.AtOnce) || !open && !own.options().implicit) {
            return Optional.empty();
        }
        Matcher words = ALTERS_OR_DROPS.matcher(placed.sql());
        if (words.find()) {
            return Optional.of(Complaint.NOT_IN_TRANSACTION.of(words.group(1).toUpperCase(Locale.ROOT) + " DATABASE"));
        }
        return open && placed.statement() instanceof Kill
                ? Optional.of(Complaint.NO_KILL_IN_TRANSACTION.of())
                : Optional.empty();
    }

    /** Variables are the batch's own affair; nothing can go wrong with them. */
    private static boolean isOrder(Statement statement) {
        return !(statement instanceof Statement.Declare || statement instanceof Statement.ShowVariables);
    }

    /** By what a scene names it: the variable for the return code does not stand before the name of a procedure. */
    private static String named(Batch.Placed placed) {
        return placed.statement() instanceof Statement.Call
                ? RETURN_CODE.matcher(placed.sql()).replaceFirst("EXEC ")
                : placed.sql();
    }

    private void carryOut(Statement statement, Answering answering, Optional<Statement.NoRoom> full) {
        if (statement instanceof Statement.AtOnce order) {
            answering.say(own.administrator() ? atOnce(order, full) : Outcome.failed(order.forbidden()));
        } else if (statement instanceof Statement.Lengthy work) {
            if (own.administrator()) {
                LengthyRun run = new LengthyRun(own, work, reply, answering);
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
        return own.services()
                .store()
                .apply(state -> Answering.changed(own, state, order.apply(state, own.execution())));
    }

    private void plain(Statement.Plain statement, Answering answering, Optional<Statement.NoRoom> full) {
        if (statement instanceof Statement.Query query) {
            query(query, answering);
        } else if (statement instanceof Statement.Call call) {
            boolean undone = new CallRun(own, variables, reply, answering).run(call, full);
            ended |= undone;
        } else if (statement instanceof Statement.Declare declare) {
            variables.declare(declare.variable());
        } else if (statement instanceof Statement.ShowVariables show) {
            variables.show(show, answering);
        } else if (statement instanceof Statement.Use use) {
            use(use, answering);
        } else if (statement instanceof Statement.WaitFor wait) {
            new Waiting(own, reply).atMost(wait.delay());
            answering.end();
        } else if (statement instanceof Statement.Ignored set) {
            own.options().take(set);
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

    private void transaction(Statement.Transaction statement, Answering answering) {
        boolean open = own.depth() > 0;
        if (!open && statement.onlyInside()) {
            answering.end();
            return;
        }
        switch (statement.kind()) {
            case BEGIN -> own.begin();
            case COMMIT -> {
                if (!own.commit()) {
                    answering.say(Complaint.NOTHING_TO_COMMIT.of());
                }
            }
            case ROLLBACK -> {
                if (!own.rollBack()) {
                    answering.say(Complaint.NOTHING_TO_ROLL_BACK.of());
                }
            }
            case SAVE -> {
                if (!open) {
                    answering.say(Complaint.NOTHING_TO_SAVE.of());
                }
            }
        }
        answering.end();
    }

    private void query(Statement.Query query, Answering answering) {
        if (own.options().implicit
                && own.depth() == 0
                && query.sql().toUpperCase(Locale.ROOT).contains("FROM")) {
            own.begin();
        }
        EstateState state = own.visible();
        Optional<SqlError> refusal = QueriedDatabases.of(query.sql()).stream()
                .flatMap(database -> Access.refusal(state.server(own.server()), database).stream())
                .findFirst();
        if (refusal.isPresent()) {
            answering.say(refusal.get());
            return;
        }
        Catalog.Answer answer = own.services()
                .catalog()
                .query(
                        state,
                        new Catalog.Asking(own.server(), own.spid(), own.database()),
                        query.sql(),
                        variables.all(parameters));
        if (answer instanceof Catalog.Answer.Rows rows) {
            int most = own.options().rowCount;
            boolean cut = most > 0 && rows.rows().size() > most;
            answering.say(
                    cut ? new Catalog.Answer.Rows(rows.columns(), rows.rows().subList(0, most)) : rows);
        } else {
            answering.say(((Catalog.Answer.Refused) answer).error());
        }
    }

    private void use(Statement.Use use, Answering answering) {
        Optional<SqlError> refusal = Access.refusalToUse(own.here(), use.database(), own.spid());
        if (refusal.isPresent()) {
            answering.say(refusal.get());
        } else {
            own.services().store().update(state -> own.change(state, one -> one.in(use.database())));
            answering.end();
        }
    }
}
