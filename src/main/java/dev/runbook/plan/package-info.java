/** What will be done: steps with plain values, or "known only later". Pure: touches nothing. */
package dev.runbook.plan;
