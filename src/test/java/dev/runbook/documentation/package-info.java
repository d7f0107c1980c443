/** What is shipped for people to read and to run: the runbooks and the documentation, held against each other and the schema. */
package dev.runbook.documentation;
