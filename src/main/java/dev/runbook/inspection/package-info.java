/**
 * What the command {@code lint} does with files: finds those that are meant, holds every rule against them, leaves out what is
 * known already, corrects what is mechanical, and writes the findings where they are wanted. Knows nothing of the command line.
 */
package dev.runbook.inspection;
