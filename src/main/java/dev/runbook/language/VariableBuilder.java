package dev.runbook.language;

import dev.runbook.base.Suggestion;
import dev.runbook.yaml.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Builds variables. */
final class VariableBuilder {
    private static final Set<String> RESERVED = Set.of("each", "run");
    private static final List<String> TYPES =
            Arrays.stream(Variable.Type.values()).map(Variable.Type::word).toList();

    private final Reading reading;

    VariableBuilder(Reading reading) {
        this.reading = reading;
    }

    Variable build(Node.Mapping.Entry entry) {
        Node.Mapping map = RunbookBuilder.body(entry);
        Name name = new Name(entry.key().value(), entry.key().origin());
        if (RESERVED.contains(name.text())) {
            reading.error(
                    name.origin(),
                    "reserved-name",
                    "\"" + name + "\" is a name of the language. Choose another one for the variable.");
        }
        Variable.Type type = type(map, "type").orElse(Variable.Type.TEXT);
        return new Variable(
                name,
                type,
                type(map, "items").or(() -> itemsOf(type)),
                reading.number(map, "at-most")
                        .map(Double::intValue)
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()),
                reading.text(map, "description").map(Text::raw).orElse(""),
                map.get("example").map(WrittenReader::text),
                map.get("default").map(WrittenReader::text),
                reading.truth(map, "optional"));
    }

    /** A misspelt type is read as the one that was probably meant, lest every use of the variable is reported too. */
    private Optional<Variable.Type> type(Node.Mapping map, String key) {
        return reading.scalar(map, key)
                .flatMap(scalar -> Variable.Type.of(scalar.value())
                        .or(() -> Suggestion.nearest(scalar.value(), TYPES).flatMap(Variable.Type::of)));
    }

    private static Optional<Variable.Type> itemsOf(Variable.Type type) {
        return type == Variable.Type.LIST ? Optional.of(Variable.Type.TEXT) : Optional.empty();
    }
}
