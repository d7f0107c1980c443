/** What the program has around it: streams, environment, folder and clock; the screen of a run; Ctrl-C; exit codes. */
package dev.runbook.console;
