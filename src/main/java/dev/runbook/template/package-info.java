/**
 * Fills tags from a scope, and escapes by the place where a value goes.
 *
 * <p>Mustache.java reads the tags and judges their syntax; the filling is ours. Its own rendering knows one escape for a whole
 * text, drops names that it does not know, and makes text of everything, while a tag of a runbook is escaped by the token that
 * it stands in, must have a value, and keeps its type where it is a whole parameter.
 *
 * <p>Nothing here throws at what an author wrote or a value holds: a {@link dev.runbook.template.Filled} is the filled thing, or
 * every problem with its place.
 */
package dev.runbook.template;
