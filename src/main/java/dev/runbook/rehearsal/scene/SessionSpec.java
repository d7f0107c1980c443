package dev.runbook.rehearsal.scene;

/**
 * A connection that a program holds.
 *
 * @param program its name
 * @param login as whom
 * @param host from where
 * @param database in which
 * @param system whether it is a part of the server itself, which nobody can end
 */
public record SessionSpec(String program, String login, String host, String database, boolean system) {}
