/**
 * Carries a plan out: the order of a step, resume, rollback, decisions of people. Knows neither which kind of action it runs
 * nor where.
 */
package dev.runbook.engine;
