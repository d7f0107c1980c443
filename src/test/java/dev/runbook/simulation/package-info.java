/**
 * Runbooks that nobody has written, driven by the real engine, journal and fold through a simulated world on a clock in hand:
 * faults, lost answers, crashes, stops and every decision, drawn from a seed.
 */
package dev.runbook.simulation;
