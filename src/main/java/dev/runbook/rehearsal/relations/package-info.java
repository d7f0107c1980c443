/**
 * The catalogue views and msdb tables of the simulated servers, as relations. An embedded H2, private to the estate, evaluates
 * the queries; the relations are filled from the immutable model at each query. The only package of the estate that knows SQL
 * as a language is the translation here, and it is thin.
 */
package dev.runbook.rehearsal.relations;
