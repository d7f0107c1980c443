package dev.runbook.ci;

import dev.runbook.base.Checked;
import dev.runbook.base.Source;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A piece of a YAML file that must be there. */
record Yaml(Node node) {
    static Yaml read(Path file) throws IOException {
        return of(file.toString(), Files.readString(file));
    }

    static Yaml of(String name, String text) {
        Checked<Node> read = YamlReader.read(Source.of(name, text));
        return new Yaml(read.value().orElseThrow(() -> new AssertionError(read.diagnostics())));
    }

    /** What keys, and numbers of items, lead to. */
    Yaml at(Object... path) {
        Node found = node;
        for (Object part : path) {
            found = part instanceof Integer index
                    ? ((Node.Sequence) found).items().get(index)
                    : ((Node.Mapping) found).get(part.toString()).orElseThrow();
        }
        return new Yaml(found);
    }

    String text() {
        return ((Node.Scalar) node).value();
    }

    List<String> texts() {
        return ((Node.Sequence) node)
                .items().stream().map(item -> new Yaml(item).text()).toList();
    }

    List<String> keys() {
        return ((Node.Mapping) node)
                .entries().stream().map(entry -> entry.key().value()).toList();
    }
}
