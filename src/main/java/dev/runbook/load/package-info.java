/**
 * From a located tree to a runbook, or to everything that is wrong with it. The shape is held against the published schema,
 * the meaning is read here. The only package that knows the schema validator.
 */
package dev.runbook.load;
