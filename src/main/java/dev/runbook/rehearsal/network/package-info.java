/** The servers of a scene on the wire: where they listen, and what the scene adds to them: faults, paces, answers. */
package dev.runbook.rehearsal.network;
