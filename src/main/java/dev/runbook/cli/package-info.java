/** The command line: one small class a command, the wiring of the parts, and nothing else. The only package that knows picocli. */
package dev.runbook.cli;
