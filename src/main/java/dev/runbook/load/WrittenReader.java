package dev.runbook.load;

import dev.runbook.model.Name;
import dev.runbook.model.Written;
import dev.runbook.value.Value;
import dev.runbook.yaml.MappingNode;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.ScalarNode;
import dev.runbook.yaml.SequenceNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads values: there an unquoted {@code true}, {@code false} or {@code null} means that, and all else is text. */
final class WrittenReader {
    private WrittenReader() {}

    static Written read(Node node) {
        if (node instanceof MappingNode mapping) {
            return fields(mapping);
        }
        if (node instanceof SequenceNode sequence) {
            return new Written.Items(items(sequence));
        }
        return scalar((ScalarNode) node);
    }

    static List<Written> items(SequenceNode sequence) {
        return sequence.items().stream().map(WrittenReader::read).toList();
    }

    static Written.Fields fields(MappingNode mapping) {
        Map<String, Written> fields = new LinkedHashMap<>();
        List<Name> keys = new ArrayList<>();
        mapping.entries().forEach(entry -> {
            fields.put(entry.key().value(), read(entry.value()));
            keys.add(new Name(entry.key().value(), entry.key().origin()));
        });
        return new Written.Fields(fields, keys);
    }

    private static Written scalar(ScalarNode scalar) {
        if (scalar.isPlain("null")) {
            return new Written.Literal(Value.NOTHING);
        }
        if (scalar.isPlain("true") || scalar.isPlain("false")) {
            return new Written.Literal(Value.of(scalar.value().equals("true")));
        }
        return new Written.Scalar(Reading.text(scalar));
    }
}
