package dev.runbook.journal;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.runbook.base.Harmless;
import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.event.RunEvent;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/** Turns events into JSON and back. The names of events are those of their types, in kebab-case. */
final class EventCodec {
    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    /** Made once: finding out how each event is written takes longer than writing a journal. */
    private static final JsonMapper MAPPER = mapper();

    private static JsonMapper mapper() {
        SimpleModule values = new SimpleModule()
                .addSerializer(Row.class, new ValueJson.RowWriter())
                .addDeserializer(Row.class, new ValueJson.RowReader());
        return JsonMapper.builder()
                .addMixIn(RunEvent.class, Named.class)
                // the components of a record are its properties, and nothing else is
                .changeDefaultVisibility(seen -> seen.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
                .registerSubtypes(eventTypes())
                .addModule(values)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                // an older program must be able to read what a newer one added
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
    private interface Named {}

    /** The event as a JSON object of one line; {@code number} and {@code time} come first. */
    String write(long number, String time, RunEvent event) {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("number", number);
        line.put("time", time);
        tree(event).properties().forEach(property -> line.set(property.getKey(), property.getValue()));
        return escaped(MAPPER.writeValueAsString(line));
    }

    /** A sign that does something on a screen is written by its number; outside of texts JSON has none. */
    private static String escaped(String json) {
        if (json.codePoints().noneMatch(Harmless::isActive)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder();
        json.codePoints().forEach(sign -> {
            if (Harmless.isActive(sign)) {
                for (char part : Character.toChars(sign)) {
                    escaped.append(String.format("\\u%04x", (int) part));
                }
            } else {
                escaped.appendCodePoint(sign);
            }
        });
        return escaped.toString();
    }

    /** The event as a tree, without number and time. */
    JsonNode tree(RunEvent event) {
        return MAPPER.valueToTree(event);
    }

    /**
     * The line as a tree.
     *
     * @throws JacksonException if it is not JSON
     */
    JsonNode tree(String line) {
        return MAPPER.readTree(line);
    }

    /**
     * The event of a line.
     *
     * @throws JacksonException if it is none that this program knows, or one that lacks something
     */
    RunEvent read(JsonNode line) {
        RunEvent event = MAPPER.treeToValue(line, RunEvent.class);
        if (!isComplete(event)) {
            throw DatabindException.from((JsonParser) null, "a property is missing");
        }
        return event;
    }

    /** Whether nothing in it is missing: what an earlier version did not write, the events put in themselves. */
    private static boolean isComplete(Object part) {
        if (part instanceof Optional<?> perhaps) {
            return perhaps.map(EventCodec::isComplete).orElse(true);
        }
        if (part instanceof Collection<?> parts) {
            return parts.stream().allMatch(EventCodec::isComplete);
        }
        if (part instanceof Map<?, ?> parts) {
            return isComplete(parts.keySet()) && isComplete(parts.values());
        }
        if (!(part instanceof Record) || part instanceof Row || part instanceof Value) {
            return part != null;
        }
        for (RecordComponent component : part.getClass().getRecordComponents()) {
            try {
                if (!isComplete(component.getAccessor().invoke(part))) {
                    return false;
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return true;
    }

    /** The name of an event in the journal. */
    static String nameOf(Class<?> type) {
        return WORD_START.matcher(type.getSimpleName()).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    /** Whether an event of that name is one of this version. */
    static boolean isKnown(String name) {
        return leaves(RunEvent.class).stream().anyMatch(type -> nameOf(type).equals(name));
    }

    private static NamedType[] eventTypes() {
        return leaves(RunEvent.class).stream()
                .map(type -> new NamedType(type, nameOf(type)))
                .toArray(NamedType[]::new);
    }

    private static List<Class<?>> leaves(Class<?> type) {
        return type.isRecord()
                ? List.of(type)
                : Arrays.stream(type.getPermittedSubclasses())
                        .<Class<?>>flatMap(permitted -> leaves(permitted).stream())
                        .distinct()
                        .toList();
    }

    /** Values as plain JSON: null, true, numbers of any length, texts, lists, objects. A secret is written as its dots. */
    static final class ValueJson {
        private ValueJson() {}

        private static void write(Value value, JsonGenerator json) {
            if (value instanceof Value.Nothing) {
                json.writeNull();
            } else if (value instanceof Value.Truth truth) {
                json.writeBoolean(truth.value());
            } else if (value instanceof Value.Number number) {
                json.writeNumber(number.value());
            } else if (value instanceof Value.Items items) {
                json.writeStartArray();
                items.values().forEach(item -> write(item, json));
                json.writeEndArray();
            } else if (value instanceof Value.Fields fields) {
                write(fields.values(), json);
            } else {
                json.writeString(value.text());
            }
        }

        private static void write(Map<String, Value> values, JsonGenerator json) {
            json.writeStartObject();
            values.forEach((name, value) -> {
                json.writeName(name);
                write(value, json);
            });
            json.writeEndObject();
        }

        private static Value read(JsonNode node) {
            if (node.isNull()) {
                return Value.NOTHING;
            }
            if (node.isBoolean()) {
                return Value.of(node.booleanValue());
            }
            if (node.isNumber()) {
                return new Value.Number(node.decimalValue());
            }
            if (node.isArray()) {
                return new Value.Items(node.valueStream().map(ValueJson::read).toList());
            }
            return node.isObject() ? new Value.Fields(readFields(node)) : Value.of(node.stringValue());
        }

        private static Map<String, Value> readFields(JsonNode node) {
            Map<String, Value> fields = new LinkedHashMap<>();
            node.properties().forEach(property -> fields.put(property.getKey(), read(property.getValue())));
            return fields;
        }

        /** Writes a row as an object. */
        static final class RowWriter extends ValueSerializer<Row> {
            @Override
            public void serialize(Row row, JsonGenerator json, SerializationContext context) {
                write(row.columns(), json);
            }
        }

        /** Reads a row from an object. */
        static final class RowReader extends ValueDeserializer<Row> {
            @Override
            public Row deserialize(JsonParser json, DeserializationContext context) {
                return new Row(readFields(context.readTree(json)));
            }
        }
    }
}
