package dev.runbook.editor;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A real yaml-language-server, spoken to as an editor does: over its standard streams. */
final class LanguageServer implements AutoCloseable {
    private static final String PROGRAM = "yaml-language-server";
    private static final int PATIENCE_SECONDS = 60;
    /** The settings of an editor that was only just installed, except that nothing is fetched from anywhere. */
    private static final Map<String, ?> SETTINGS = Map.of(
            "validate", true, "completion", true, "hover", true, "schemaStore", Map.of("enable", false, "url", ""));

    private final Map<String, ?> settings;
    private final Process process;
    private final MessageStream stream;
    private final Transcript transcript;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final BlockingQueue<JsonNode> found = new LinkedBlockingQueue<>();

    private LanguageServer(Map<String, ?> settings, Process process, Transcript transcript) {
        this.settings = settings;
        this.process = process;
        this.stream = new MessageStream(process.getInputStream(), process.getOutputStream());
        this.transcript = transcript;
    }

    /** Where the server is: below target/npm or on the path. */
    static Optional<Path> program() {
        Stream<Path> installed = Stream.of(Path.of("target/npm/node_modules/.bin"));
        Stream<Path> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(Path::of);
        return Stream.concat(installed, path)
                .map(folder -> folder.resolve(PROGRAM).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst();
    }

    static LanguageServer start(Path program, Transcript transcript) {
        return begin(program, SETTINGS, transcript);
    }

    /** A server that was told which schema belongs to which names of files: patterns by address. */
    static LanguageServer start(Path program, Map<String, List<String>> schemas, Transcript transcript) {
        Map<String, Object> settings = new HashMap<>(SETTINGS);
        settings.put("schemas", schemas);
        return begin(program, settings, transcript);
    }

    private static LanguageServer begin(Path program, Map<String, ?> settings, Transcript transcript) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--stdio")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            LanguageServer server = new LanguageServer(settings, process, transcript);
            Thread reader = new Thread(server::read, "language server");
            reader.setDaemon(true);
            reader.start();
            server.introduce();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void introduce() {
        Map<String, ?> item = Map.of("snippetSupport", true, "documentationFormat", List.of("markdown", "plaintext"));
        request(
                "initialize",
                Map.of(
                        "capabilities",
                        Map.of(
                                "workspace",
                                Map.of("configuration", true),
                                "textDocument",
                                Map.of(
                                        "completion", Map.of("completionItem", item),
                                        "hover", Map.of("contentFormat", List.of("markdown")),
                                        "publishDiagnostics", Map.of()))));
        tell("initialized", Map.of());
        tell("workspace/didChangeConfiguration", Map.of("settings", Map.of("yaml", settings)));
    }

    /** Asks, and waits for the answer. */
    JsonNode request(String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        send(Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", parameters));
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS).path("result");
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("no answer to " + method, e);
        }
    }

    /** Opens a document, and waits for what the server finds wrong with it. */
    List<JsonNode> open(String uri, String text) {
        found.clear();
        tell(
                "textDocument/didOpen",
                Map.of("textDocument", Map.of("uri", uri, "languageId", "yaml", "version", 1, "text", text)));
        try {
            JsonNode message = found.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            while (message != null && !message.path("uri").asString().equals(uri)) {
                message = found.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            if (message == null) {
                throw new IllegalStateException("the server says nothing of " + uri);
            }
            return message.path("diagnostics").valueStream().toList();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void tell(String method, Map<String, ?> parameters) {
        send(Map.of("jsonrpc", "2.0", "method", method, "params", parameters));
    }

    private void send(Map<String, ?> message) {
        JsonNode json = JsonMapper.shared().valueToTree(message);
        transcript.sent(json);
        try {
            stream.send(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try {
            while (true) {
                JsonNode message = stream.receive();
                transcript.received(message);
                take(message);
            }
        } catch (IOException ended) {
            asked.values().forEach(answer -> answer.completeExceptionally(ended));
        }
    }

    private void take(JsonNode message) {
        String method = message.path("method").asString("");
        if (method.equals("textDocument/publishDiagnostics")) {
            found.add(message.path("params"));
        } else if (method.isEmpty()) {
            Optional.ofNullable(asked.remove(message.path("id").asInt())).ifPresent(answer -> answer.complete(message));
        } else if (message.has("id")) {
            answer(message, method);
        }
    }

    /** The server asks for its settings, and announces what else it could do. */
    private void answer(JsonNode question, String method) {
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        answer.put("jsonrpc", "2.0");
        answer.set("id", question.path("id"));
        if (method.equals("workspace/configuration")) {
            answer.set("result", JsonMapper.shared().valueToTree(wanted(question)));
        } else {
            answer.putNull("result");
        }
        transcript.sent(answer);
        try {
            stream.send(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Map<String, ?>> wanted(JsonNode question) {
        return question.path("params")
                .path("items")
                .valueStream()
                .<Map<String, ?>>map(item -> item.path("section").asString("").equals("yaml") ? settings : Map.of())
                .toList();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
