/**
 * Evaluates queries on the relations: a thin translation by tokens into the words of an embedded H2, which is private to the
 * estate and filled from the model before each query.
 */
package dev.runbook.rehearsal.relations.query;
