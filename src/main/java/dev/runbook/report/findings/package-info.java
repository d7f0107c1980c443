/**
 * What {@code lint} found, in the formats that people, editors and build servers read. Every format takes the same
 * {@link dev.runbook.report.findings.LintReport} and gives a text whose lines end in LF. Pure.
 *
 * <p>Lines and columns are counted from 1 everywhere, columns in UTF-16 code units; an end is the place behind the last
 * character unless a format means it otherwise.
 */
package dev.runbook.report.findings;
