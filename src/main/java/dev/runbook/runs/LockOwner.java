package dev.runbook.runs;

import dev.runbook.event.Actor;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Who works on a run, as it stands in the run's lock file.
 *
 * @param user the account
 * @param host the computer
 * @param process the process id there
 * @param since when it began
 */
public record LockOwner(String user, String host, long process, Instant since) {
    static LockOwner of(Actor actor, Instant since) {
        return new LockOwner(actor.user(), actor.host(), actor.process(), since);
    }

    /** One line for each component, in their order. */
    String text() {
        return String.join("\n", user, host, String.valueOf(process), since.toString()) + "\n";
    }

    /** The owner as written; empty where the text is none. */
    static Optional<LockOwner> parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() != 4) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LockOwner(
                    lines.get(0), lines.get(1), Long.parseLong(lines.get(2)), Instant.parse(lines.get(3))));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@code jdoe@jump1, process 42, since 2026-11-21T03:12:09Z}. */
    public String words() {
        return user + "@" + host + ", process " + process + ", since " + since.truncatedTo(ChronoUnit.SECONDS);
    }
}
