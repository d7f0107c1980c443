/**
 * What the program has around it, and the person before it: streams, environment, folder and clock; the screen of a run; who
 * answers questions, types secrets unseen and makes notes, be it a person, answers given beforehand, or a rehearsal for itself;
 * Ctrl-C; how a command ends.
 */
package dev.runbook.terminal;
