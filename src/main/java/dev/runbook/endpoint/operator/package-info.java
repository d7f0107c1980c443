/** Who answers when a run asks: a person at the terminal, answers given beforehand, or the rehearsal for itself. */
package dev.runbook.endpoint.operator;
