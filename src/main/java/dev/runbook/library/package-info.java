/** Where runbooks and their schema are found: on disk, or inside the program. */
package dev.runbook.library;
