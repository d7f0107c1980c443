/**
 * Keeps a rehearsal inside its scene: whatever a runbook says, no server, file or folder outside of it is touched. A fence
 * stands around the endpoints, which are those of a real run. A management shell needs none: the one of the scene is reached
 * in memory, and no program is started.
 */
package dev.runbook.rehearsal.fence;
