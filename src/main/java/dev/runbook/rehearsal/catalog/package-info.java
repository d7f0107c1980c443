/** The catalogue views and msdb tables of the simulated servers: relations over the immutable model, asked with SELECT. */
package dev.runbook.rehearsal.catalog;
