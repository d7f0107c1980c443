/**
 * A simulated SQL Server, over the immutable model: batches are read whole, then run statement by statement. The door is
 * {@code SimulatedServer}; {@code Housekeeping} lets happen what happens by itself. Queries, faults and the pace of statements are
 * handed in.
 */
package dev.runbook.rehearsal.server;
