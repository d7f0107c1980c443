package dev.runbook.inspection;

import dev.runbook.diagnostic.Checked;
import dev.runbook.diagnostic.Source;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that is looked at.
 *
 * @param name what findings call it
 * @param path where it lies; empty for standard input and for runbooks inside the program
 * @param source its text, or why there is none
 */
public record Input(String name, Optional<Path> path, Checked<Source> source) {}
