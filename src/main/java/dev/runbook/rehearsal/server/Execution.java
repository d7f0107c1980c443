package dev.runbook.rehearsal.server;

import java.time.LocalDateTime;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Who runs a statement, where and when.
 *
 * @param server as {@code @@SERVERNAME} tells it
 * @param spid of the session
 * @param login of the session
 * @param now server time
 * @param ids new ones, for whatever the statement makes
 */
public record Execution(String server, int spid, String login, LocalDateTime now, Supplier<UUID> ids) {}
