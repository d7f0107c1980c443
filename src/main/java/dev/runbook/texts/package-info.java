/** What a runbook says to people, in other languages: files of texts beside it. */
package dev.runbook.texts;
