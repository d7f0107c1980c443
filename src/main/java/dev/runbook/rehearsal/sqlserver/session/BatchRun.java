package dev.runbook.rehearsal.sqlserver.session;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.sqlserver.Catalog;
import dev.runbook.rehearsal.sqlserver.Faults.Fault;
import dev.runbook.rehearsal.sqlserver.Outcome;
import dev.runbook.rehearsal.sqlserver.reading.Batch;
import dev.runbook.rehearsal.sqlserver.statement.Access;
import dev.runbook.rehearsal.sqlserver.statement.Statement;
import dev.runbook.rehearsal.tds.Reply;
import dev.runbook.rehearsal.tds.Session;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Runs the statements of one batch. A failed one does not end it, as on a real server; a lost connection does. */
final class BatchRun {
    private static final Pattern RETURN_CODE =
            Pattern.compile("^\\s*EXEC(UTE)?\\s+(@\\w+\\s*=)?\\s*", Pattern.CASE_INSENSITIVE);
    private final Own own;
    private final List<Session.Parameter> parameters;
    private final Reply reply;
    private final Variables variables;

    BatchRun(Own own, List<Session.Parameter> parameters, Reply reply) {
        this.own = own;
        this.parameters = parameters;
        this.reply = reply;
        this.variables = new Variables(parameters);
    }

    void run(List<Batch.Placed> statements) {
        for (Batch.Placed placed : statements) {
            if (reply.isCancelled()) {
                return;
            }
            if (own.connection().isEmpty()) {
                reply.drop();
                return;
            }
            run(placed);
        }
    }

    private void run(Batch.Placed placed) {
        Optional<Fault> fault = isOrder(placed.statement())
                ? own.services().faults().strike(own.server(), named(placed))
                : Optional.empty();
        Answering answering = new Answering(reply, placed.line(), fault.orElse(null) instanceof Fault.AnswerLost);
        if (fault.orElse(null) instanceof Fault.ErrorBefore error) {
            answering.say(error.error());
        } else if (fault.orElse(null) instanceof Fault.Drop) {
            reply.drop();
        } else if (fault.orElse(null) instanceof Fault.Hang) {
            new Waiting(own, reply).forEver();
        } else {
            Optional<Statement.NoRoom> full = fault.filter(Fault.DiskFull.class::isInstance)
                    .flatMap(unused -> placed.statement().noRoom());
            carryOut(placed.statement(), answering, full);
        }
        if (answering.silent()) {
            reply.drop();
        }
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
        return own.services().store().apply(state -> Answering.changed(state, order.apply(state, own.execution())));
    }

    private void plain(Statement.Plain statement, Answering answering, Optional<Statement.NoRoom> full) {
        if (statement instanceof Statement.Query query) {
            query(query, answering);
        } else if (statement instanceof Statement.Call call) {
            new CallRun(own, variables, reply, answering).run(call, full);
        } else if (statement instanceof Statement.Declare declare) {
            variables.declare(declare.variable());
        } else if (statement instanceof Statement.ShowVariables show) {
            variables.show(show, answering);
        } else if (statement instanceof Statement.Use use) {
            use(use, answering);
        } else if (statement instanceof Statement.WaitFor wait) {
            new Waiting(own, reply).atMost(wait.delay());
            answering.end();
        } else {
            answering.end();
        }
    }

    private void query(Statement.Query query, Answering answering) {
        EstateState state = own.state();
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
            answering.say(rows);
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
