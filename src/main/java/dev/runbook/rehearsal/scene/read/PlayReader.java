package dev.runbook.rehearsal.scene.read;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.rehearsal.scene.AnswerSpec;
import dev.runbook.rehearsal.scene.FaultSpec;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.ScalarNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a scene adds to its estate: faults, and answers to statements that the estate does not know. */
final class PlayReader {
    private static final List<String> FAULT = List.of("at", "server", "do", "times", "number", "message");
    private static final List<String> ANSWER = List.of("at", "server", "rows");

    private final Mistakes mistakes;

    PlayReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    FaultSpec fault(Node node) {
        Entries entries = Entries.of(node, "a fault", FAULT, mistakes);
        Map<String, FaultSpec.Kind> kinds = new LinkedHashMap<>();
        Arrays.stream(FaultSpec.Kind.values()).forEach(kind -> kinds.put(kind.word(), kind));
        entries.needed("do");
        FaultSpec.Kind kind = entries.choice("do", kinds, FaultSpec.Kind.ERROR_BEFORE);
        if (kind != FaultSpec.Kind.ERROR_BEFORE) {
            entries.get("number").ifPresent(at -> mistakes.add(at, "Only error-before has a number and a message."));
        }
        FaultSpec.Complaint complaint = new FaultSpec.Complaint(
                entries.number("number", FaultSpec.Complaint.USUAL.number()),
                entries.text("message").orElse(FaultSpec.Complaint.USUAL.message()));
        return new FaultSpec(
                entries.required("at"), entries.text("server"), kind, entries.number("times", 1), complaint);
    }

    AnswerSpec answer(Node node) {
        Entries entries = Entries.of(node, "an answer", ANSWER, mistakes);
        return new AnswerSpec(
                entries.required("at"), entries.text("server"), entries.list("rows", row -> row(entries, row)));
    }

    private Row row(Entries answer, Node node) {
        return new Row(answer.mapOf(node, "a row", (column, value) -> value(answer, value)));
    }

    private static Value value(Entries answer, Node node) {
        String text = answer.scalar(node).orElse("");
        boolean plain = node instanceof ScalarNode scalar && scalar.style() == ScalarNode.Style.PLAIN;
        if (!plain) {
            return Value.of(text);
        }
        if (text.equals("null")) {
            return Value.NOTHING;
        }
        return Parsing.truth(text)
                .map(Value::of)
                .or(() -> Optional.of(text)
                        .filter(one -> one.matches("-?\\d{1,18}"))
                        .map(Long::valueOf)
                        .map(Value::of))
                .orElseGet(() -> Value.of(text));
    }
}
