package dev.runbook.site;

import dev.runbook.base.Origin;
import dev.runbook.base.Position;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import dev.runbook.base.Value;
import dev.runbook.yaml.Node;
import java.util.List;
import java.util.Map;

/**
 * What somebody supplied for a variable, not yet checked.
 *
 * @param node the value, with its place for messages
 * @param name where its name stands
 */
public record SuppliedValue(Node node, Origin name) {
    /**
     * A text from outside of any file.
     *
     * @param place what messages call it, such as {@code --var pool_fqdn}
     * @param text the value; lists are separated by commas
     */
    public static SuppliedValue of(String place, String text) {
        return of(place, Value.of(text));
    }

    /**
     * A value that the program itself made, such as a server of a rehearsal.
     *
     * @param place what messages call it
     * @param value a text, a number, a truth, a list or a map; the keys of a map are those of a site file
     */
    public static SuppliedValue of(String place, Value value) {
        Source source = Source.of(place, value.text());
        int length = Math.max(1, source.line(1).length());
        return at(Origin.of(source, new Span(Position.START, Position.START.right(length))), value);
    }

    /** Whether it is a secret that a person is to be asked for. */
    public boolean isPrompt() {
        return node instanceof Node.Mapping map && map.get("prompt").isPresent();
    }

    /** A value that stands for something written there, such as a default. */
    static SuppliedValue at(Origin origin, Value value) {
        return new SuppliedValue(node(value, origin), origin);
    }

    private static Node node(Value value, Origin origin) {
        if (value instanceof Value.Items items) {
            List<Node> nodes =
                    items.values().stream().map(item -> node(item, origin)).toList();
            return new Node.Sequence(origin, nodes);
        }
        if (value instanceof Value.Fields fields) {
            return new Node.Mapping(
                    origin,
                    fields.values().entrySet().stream()
                            .map(entry -> entry(entry, origin))
                            .toList());
        }
        Node.Scalar.Style style = value instanceof Value.Text ? Node.Scalar.Style.QUOTED : Node.Scalar.Style.PLAIN;
        String text = value instanceof Value.Secret secret ? secret.reveal() : value.text();
        return new Node.Scalar(text, style, origin);
    }

    private static Node.Mapping.Entry entry(Map.Entry<String, Value> entry, Origin origin) {
        Node.Scalar key = new Node.Scalar(entry.getKey(), Node.Scalar.Style.PLAIN, origin);
        return new Node.Mapping.Entry(key, node(entry.getValue(), origin));
    }
}
