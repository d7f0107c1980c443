/** Rules about steps, their conditions and the way back from them. */
package dev.runbook.rule.step;
