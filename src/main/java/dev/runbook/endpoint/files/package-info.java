/** Files and folders as this computer sees them, over {@link java.nio.file.FileSystem}. */
package dev.runbook.endpoint.files;
