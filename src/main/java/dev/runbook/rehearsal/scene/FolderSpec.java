package dev.runbook.rehearsal.scene;

import java.util.Optional;

/**
 * A folder of the scene; a real one while the estate stands.
 *
 * @param name within the scene
 * @param seenAs the path under which the SQL servers of the scene know it
 * @param on the one server that knows it so; empty when all do, as with a share
 */
public record FolderSpec(String name, String seenAs, Optional<String> on) {}
