/**
 * What the parts of a simulated SQL Server say to each other: outcomes of statements, and the doors to the query engine,
 * to faults and to time. The statements are in {@code statement}, the procedures in {@code procedure}, backup files in
 * {@code backup}, the jobs of the agent in {@code agent}, and the server itself in {@code session}.
 */
package dev.runbook.rehearsal.server;
