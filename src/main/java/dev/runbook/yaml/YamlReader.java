package dev.runbook.yaml;

import dev.runbook.diagnostic.Checked;
import dev.runbook.diagnostic.Source;

/** Reads the YAML of runbooks, site files and scenes: the plain half of YAML, without its traps. */
public final class YamlReader {
    private YamlReader() {}

    /** The tree of a document, or everything that is wrong with it. */
    public static Checked<Node> read(Source source) {
        throw new UnsupportedOperationException(source.name());
    }
}
