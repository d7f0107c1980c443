/**
 * What a scene file says, as written: servers, folders, the pool, and what happens by itself during a rehearsal.
 *
 * <p>The records are plain and refer to one another by the names that the file uses. {@code read} makes them from YAML,
 * {@code build} makes the first state of an estate from them.
 */
package dev.runbook.rehearsal.scene;
