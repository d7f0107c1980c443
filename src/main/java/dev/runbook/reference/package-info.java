/** What people look up: the rules, as text for a terminal and as Markdown, with what is said about their bad examples. */
package dev.runbook.reference;
