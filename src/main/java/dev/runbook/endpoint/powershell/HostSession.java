package dev.runbook.endpoint.powershell;

import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The talk with one running host: a thread of its own hears what it says; one call at a time waits for its end. */
final class HostSession implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // the host reads its input as ASCII
            .build();

    // a host that reads a request and the empty line behind it in one piece does not see the second
    private static final Duration SETTLING = Duration.ofMillis(50);

    private final ShellLink link;
    private final String nonce;
    private final Duration grace;
    private final BlockingQueue<HostLine> heard = new LinkedBlockingQueue<>();
    private final ShellLink.LastLines strays = new ShellLink.LastLines();
    private volatile Progress listener = Progress.NONE;
    private volatile boolean over;
    private long calls;

    /**
     * Begins to listen.
     *
     * @param grace how long a host may take to answer that it stopped a call
     */
    HostSession(ShellLink link, String nonce, Duration grace) {
        this.link = link;
        this.nonce = nonce;
        this.grace = grace;
        Thread ear = new Thread(this::listen, "shell-answers");
        ear.setDaemon(true);
        ear.start();
    }

    /** Sends a line that is no request, and waits for the host to say that it listens. */
    HostLine greet(String script, Limits limits) {
        return exchange(script, limits);
    }

    /**
     * Sends a request and waits for its end: {@link HostLine.Answered}, {@link HostLine.Unreadable}, {@link HostLine.Gone}, or
     * {@link HostLine.Stop} when it was cut off. A call that ended before the stop reached it ends as it did.
     */
    HostLine call(ObjectNode request, Limits limits) {
        request.put("id", Long.toString(++calls));
        return exchange(JSON.writeValueAsString(request), limits);
    }

    /** Whether no more calls can be made. */
    boolean isOver() {
        return over;
    }

    /** What the host, and whoever else writes where it writes, said last; for messages. */
    List<String> lastWords() {
        List<String> words = new ArrayList<>(strays.kept());
        words.addAll(link.complaints());
        return words;
    }

    @Override
    public void close() {
        over = true;
        link.close();
    }

    private HostLine exchange(String line, Limits limits) {
        heard.removeIf(HostLine.Stop.class::isInstance); // one that came too late for the call before
        listener = limits.progress();
        Cancellation.Registration cancelling = limits.cancellation().onRequest(this::cancel);
        try {
            if (!sent(line)) {
                await(Optional.of(grace)); // the listening thread then knows the last words
                return new HostLine.Gone(false);
            }
            HostLine end = await(limits.timeout());
            return end instanceof HostLine.Stop asked ? stop(asked) : end;
        } finally {
            cancelling.close();
            listener = Progress.NONE;
        }
    }

    private boolean sent(String line) {
        try {
            link.send(line);
            return true;
        } catch (IOException e) {
            over = true;
            return false;
        }
    }

    private void cancel() {
        heard.add(new HostLine.Stop(HostLine.Reason.CANCELLED));
    }

    /** An empty line asks the host to stop the call; a host that does not answer is ended with all it started. */
    private HostLine stop(HostLine.Stop asked) {
        HostLine early = awaitAnswer(SETTLING);
        boolean running = early instanceof HostLine.Stop;
        HostLine end = running && sent("") ? awaitAnswer(grace) : early;
        if (end instanceof HostLine.Answered answer) {
            return answer.body().path("cancelled").asBoolean(false) ? asked : answer;
        }
        over = true;
        link.kill();
        return asked;
    }

    private HostLine awaitAnswer(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        HostLine end;
        do {
            end = await(Optional.of(Duration.ofNanos(deadline - System.nanoTime())));
        } while (end instanceof HostLine.Stop
                && System.nanoTime() < deadline
                && !Thread.currentThread().isInterrupted()); // a second request to stop changes nothing
        return end;
    }

    private HostLine await(Optional<Duration> timeout) {
        try {
            HostLine end =
                    timeout.isPresent() ? heard.poll(timeout.get().toNanos(), TimeUnit.NANOSECONDS) : heard.take();
            return end == null ? new HostLine.Stop(HostLine.Reason.TIMEOUT) : end;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new HostLine.Stop(HostLine.Reason.CANCELLED);
        }
    }

    private void listen() {
        try {
            for (ShellLink.Line line = link.receive(); line != null; line = link.receive()) {
                HostLine.of(line, nonce, JSON).ifPresent(this::hear);
            }
        } catch (IOException e) {
            strays.add("(" + e.getMessage() + ")"); // the same event as the end of the stream
        }
        over = true;
        heard.add(new HostLine.Gone(true));
    }

    private void hear(HostLine line) {
        if (line instanceof HostLine.Going going) {
            listener.said(going.status().isEmpty() ? going.activity() : going.activity() + ": " + going.status());
            if (going.percent() >= 0) {
                listener.advanced(going.percent(), 100, "%");
            }
        } else if (line instanceof HostLine.Warning warning) {
            listener.said(warning.text());
        } else if (line instanceof HostLine.Stray stray) {
            strays.add(stray.text());
            listener.said(stray.text());
        } else {
            heard.add(line);
        }
    }

    /** What one line from the shell's standard output is. */
    sealed interface HostLine {
        /** The host listens. */
        record Ready(String version) implements HostLine {}

        /** The shell runs, and its language mode does not let the host script in. */
        record Refused(String languageMode) implements HostLine {}

        /** How far a call is; {@code percent} is negative where nobody knows. */
        record Going(String activity, String status, int percent) implements HostLine {}

        /** A warning of a call. */
        record Warning(String text) implements HostLine {}

        /** The end of a call. */
        record Answered(String id, JsonNode body) implements HostLine {}

        /** The end of a call whose answer cannot be read: too long to be kept, or broken. */
        record Unreadable(boolean tooLong) implements HostLine {}

        /** Somebody else's output: a program inside a cmdlet, a banner. */
        record Stray(String text) implements HostLine {}

        /**
         * The shell is gone.
         *
         * @param asked false when the request did not reach it: the end of a line is its last byte, and a host runs whole lines
         */
        record Gone(boolean asked) implements HostLine {}

        /** Somebody wants the call to stop; not a line, but it ends the same wait. */
        record Stop(Reason reason) implements HostLine {}

        /** Who wants a call to stop. */
        enum Reason {
            /** Its time is over. */
            TIMEOUT,
            /** The operator. */
            CANCELLED
        }

        /** Reads a line of a host with this nonce; empty for an empty line, which separates the lines of the host. */
        static Optional<HostLine> of(ShellLink.Line line, String nonce, JsonMapper json) {
            String prefix = nonce + " ";
            if (line.text().isEmpty()) {
                return Optional.empty();
            }
            if (!line.text().startsWith(prefix)) {
                return Optional.of(new Stray(line.text()));
            }
            if (!line.complete()) {
                return Optional.of(new Unreadable(true));
            }
            try {
                return Optional.of(of(json.readTree(line.text().substring(prefix.length()))));
            } catch (JacksonException e) {
                return Optional.of(new Unreadable(false));
            }
        }

        private static HostLine of(JsonNode body) {
            if (body.has("ready")) {
                return new Ready(body.path("version").asString(""));
            }
            if (body.has("refused")) {
                return new Refused(body.path("refused").asString(""));
            }
            if (body.has("progress")) {
                JsonNode progress = body.get("progress");
                return new Going(
                        WireValue.textOf(progress.path("activity")),
                        WireValue.textOf(progress.path("status")),
                        progress.path("percent").asInt(-1));
            }
            return body.has("warning")
                    ? new Warning(WireValue.textOf(body.get("warning")))
                    : new Answered(body.path("id").asString(""), body);
        }
    }
}
