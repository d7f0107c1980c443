package dev.runbook.rehearsal.scene.build;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What a scene is built on.
 *
 * @param folders the real folder of each folder of the scene, by name
 * @param start the moment from which the past is counted
 * @param zone of the servers
 * @param ids new ones
 */
public record Ground(Map<String, Path> folders, Instant start, ZoneId zone, Supplier<UUID> ids) {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    /** Copies the map. */
    public Ground {
        folders = Map.copyOf(folders);
    }

    /** The real folder of that name; the scene was checked, so that there is one. */
    Path folder(String name) {
        return folders.get(name);
    }

    /** Server time, so long ago. */
    LocalDateTime ago(Duration age) {
        return LocalDateTime.ofInstant(start.minus(age), zone);
    }

    /** The name that log shipping gives to a log backup of so long ago: the stamp is UTC. */
    String logBackup(String database, Duration age, String ending) {
        return database + "_" + STAMP.format(start.minus(age).atOffset(ZoneOffset.UTC)) + ending;
    }
}
