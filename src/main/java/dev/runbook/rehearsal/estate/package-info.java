/**
 * A simulated estate that stands: servers that listen, a management shell, folders, time that passes. Built from a scene,
 * changed by whoever connects, by its own jobs, and by what people do by hand; a fence keeps a run inside of it.
 */
package dev.runbook.rehearsal.estate;
