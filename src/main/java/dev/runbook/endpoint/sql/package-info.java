/**
 * SQL Server over Microsoft's driver; with the rehearsal's relations the sole importer of {@code java.sql}. A statement is
 * never sent twice, every result is read to its end, and decisions are made on numbers, states and types of exceptions: the
 * driver translates its texts.
 */
package dev.runbook.endpoint.sql;
