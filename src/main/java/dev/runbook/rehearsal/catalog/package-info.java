/**
 * The catalogue views and msdb tables of the simulated servers, as relations over the immutable model. {@code query} evaluates
 * SELECTs on them.
 */
package dev.runbook.rehearsal.catalog;
