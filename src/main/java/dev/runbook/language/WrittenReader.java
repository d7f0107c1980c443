package dev.runbook.language;

import dev.runbook.base.Value;
import dev.runbook.yaml.MappingNode;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.ScalarNode;
import dev.runbook.yaml.SequenceNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads values. */
final class WrittenReader {
    private WrittenReader() {}

    /** A value of parameters or a matcher: an unquoted {@code true}, {@code false} or {@code null} means that, all else is text. */
    static Written read(Node node) {
        return read(node, WrittenReader::scalar);
    }

    /** A value of a variable: all is text, and the variable's type says what it means. */
    static Written text(Node node) {
        return read(node, scalar -> new Written.Scalar(Reading.text(scalar)));
    }

    static List<Written> items(SequenceNode sequence) {
        return items(sequence, WrittenReader::scalar);
    }

    static Written.Fields fields(MappingNode mapping) {
        return fields(mapping, WrittenReader::scalar);
    }

    private static Written read(Node node, Function<ScalarNode, Written> scalar) {
        if (node instanceof MappingNode mapping) {
            return fields(mapping, scalar);
        }
        return node instanceof SequenceNode sequence
                ? new Written.Items(items(sequence, scalar))
                : scalar.apply((ScalarNode) node);
    }

    private static List<Written> items(SequenceNode sequence, Function<ScalarNode, Written> scalar) {
        return sequence.items().stream().map(item -> read(item, scalar)).toList();
    }

    private static Written.Fields fields(MappingNode mapping, Function<ScalarNode, Written> scalar) {
        Map<String, Written> fields = new LinkedHashMap<>();
        List<Name> keys = new ArrayList<>();
        mapping.entries().forEach(entry -> {
            fields.put(entry.key().value(), read(entry.value(), scalar));
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
