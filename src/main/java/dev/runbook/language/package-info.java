/**
 * The language of runbooks: what an author wrote, templates unfilled, as records and sealed types that know where they stand in
 * the file, and the reader that makes them of a located tree, or says everything that is wrong with it. The shape is held against
 * the published schema, the meaning is read here. The only package that knows the schema validator.
 */
package dev.runbook.language;
