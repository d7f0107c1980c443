/** What the author wrote, templates unfilled: records and sealed types, each of which knows where it stands in the file. */
package dev.runbook.model;
