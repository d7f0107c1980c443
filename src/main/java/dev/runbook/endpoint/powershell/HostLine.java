package dev.runbook.endpoint.powershell;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What one line from the shell's standard output is. */
sealed interface HostLine {
    /** The host listens. */
    record Ready(String version) implements HostLine {}

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
