/** What an author sees: the published schema in the language server that editors use for YAML. */
package dev.runbook.editor;
