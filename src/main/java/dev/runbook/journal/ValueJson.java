package dev.runbook.journal;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/** Values as plain JSON: null, true, numbers of any length, texts, lists, objects. A secret is written as its dots. */
final class ValueJson {
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
