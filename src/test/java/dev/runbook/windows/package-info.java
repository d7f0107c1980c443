/** What Windows does and Linux does not, to be had on every system: one fake each, with where its behaviour is written down. */
package dev.runbook.windows;
