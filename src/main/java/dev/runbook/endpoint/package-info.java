/**
 * The edges to the world. An endpoint answers rows or a classified {@link dev.runbook.endpoint.Failure}; it knows nothing of
 * steps. The implementations live in the child packages, strangers to one another.
 */
package dev.runbook.endpoint;
