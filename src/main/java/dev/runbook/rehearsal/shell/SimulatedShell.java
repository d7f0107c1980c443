package dev.runbook.rehearsal.shell;

import dev.runbook.base.Value;
import dev.runbook.rehearsal.shell.CmdletError.ErrorRecord;
import dev.runbook.rehearsal.shell.ShellFaults.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A PowerShell that runs the host script and knows some modules. Each client gets a shell of its own; all meet the same
 * cmdlets.
 */
public final class SimulatedShell {
    private final List<ShellModule> installed;
    private final List<RemoteEndpoint> others;
    private final ShellFaults faults;

    /**
     * A shell.
     *
     * @param installed the modules that can be opened, here and on other computers
     * @param others the computers that a session can be opened on
     * @param faults what goes wrong
     */
    public SimulatedShell(List<ShellModule> installed, List<RemoteEndpoint> others, ShellFaults faults) {
        this.installed = List.copyOf(installed);
        this.others = List.copyOf(others);
        this.faults = faults;
    }

    /** A shell on a computer that knows no other. */
    public SimulatedShell(List<ShellModule> installed, ShellFaults faults) {
        this(installed, List.of(), faults);
    }

    /**
     * Serves one client until it leaves, or until the shell is killed by a fault; then closes both streams.
     *
     * @param arguments as the program would be started with; the encoded command carries the nonce
     * @param requests the shell's standard input
     * @param answers the shell's standard output
     */
    public void serve(List<String> arguments, InputStream requests, OutputStream answers) {
        try (requests;
                answers) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(requests, StandardCharsets.US_ASCII));
            String script = lines.readLine();
            if (script != null && isScript(script)) {
                new Conversation(new Host(installed, others), faults, ShellProtocol.nonce(arguments), answers)
                        .hold(lines);
            }
        } catch (IOException e) {
            return; // the client is gone, and a shell without a client ends
        }
    }

    /** Starts a shell in a thread of its own. */
    public Ends connect(List<String> arguments) {
        ShellRelay.Pipe requests = new ShellRelay.Pipe();
        ShellRelay.Pipe answers = new ShellRelay.Pipe();
        Thread thread = new Thread(() -> serve(arguments, requests.reading(), answers.writing()), "simulated-shell");
        thread.setDaemon(true);
        thread.start();
        return new Ends(answers.reading(), requests.writing());
    }

    /**
     * The client's ends of the two streams.
     *
     * @param answers what the shell writes
     * @param requests what the shell reads
     */
    public record Ends(InputStream answers, OutputStream requests) {}

    private static boolean isScript(String line) {
        try {
            return Base64.getDecoder().decode(line).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The loop of the host script with one client: one request at a time, and an ear for the line that stops it. */
    static final class Conversation {
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
            if (ShellProtocol.decode(request.path("remote")) instanceof Value.Fields remote) {
                host.open(modules, remote.values());
            } else {
                host.open(modules);
            }
        }

        /** Runs a cmdlet; false when that was the shell's end. */
        private boolean invoke(JsonNode request, ObjectNode answer) throws IOException {
            Cmdlet cmdlet = host.find(request.path("cmdlet").asString(""));
            Optional<String> ambiguity = host.ambiguity(cmdlet.name());
            if (ambiguity.isPresent()) {
                ObjectNode said = JsonNodeFactory.instance
                        .objectNode()
                        .put("id", answer.path("id").asString());
                said.set("warning", ShellProtocol.text(ambiguity.get()));
                send(said);
            }
            Map<String, Value> parameters =
                    ShellProtocol.decode(request.path("parameters")) instanceof Value.Fields fields
                            ? fields.values()
                            : Map.of();
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
                wrote.objects().forEach(object -> rows.add(ShellProtocol.encode(Host.pick(object, select))));
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
            error.set("message", ShellProtocol.text(record.message()));
            error.set("type", ShellProtocol.text(record.type()));
            error.set("id", ShellProtocol.text(record.id()));
            error.set("category", ShellProtocol.text(record.category()));
            error.set("target", ShellProtocol.text(record.target()));
            return answer;
        }

        private static List<String> texts(JsonNode list) {
            return list.valueStream().map(JsonNode::asString).toList();
        }

        private void send(ObjectNode body) throws IOException {
            answers.write(
                    ("\n" + nonce + " " + JSON.writeValueAsString(body) + "\n").getBytes(StandardCharsets.US_ASCII));
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

    /** A cmdlet that runs in a thread of its own, so that the host can listen meanwhile. */
    static final class Invocation {
        private final Thread thread;
        private final FutureTask<End> task;

        private Invocation(FutureTask<End> task) {
            this.task = task;
            this.thread = new Thread(task, "simulated-cmdlet");
            thread.setDaemon(true);
        }

        /** How a cmdlet ends. */
        sealed interface End {
            /** With these objects. */
            record Wrote(List<Object> objects) implements End {}

            /** With an error, or stopped. */
            record Raised(ErrorRecord error) implements End {}

            /** Together with the shell. */
            record Killed() implements End {}
        }

        /** Binds the parameters and runs the cmdlet; {@code ended} is called when the end is there. */
        static Invocation start(
                Cmdlet cmdlet, Map<String, Value> parameters, ShellFaults faults, Call.Voice voice, Runnable ended) {
            Invocation invocation = new Invocation(new FutureTask<>(() -> run(cmdlet, parameters, faults, voice)) {
                @Override
                protected void done() {
                    ended.run();
                }
            });
            invocation.thread.start();
            return invocation;
        }

        /** Asks the cmdlet to stop. */
        void stop() {
            thread.interrupt();
        }

        /** How it ended; called after that was announced. */
        End end() {
            try {
                return task.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new End.Killed();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }

        private static End run(Cmdlet cmdlet, Map<String, Value> parameters, ShellFaults faults, Call.Voice voice) {
            try {
                Call call = Call.of(cmdlet, parameters, voice);
                if (call.isWhatIf()) {
                    return new End.Wrote(List.of());
                }
                Optional<Fault> fault = faults.strike(cmdlet.name());
                return fault.isPresent() ? struck(fault.get(), cmdlet, call) : new End.Wrote(cmdlet.run(call));
            } catch (CmdletError e) {
                return new End.Raised(e.record());
            } catch (Call.Stopped e) {
                return stopped();
            }
        }

        private static End struck(Fault fault, Cmdlet cmdlet, Call call) {
            if (fault instanceof Fault.ErrorBefore before) {
                return new End.Raised(before.error());
            }
            if (fault instanceof Fault.AnswerLost) {
                cmdlet.run(call);
            }
            return fault instanceof Fault.Hang ? hang() : new End.Killed();
        }

        private static End hang() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return stopped();
        }

        private static End stopped() {
            return new End.Raised(new ErrorRecord(
                    "The pipeline has been stopped.",
                    "System.Management.Automation.PipelineStoppedException",
                    "PipelineStopped",
                    "OperationStopped",
                    ""));
        }
    }

    /** What a running cmdlet says, kept until the host looks: progress first, then warnings, as the host script hands them on. */
    static final class Murmur implements Call.Voice {
        private final List<ObjectNode> progress = new ArrayList<>();
        private final List<ObjectNode> warnings = new ArrayList<>();

        @Override
        public synchronized void progress(String activity, String status, int percent) {
            ObjectNode said = JsonNodeFactory.instance.objectNode();
            said.set("activity", ShellProtocol.text(activity));
            said.set("status", ShellProtocol.text(status));
            progress.add(said.put("percent", percent));
        }

        @Override
        public synchronized void warn(String text) {
            ObjectNode said = JsonNodeFactory.instance.objectNode();
            said.set("warning", ShellProtocol.text(text));
            warnings.add(said);
        }

        /** Takes what was said since the last look, as lines for the call with this id. */
        synchronized List<ObjectNode> taken(String id) {
            List<ObjectNode> lines = new ArrayList<>();
            progress.forEach(said -> {
                ObjectNode line = JsonNodeFactory.instance.objectNode().put("id", id);
                line.set("progress", said);
                lines.add(line);
            });
            warnings.forEach(said -> lines.add(said.put("id", id)));
            progress.clear();
            warnings.clear();
            return lines;
        }
    }

    /** The modules that one client has opened, and what can be found in them. */
    private static final class Host {
        private final List<ShellModule> installed;
        private final List<RemoteEndpoint> others;
        private List<ShellModule> opened = List.of();
        private final Set<String> called = new HashSet<>();
        private boolean open;

        Host(List<ShellModule> installed, List<RemoteEndpoint> others) {
            this.installed = installed;
            this.others = others;
        }

        /**
         * As {@code Open-Session} does.
         *
         * @throws CmdletError when one of them is not installed
         */
        void open(List<String> modules) {
            load(modules, Host::missing);
        }

        /**
         * As {@code Open-Remote} does.
         *
         * @param remote which other computer, and who logs in there
         * @throws CmdletError when it is not there, refuses the login, or does not load a module
         */
        void open(List<String> modules, Map<String, Value> remote) {
            RemoteEndpoint there = others.stream()
                    .filter(one -> one.isMeant(remote))
                    .findFirst()
                    .orElseThrow(() -> RemoteEndpoint.missing(remote));
            there.admit(remote);
            if (there.ready() && !modules.isEmpty()) {
                throw RemoteEndpoint.unknown("Import-Module");
            }
            load(
                    there.ready() ? installed.stream().map(ShellModule::name).toList() : modules,
                    RemoteEndpoint::withoutModule);
        }

        private void load(List<String> modules, Function<String, CmdletError> missing) {
            List<ShellModule> found = new ArrayList<>();
            for (String module : modules) {
                found.add(installed.stream()
                        .filter(one -> one.name().equalsIgnoreCase(ShellModule.nameIn(module)))
                        .findFirst()
                        .orElseThrow(() -> missing.apply(module)));
            }
            opened = List.copyOf(found);
            open = true;
        }

        /**
         * As {@code Find-Command} does.
         *
         * @throws CmdletError when no opened module has it
         */
        Cmdlet find(String name) {
            if (!open) {
                throw new CmdletError(new ErrorRecord(
                        "You cannot call a method on a null-valued expression.",
                        "System.Management.Automation.RuntimeException",
                        "InvokeMethodOnNull",
                        "InvalidOperation",
                        ""));
            }
            return opened.stream()
                    .flatMap(module -> module.cmdlet(name).stream())
                    .reduce((earlier, later) -> later)
                    .orElseThrow(() -> new CmdletError(new ErrorRecord(
                            "'" + name + "' is not a cmdlet of "
                                    + opened.stream().map(ShellModule::name).collect(Collectors.joining(", ")),
                            ErrorRecord.OF_POWERSHELL,
                            "CommandNotFoundException",
                            "ObjectNotFound",
                            "")));
        }

        /** What is said when a cmdlet of several modules is first called: which one is meant. */
        Optional<String> ambiguity(String name) {
            List<String> having = opened.stream()
                    .filter(module -> module.cmdlet(name).isPresent())
                    .map(ShellModule::name)
                    .toList();
            return having.size() > 1 && called.add(name.toLowerCase(Locale.ROOT))
                    ? Optional.of("'" + name + "' is in more than one module of this shell: "
                            + String.join(", ", having) + ". That of " + having.get(having.size() - 1)
                            + ", which is named last, is called.")
                    : Optional.empty();
        }

        /** As {@code Encode-Row} does: a property that is not there is left out. */
        static Object pick(Object held, List<String> names) {
            if (names.isEmpty()) {
                return held;
            }
            Map<String, Object> row = new LinkedHashMap<>();
            for (String path : names) {
                PropertyPath.of(held, path).ifPresent(found -> row.put(path, ShellProtocol.flatten(found.value())));
            }
            return row;
        }

        private static CmdletError missing(String module) {
            return new CmdletError(ErrorRecord.ofPowerShell(
                    "One or more errors occurred processing the module '" + module
                            + "' specified in the InitialSessionState object used to create this runspace. See the"
                            + " ErrorRecords property for a complete list of errors. The first error was: The specified"
                            + " module '" + module
                            + "' was not loaded because no valid module file was found in any module directory.",
                    "ErrorLoadingModulesOnRunspaceOpen",
                    "OpenError"));
        }

        /** What is found at a dotted path in an object. */
        static final class PropertyPath {
            private PropertyPath() {}

            /**
             * Something that is there.
             *
             * @param value may be null
             */
            record Found(Object value) {}

            /** Looks inside, without regard to case; within a null there is null. Empty when a property is not there. */
            static Optional<Found> of(Object held, String path) {
                Found found = new Found(held);
                for (String name : path.split("\\.")) {
                    if (found.value() == null) {
                        break;
                    }
                    Optional<Found> next = property(found.value(), name);
                    if (next.isEmpty()) {
                        return Optional.empty();
                    }
                    found = next.get();
                }
                return Optional.of(found);
            }

            private static Optional<Found> property(Object held, String name) {
                Map<?, ?> properties = held instanceof ShellObject object
                        ? object.properties()
                        : held instanceof Map<?, ?> table ? table : Map.of();
                return properties.entrySet().stream()
                        .filter(entry -> name.equalsIgnoreCase(String.valueOf(entry.getKey())))
                        .map(entry -> new Found(entry.getValue()))
                        .findFirst();
            }
        }
    }
}
