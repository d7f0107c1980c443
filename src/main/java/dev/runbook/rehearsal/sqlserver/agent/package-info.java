/**
 * What a simulated estate does by itself as time passes: the jobs of log shipping, mirrors that catch up, settings that reach
 * their replicas, programs that connect again.
 */
package dev.runbook.rehearsal.sqlserver.agent;
