package dev.runbook.endpoint.powershell;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Shell;
import dev.runbook.endpoint.ShellTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A management shell in a PowerShell process. An object of the shell is a row of the selected properties; a property that it
 * does not have is a missing column. A scalar is a row with the column {@value #SCALAR}.
 *
 * <p>What PowerShell reports as an error is a definite failure with its error id as code. A host that dies or does not stop
 * leaves the outcome unknown; it is ended with everything it started, and the next call starts another one. So does a session
 * on another computer that breaks off.
 */
public final class PowerShellHost implements Shell {
    /** The column of a row that is a scalar, not an object. */
    public static final String SCALAR = "value";

    private static final int MOST_ROWS = 10_000;
    // the host reads an object whole when nothing is selected, so nothing is a property that no object has
    private static final String NO_PROPERTY = "-";

    private final HostStart start;
    private HostSession session;

    /**
     * A shell that is started when it is first needed.
     *
     * @param launcher starts it: {@link ChildProcessLauncher}, or a rehearsal's
     * @param random draws what marks the lines of one process; unpredictable
     */
    public PowerShellHost(ShellTarget target, ShellLauncher launcher, RandomGenerator random) {
        this(new HostStart(target, launcher, random, HostStart.Patience.USUAL));
    }

    PowerShellHost(HostStart start) {
        this.start = start;
    }

    @Override
    public Answer invoke(String cmdlet, Map<String, Value> parameters, List<String> select, Limits limits) {
        if (limits.cancellation().isRequested()) {
            return Answer.failed(Failure.definite(
                    Failure.Kind.CANCELLED, "cancelled", cmdlet + " was not run: a stop was requested before."));
        }
        Optional<Failure> refused = open(limits);
        if (refused.isPresent()) {
            return Answer.failed(refused.get());
        }
        HostSession.HostLine end = call(cmdlet, parameters, select, limits);
        if (isUnasked(end)) {
            return again(cmdlet, parameters, select, limits);
        }
        return answer(cmdlet, select, end);
    }

    /** Asks the host, and lets it go when its session on another computer is lost: without that it is good for nothing. */
    private HostSession.HostLine call(
            String cmdlet, Map<String, Value> parameters, List<String> select, Limits limits) {
        HostSession.HostLine end = session.call(request(cmdlet, parameters, select), limits);
        if (end instanceof HostSession.HostLine.Answered answer && HostFailure.RemoteFailure.isLost(answer.body())) {
            session.close();
        }
        return end;
    }

    private static boolean isUnasked(HostSession.HostLine end) {
        return end instanceof HostSession.HostLine.Gone gone && !gone.asked()
                || end instanceof HostSession.HostLine.Answered answer
                        && HostFailure.RemoteFailure.isUnasked(answer.body());
    }

    /** The request never reached what was to do it: another one may be asked. */
    private Answer again(String cmdlet, Map<String, Value> parameters, List<String> select, Limits limits) {
        Optional<Failure> refused = open(limits);
        return refused.isPresent()
                ? Answer.failed(refused.get())
                : answer(cmdlet, select, call(cmdlet, parameters, select, limits));
    }

    private Optional<Failure> open(Limits limits) {
        if (session != null && !session.isOver()) {
            return Optional.empty();
        }
        close();
        HostStart.Opened opened = start.start(limits);
        if (opened instanceof HostStart.Opened.Closed closed) {
            return Optional.of(closed.failure());
        }
        session = ((HostStart.Opened.Open) opened).session();
        return Optional.empty();
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private Answer answer(String cmdlet, List<String> select, HostSession.HostLine end) {
        if (end instanceof HostSession.HostLine.Answered answer) {
            return answer.body().path("ok").asBoolean(false)
                    ? rows(cmdlet, select, answer.body())
                    : Answer.failed(failure(cmdlet, answer.body()));
        }
        if (end instanceof HostSession.HostLine.Stop stop) {
            return Answer.failed(HostFailure.stopped(cmdlet, stop.reason()));
        }
        return Answer.failed(
                end instanceof HostSession.HostLine.Unreadable unreadable
                        ? HostFailure.unreadable(cmdlet, unreadable.tooLong())
                        : HostFailure.died(cmdlet, session.lastWords()));
    }

    private static Failure failure(String cmdlet, JsonNode answer) {
        if (HostFailure.RemoteFailure.isUnasked(answer)) {
            return HostFailure.RemoteFailure.unasked(cmdlet, answer);
        }
        return HostFailure.RemoteFailure.isCutOff(answer)
                ? HostFailure.RemoteFailure.cutOff(cmdlet, answer)
                : HostFailure.raised(cmdlet, answer);
    }

    private static Answer rows(String cmdlet, List<String> select, JsonNode answer) {
        JsonNode rows = answer.path("rows");
        int objects = Math.max(rows.size(), answer.path("many").asInt(0)); // the host reads none of so many
        if (objects > MOST_ROWS) {
            return Answer.failed(HostFailure.tooMuch(cmdlet, objects + " objects"));
        }
        try {
            Stream<Row> all = rows.valueStream().map(PowerShellHost::row);
            return Answer.of((isScalar(select) ? all.map(PowerShellHost::scalarOnly) : all).toList());
        } catch (IllegalArgumentException e) {
            return Answer.failed(HostFailure.unreadable(cmdlet, false));
        }
    }

    private static Row row(JsonNode node) {
        Value value = WireValue.decode(node);
        return value instanceof Value.Fields fields ? new Row(fields.values()) : Row.of(SCALAR, value);
    }

    private static Row scalarOnly(Row row) {
        return row.get(SCALAR).map(value -> Row.of(SCALAR, value)).orElse(Row.EMPTY);
    }

    private static ObjectNode request(String cmdlet, Map<String, Value> parameters, List<String> select) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("cmdlet", cmdlet);
        request.set("parameters", WireValue.encode(parameters));
        if (!isScalar(select)) {
            ArrayNode names = request.putArray("select");
            (select.isEmpty() ? List.of(NO_PROPERTY) : select).forEach(names::add);
        }
        return request;
    }

    // of a scalar the host can select nothing: it has no property of this name
    private static boolean isScalar(List<String> select) {
        return select.equals(List.of(SCALAR));
    }
}
