package dev.runbook.journal;

import dev.runbook.event.RunEvent;
import java.time.Instant;

/**
 * A line of a journal.
 *
 * @param number counted from 1
 * @param time when it was written
 * @param event what happened
 * @param hash SHA-256 over the hash before and this line's content, in hexadecimal digits
 */
public record Entry(long number, Instant time, RunEvent event, String hash) {}
