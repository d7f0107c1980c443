package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.server.Pace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What an estate needs from outside.
 *
 * @param folder an empty folder for everything that it writes; whoever made it deletes it
 * @param clock tells the time and the zone of the servers
 * @param pause lets time pass
 * @param ids draws what must be unique
 * @param relay the command by which another process reaches the management shell, the path of a file that says where it listens is added to it; empty when the
 *     shell is reached in memory alone
 */
public record EstateConfig(Path folder, Clock clock, Pace.Pause pause, Supplier<UUID> ids, List<String> relay) {
    /** Copies the list. */
    public EstateConfig {
        relay = List.copyOf(relay);
    }
}
