/** Reads scene files: strict, with a place for every mistake, and all of them at once. */
package dev.runbook.rehearsal.scene.read;
