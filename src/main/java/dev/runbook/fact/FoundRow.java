package dev.runbook.fact;

import dev.runbook.base.Row;

/**
 * A row, and for what it was asked.
 *
 * @param row with the columns of {@code each} behind its own
 * @param each for what it was asked
 */
record FoundRow(Row row, Each each) {}
