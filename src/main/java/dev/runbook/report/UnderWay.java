package dev.runbook.report;

import java.time.Duration;
import java.util.Optional;

/**
 * The step that a run works on, at a moment.
 *
 * @param head the number of the step, what is done with it, how long by now, and its id, in the columns of the other lines
 * @param brief the same, as short as possible
 * @param title for people
 * @param position which of several things it is at, {@code 3 of 5}; empty where there is only one
 * @param lost since when it is unknown whether what was sent has happened; empty while that is known
 */
public record UnderWay(String head, String brief, String title, String position, Optional<Duration> lost) {}
