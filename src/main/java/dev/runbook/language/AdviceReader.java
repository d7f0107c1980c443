package dev.runbook.language;

import dev.runbook.yaml.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads texts by error number. */
final class AdviceReader {
    private final Reading reading;

    AdviceReader(Reading reading) {
        this.reading = reading;
    }

    Advice read(Node.Mapping map) {
        Optional<Text> single = reading.text(map, "advice");
        if (single.isPresent()) {
            return new Advice(Map.of(), single);
        }
        ErrorCodes codes = new ErrorCodes(reading, map);
        reading.entries(map, "advice").forEach(entry -> codes.checkAdvised(entry.key()));
        Map<String, Text> texts = texts(map, "advice");
        Optional<Text> other = Optional.ofNullable(texts.remove(ErrorCodes.OTHER));
        return new Advice(texts, other);
    }

    /** Why errors are harmless, by error. */
    Map<String, Text> harmless(Node.Mapping map) {
        ErrorCodes codes = new ErrorCodes(reading, map);
        reading.entries(map, "harmless-errors").forEach(entry -> codes.checkHarmless(entry.key()));
        return texts(map, "harmless-errors");
    }

    private Map<String, Text> texts(Node.Mapping map, String key) {
        Map<String, Text> texts = new LinkedHashMap<>();
        for (Node.Mapping.Entry entry : reading.entries(map, key)) {
            if (entry.value() instanceof Node.Scalar scalar) {
                texts.put(entry.key().value(), Reading.text(scalar));
            }
        }
        return texts;
    }
}
