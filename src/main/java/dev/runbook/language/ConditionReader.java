package dev.runbook.language;

import dev.runbook.base.Origin;
import dev.runbook.base.Position;
import dev.runbook.base.Span;
import dev.runbook.yaml.Node;
import java.util.ArrayList;
import java.util.List;

/** Reads conditions: a name, {@code no} and a name, or a list of them. */
final class ConditionReader {
    private static final String NO = "no ";

    private final Reading reading;

    ConditionReader(Reading reading) {
        this.reading = reading;
    }

    Condition read(Node.Mapping map, String key) {
        List<Node> clauses =
                reading.scalar(map, key).map(scalar -> List.<Node>of(scalar)).orElseGet(() -> reading.items(map, key));
        return new Condition(clauses.stream()
                .filter(Node.Scalar.class::isInstance)
                .map(node -> clause((Node.Scalar) node))
                .toList());
    }

    private Condition.Clause clause(Node.Scalar scalar) {
        String text = scalar.value();
        boolean negated = text.startsWith(NO);
        int start = negated ? NO.length() : 0;
        Name whole = reading.name(scalar);
        if (!negated || whole.text().isEmpty() || text.length() == start) {
            return new Condition.Clause(false, whole);
        }
        return new Condition.Clause(true, new Name(text.substring(start), part(scalar.origin(), start, text.length())));
    }

    /** The origin of the characters behind {@code no}. */
    private static Origin part(Origin origin, int from, int to) {
        Position start = origin.at(from);
        List<Origin.Run> later = origin.runs().stream()
                .filter(run -> run.offset() > from)
                .map(run -> new Origin.Run(run.offset() - from, run.position()))
                .toList();
        List<Origin.Run> runs = new ArrayList<>(List.of(new Origin.Run(0, start)));
        runs.addAll(later);
        Span span = origin.span(from, to);
        return new Origin(origin.source(), span, runs);
    }
}
