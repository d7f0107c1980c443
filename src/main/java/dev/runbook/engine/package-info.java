/**
 * The order of a step, retry, doubt, resume and rollback. Decisions are pure functions; effects go through the endpoints that
 * are handed in. Knows neither which kind of action it runs nor where.
 */
package dev.runbook.engine;
