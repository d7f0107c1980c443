/**
 * Makes the state of an estate from a scene. The past of a log shipping is not invented but played: its backups are taken and
 * restored by the statements themselves, so that log, forks, history and files agree.
 */
package dev.runbook.rehearsal.scene.build;
