package dev.runbook.rehearsal.sqlserver.session;

import dev.runbook.rehearsal.sqlserver.Complaint;
import dev.runbook.rehearsal.sqlserver.Outcome;
import dev.runbook.rehearsal.sqlserver.procedure.Arguments;
import dev.runbook.rehearsal.sqlserver.procedure.Binding;
import dev.runbook.rehearsal.sqlserver.procedure.Procedure;
import dev.runbook.rehearsal.sqlserver.procedure.Procedures;
import dev.runbook.rehearsal.sqlserver.reading.Batch;
import dev.runbook.rehearsal.sqlserver.reading.BatchReader;
import dev.runbook.rehearsal.sqlserver.statement.Statement;
import dev.runbook.rehearsal.sqlserver.statement.Statement.Call;
import dev.runbook.rehearsal.tds.Reply;
import dev.runbook.rehearsal.tds.Session;
import dev.runbook.rehearsal.tds.SqlError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs one call of a procedure. An error in it makes it return 1, and the batch goes on. */
final class CallRun {
    private static final int FAILED = 1;
    private static final Duration ASK_AGAIN = Duration.ofMillis(20);

    private final Own own;
    private final Variables variables;
    private final Reply reply;
    private final Answering answering;

    CallRun(Own own, Variables variables, Reply reply, Answering answering) {
        this.own = own;
        this.variables = variables;
        this.reply = reply;
        this.answering = answering;
    }

    /** With what a full disk comes to, if it is full. Whether the batch that calls ends with it. */
    boolean run(Call call, Optional<Statement.NoRoom> full) {
        Optional<String> body = own.services().procedures().body(own.server(), call.procedure());
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
            answering.say(undeclared.map(Complaint.UNDECLARED::of).orElseGet(() -> ((Batch.Refused) read).error()));
            return false;
        }
        List<Session.Parameter> parameters = given(call).stream()
                .map(one -> new Session.Parameter("@" + one.name(), one.value()))
                .toList();
        int depth = own.depth();
        BatchRun run = BatchRun.of(own, parameters, reply, call.procedure());
        int code = run.run(((Batch.Understood) read).statements());
        if (own.depth() != depth) {
            answering.say(Complaint.TRANSACTION_LEFT.of(depth, own.depth()), call.procedure());
        }
        if (!call.result().isEmpty()) {
            variables.set(call.result(), code);
        }
        return run.aborted();
    }

    private void ofSystem(Call call, Optional<Statement.NoRoom> full) {
        Optional<Procedure> procedure = Procedures.find(call.procedure(), own.database());
        if (procedure.isEmpty()) {
            answering.say(unknown(call.procedure()));
            return;
        }
        if (procedure.get().administrators() && !own.administrator()) {
            answering.say(Complaint.NO_EXECUTE_PERMISSION.of(procedure.get().name()));
            return;
        }
        Optional<String> undeclared = undeclared(call);
        if (undeclared.isPresent()) {
            answering.say(Complaint.UNDECLARED.of(undeclared.get()));
            return;
        }
        Binding binding = Binding.of(procedure.get(), given(call));
        if (binding instanceof Binding.Refused refused) {
            answering.say(refused.error());
            return;
        }
        int code = full.isPresent()
                ? refused(full.get().error())
                : code(procedure.get(), ((Binding.Bound) binding).arguments());
        if (!call.result().isEmpty()) {
            variables.set(call.result(), code);
        }
    }

    private int refused(SqlError error) {
        answering.say(error);
        return FAILED;
    }

    private SqlError unknown(String name) {
        return Procedures.find(name, "msdb").isPresent()
                ? Complaint.NO_SUCH_PROCEDURE.of(name)
                : Complaint.UNKNOWN_PROCEDURE.of(name);
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

    private List<Binding.Given> given(Call call) {
        List<Binding.Given> given = new ArrayList<>();
        for (Call.Argument argument : call.arguments()) {
            if (argument.value() instanceof Call.Operand.Variable variable) {
                given.add(new Binding.Given(argument.name(), variables.value(variable.name())));
            } else if (argument.value() instanceof Call.Operand.Literal literal) {
                given.add(new Binding.Given(argument.name(), literal.value()));
            }
        }
        return given;
    }

    /** Says what the procedure says, and gives its return code. */
    private int code(Procedure procedure, Arguments arguments) {
        Duration waited = Duration.ZERO;
        while (true) {
            Outcome outcome = own.services()
                    .store()
                    .apply(state ->
                            Answering.changed(own, state, procedure.body().call(state, arguments, own.execution())));
            if (outcome instanceof Outcome.Waiting waiting) {
                boolean over = waited.compareTo(waiting.patience()) >= 0;
                if (over || new Waiting(own, reply).over()) {
                    answering.end();
                    return waiting.returnCode();
                }
                new Waiting(own, reply).atMost(ASK_AGAIN);
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
