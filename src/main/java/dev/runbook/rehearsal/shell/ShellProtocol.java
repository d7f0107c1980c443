package dev.runbook.rehearsal.shell;

import dev.runbook.base.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values as the host script reads and writes them; the other end of the endpoint's wire, written from the script alone. */
final class ShellProtocol {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter ROUND_TRIP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSxxx");

    private ShellProtocol() {}

    /** As {@code Encode} does. */
    static JsonNode encode(Object held) {
        if (held == null) {
            return JSON.nullNode();
        }
        if (held instanceof Boolean truth) {
            return JSON.booleanNode(truth);
        }
        if (held instanceof Value value) {
            return encode(plain(value));
        }
        if (held instanceof List<?> list) {
            ArrayNode array = JSON.arrayNode();
            list.forEach(element -> array.add(encode(element)));
            return array;
        }
        if (held instanceof ShellObject object) {
            return encode(object.properties());
        }
        if (held instanceof Map<?, ?> map) {
            ObjectNode fields = JSON.objectNode();
            map.forEach((key, value) -> fields.set(String.valueOf(key), encode(value)));
            return fields;
        }
        return scalar(held);
    }

    /** As {@code Encode-Text} does. */
    static JsonNode text(String text) {
        boolean plain = text.chars().allMatch(character -> character >= ' ' && character <= '~');
        return JSON.stringNode(plain ? "s:" + text : "u:" + Base64.getEncoder().encodeToString(units(text)));
    }

    /** As {@code Decode} does; a moment stays a text. */
    static Value decode(JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return Value.NOTHING;
        }
        if (node.isBoolean()) {
            return Value.of(node.booleanValue());
        }
        if (node.isArray()) {
            return new Value.Items(node.valueStream().map(ShellProtocol::decode).toList());
        }
        if (node.isObject()) {
            Map<String, Value> table = new LinkedHashMap<>();
            node.properties().forEach(property -> table.put(property.getKey(), decode(property.getValue())));
            return new Value.Fields(table);
        }
        return decode(node.asString());
    }

    /** As {@code Flatten} does: scalars as they are, lists of them, anything else as its text. */
    static Object flatten(Object held) {
        if (held instanceof Value value) {
            return flatten(plain(value));
        }
        if (held instanceof List<?> list) {
            return list.stream().map(ShellProtocol::flatten).toList();
        }
        return held instanceof Map<?, ?>
                ? "System.Collections.Hashtable"
                : held instanceof ShellObject object ? object.toString() : held;
    }

    private static JsonNode scalar(Object held) {
        if (held instanceof OffsetDateTime moment) {
            return JSON.stringNode("t:" + ROUND_TRIP.format(moment));
        }
        if (held instanceof BigDecimal number) {
            return JSON.stringNode("n:" + number.toPlainString());
        }
        return held instanceof Long || held instanceof Integer ? JSON.stringNode("i:" + held) : text(held.toString());
    }

    private static Object plain(Value value) {
        if (value instanceof Value.Items items) {
            return items.values();
        }
        if (value instanceof Value.Fields fields) {
            return fields.values();
        }
        if (value instanceof Value.Truth truth) {
            return truth.value();
        }
        if (value instanceof Value.Number number) {
            return number.value().scale() <= 0 && number.value().precision() < 19
                    ? (Object) number.value().longValue()
                    : number.value();
        }
        return value instanceof Value.Nothing ? null : value.text();
    }

    private static Value decode(String tagged) {
        String text = tagged.substring(2);
        return switch (tagged.substring(0, 2)) {
            case "s:", "t:" -> Value.of(text);
            case "u:" -> Value.of(text(Base64.getDecoder().decode(text)));
            case "i:" -> Value.of(Long.parseLong(text));
            case "n:" -> new Value.Number(new BigDecimal(text));
            case "x:" -> new Value.Secret(text);
            default -> throw new IllegalArgumentException("unknown value tag");
        };
    }

    // not the charset UTF-16LE, which replaces lone surrogates
    private static byte[] units(String text) {
        byte[] bytes = new byte[text.length() * 2];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) text.charAt(i);
            bytes[2 * i + 1] = (byte) (text.charAt(i) >> 8);
        }
        return bytes;
    }

    private static String text(byte[] units) {
        char[] characters = new char[units.length / 2];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = (char) (units[2 * i] & 0xff | units[2 * i + 1] << 8);
        }
        return new String(characters);
    }

    /** The nonce that the encoded command of a start ends with; empty when there is none. */
    static String nonce(List<String> arguments) {
        int at = arguments.indexOf("-EncodedCommand");
        if (at < 0 || at + 1 >= arguments.size()) {
            return "";
        }
        String command = new String(Base64.getDecoder().decode(arguments.get(at + 1)), StandardCharsets.UTF_16LE);
        return command.replaceFirst("(?s)^.*'([0-9a-fA-F]*)'\\s*$", "$1");
    }
}
