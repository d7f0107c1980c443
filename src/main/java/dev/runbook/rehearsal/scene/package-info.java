/**
 * What a scene file says, as written: servers, folders, the pool, and what happens by itself during a rehearsal; and the reader
 * of such files. The records are plain and refer to one another by the names that the file uses.
 */
package dev.runbook.rehearsal.scene;
