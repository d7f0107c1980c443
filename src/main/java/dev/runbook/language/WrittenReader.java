package dev.runbook.language;

import dev.runbook.base.Value;
import dev.runbook.yaml.Node;
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

    static List<Written> items(Node.Sequence sequence) {
        return items(sequence, WrittenReader::scalar);
    }

    static Written.Fields fields(Node.Mapping mapping) {
        return fields(mapping, WrittenReader::scalar);
    }

    private static Written read(Node node, Function<Node.Scalar, Written> scalar) {
        if (node instanceof Node.Mapping mapping) {
            return fields(mapping, scalar);
        }
        return node instanceof Node.Sequence sequence
                ? new Written.Items(items(sequence, scalar))
                : scalar.apply((Node.Scalar) node);
    }

    private static List<Written> items(Node.Sequence sequence, Function<Node.Scalar, Written> scalar) {
        return sequence.items().stream().map(item -> read(item, scalar)).toList();
    }

    private static Written.Fields fields(Node.Mapping mapping, Function<Node.Scalar, Written> scalar) {
        Map<String, Written> fields = new LinkedHashMap<>();
        List<Name> keys = new ArrayList<>();
        mapping.entries().forEach(entry -> {
            fields.put(entry.key().value(), read(entry.value(), scalar));
            keys.add(new Name(entry.key().value(), entry.key().origin()));
        });
        return new Written.Fields(fields, keys);
    }

    private static Written scalar(Node.Scalar scalar) {
        if (scalar.isPlain("null")) {
            return new Written.Literal(Value.NOTHING);
        }
        if (scalar.isPlain("true") || scalar.isPlain("false")) {
            return new Written.Literal(Value.of(scalar.value().equals("true")));
        }
        return new Written.Scalar(Reading.text(scalar));
    }
}
