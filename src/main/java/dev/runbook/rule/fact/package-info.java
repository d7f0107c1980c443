/** Rules about facts and variables. */
package dev.runbook.rule.fact;
