package dev.runbook.event;

/**
 * A plan to which a run was bound when it began.
 *
 * @param file from which it was read
 * @param hash of the plan
 * @param made when the file was made, UTC
 * @param by who made it
 */
public record AgreedPlan(String file, String hash, String made, String by) {}
