package dev.runbook.rehearsal.shell;

import dev.runbook.rehearsal.cmdlet.Cmdlet;
import dev.runbook.rehearsal.cmdlet.CmdletError;
import dev.runbook.rehearsal.cmdlet.ErrorRecord;
import dev.runbook.value.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The loop of the host script with one client: one request at a time, and an ear for the line that stops it. */
final class Conversation {
    private static final String VERSION = "7.6.5"; // the one whose answers were recorded
    private static final long GLANCE_MILLIS = 100;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Host host;
    private final ShellFaults faults;
    private final String nonce;
    private final OutputStream answers;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    Conversation(Host host, ShellFaults faults, String nonce, OutputStream answers) {
        this.host = host;
        this.faults = faults;
        this.nonce = nonce;
        this.answers = answers;
    }

    /** What can happen next. */
    private sealed interface Event {
        /** The client sent a line. */
        record Line(String text) implements Event {}

        /** The client is gone. */
        record Left() implements Event {}

        /** The cmdlet that ran has ended. */
        record Ended() implements Event {}
    }

    /** Talks until the client is gone or a fault kills the shell. */
    void hold(BufferedReader requests) throws IOException {
        send(JsonNodeFactory.instance.objectNode().put("ready", true).put("version", VERSION));
        Thread ear = new Thread(() -> listen(requests), "simulated-shell-input");
        ear.setDaemon(true);
        ear.start();
        boolean alive = true;
        while (alive) {
            Event event = next(Long.MAX_VALUE);
            alive = !(event instanceof Event.Left) && (!(event instanceof Event.Line line) || handle(line.text()));
        }
    }

    private void listen(BufferedReader requests) {
        try {
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                events.add(new Event.Line(line));
            }
        } catch (IOException e) {
            events.add(new Event.Left());
            return;
        }
        events.add(new Event.Left());
    }

    private boolean handle(String line) throws IOException {
        if (line.isBlank()) {
            return true;
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode().putNull("id");
        try {
            JsonNode request = JSON.readTree(line);
            answer.put("id", request.path("id").asString(""));
            if (request.path("op").asString("").equals("open")) {
                open(request);
                send(answer.put("ok", true));
                return true;
            }
            return invoke(request, answer);
        } catch (CmdletError e) {
            send(failed(answer, e.record()));
        } catch (JacksonException e) {
            send(failed(
                    answer,
                    new ErrorRecord(
                            "Conversion from JSON failed with error: " + e.getOriginalMessage(),
                            "System.ArgumentException",
                            "System.ArgumentException,Microsoft.PowerShell.Commands.ConvertFromJsonCommand",
                            "NotSpecified",
                            "")));
        }
        return true;
    }

    private void open(JsonNode request) {
        List<String> modules = texts(request.path("modules"));
        if (Wire.decode(request.path("remote")) instanceof Value.Fields remote) {
            host.open(modules, remote.values());
        } else {
            host.open(modules);
        }
    }

    /** Runs a cmdlet; false when that was the shell's end. */
    private boolean invoke(JsonNode request, ObjectNode answer) throws IOException {
        Cmdlet cmdlet = host.find(request.path("cmdlet").asString(""));
        Map<String, Value> parameters =
                Wire.decode(request.path("parameters")) instanceof Value.Fields fields ? fields.values() : Map.of();
        Murmur murmur = new Murmur();
        Invocation invocation =
                Invocation.start(cmdlet, parameters, faults, murmur, () -> events.add(new Event.Ended()));
        boolean stopping = false;
        boolean left = false;
        for (Event event = null; !(event instanceof Event.Ended) && !left; ) {
            event = next(GLANCE_MILLIS);
            for (ObjectNode said : murmur.taken(answer.path("id").asString())) {
                send(said);
            }
            left = event instanceof Event.Left;
            if (left || event instanceof Event.Line) {
                stopping = true;
                invocation.stop();
            }
        }
        return !left && report(invocation.end(), stopping, request, answer);
    }

    private boolean report(Invocation.End end, boolean stopping, JsonNode request, ObjectNode answer)
            throws IOException {
        if (end instanceof Invocation.End.Killed) {
            return false;
        }
        if (end instanceof Invocation.End.Wrote wrote) {
            ArrayNode rows = JsonNodeFactory.instance.arrayNode();
            List<String> select = texts(request.path("select"));
            wrote.objects().forEach(object -> rows.add(Wire.encode(Host.pick(object, select))));
            answer.put("ok", true).set("rows", rows);
            answer.putArray("errors");
            send(answer);
            return true;
        }
        ErrorRecord record = ((Invocation.End.Raised) end).error();
        send(stopping ? answer.put("ok", false).put("cancelled", true) : failed(answer, record));
        return true;
    }

    private static ObjectNode failed(ObjectNode answer, ErrorRecord record) {
        answer.put("ok", false).putArray("rows");
        ObjectNode error = answer.putArray("errors").addObject();
        error.set("message", Wire.text(record.message()));
        error.set("type", Wire.text(record.type()));
        error.set("id", Wire.text(record.id()));
        error.set("category", Wire.text(record.category()));
        error.set("target", Wire.text(record.target()));
        return answer;
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private void send(ObjectNode body) throws IOException {
        answers.write(("\n" + nonce + " " + JSON.writeValueAsString(body) + "\n").getBytes(StandardCharsets.US_ASCII));
        answers.flush();
    }

    private Event next(long millis) {
        try {
            return events.poll(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Event.Left();
        }
    }
}
