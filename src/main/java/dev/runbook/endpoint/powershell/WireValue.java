package dev.runbook.endpoint.powershell;

import dev.runbook.base.Value;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values as they go over the wire. A scalar is a text whose first two characters name its type: {@code s:} text, {@code u:}
 * text as UTF-16 in base64, {@code i:} whole number, {@code n:} decimal, {@code t:} moment, {@code x:} secret. The tag keeps
 * PowerShell's JSON reader from taking a text for a date; {@code u:} keeps every character, lone surrogates too.
 */
final class WireValue {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int TAG = 2;
    private static final int LONGEST_NUMBER = 400;

    private WireValue() {}

    /** A value for the host. */
    static JsonNode encode(Value value) {
        if (value instanceof Value.Nothing) {
            return JSON.nullNode();
        }
        if (value instanceof Value.Truth truth) {
            return JSON.booleanNode(truth.value());
        }
        if (value instanceof Value.Items items) {
            ArrayNode list = JSON.arrayNode();
            items.values().forEach(item -> list.add(encode(item)));
            return list;
        }
        return value instanceof Value.Fields fields ? encode(fields.values()) : JSON.stringNode(scalar(value));
    }

    /** Values by name for the host. */
    static ObjectNode encode(Map<String, Value> values) {
        ObjectNode map = JSON.objectNode();
        values.forEach((name, value) -> map.set(name, encode(value)));
        return map;
    }

    /**
     * A value of the host.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Value decode(JsonNode node) {
        if (node.isNull()) {
            return Value.NOTHING;
        }
        if (node.isBoolean()) {
            return Value.of(node.booleanValue());
        }
        if (node.isArray()) {
            return new Value.Items(
                    List.copyOf(node.valueStream().map(WireValue::decode).toList()));
        }
        if (node.isObject()) {
            Map<String, Value> fields = new LinkedHashMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), decode(field.getValue())));
            return new Value.Fields(fields);
        }
        return decode(node.asString());
    }

    /** The text of a tagged scalar. */
    static String textOf(JsonNode node) {
        return node.isString() ? decode(node.stringValue()).text() : "";
    }

    private static String scalar(Value value) {
        if (value instanceof Value.Number number) {
            return number(number.value());
        }
        if (value instanceof Value.Secret secret) {
            return "x:" + secret.reveal();
        }
        String text = value.text();
        return isPrintableAscii(text) ? "s:" + text : "u:" + utf16(text);
    }

    // what fits into 64 bits is what a cmdlet calls an integer; PowerShell's decimal takes 28 digits
    private static String number(BigDecimal number) {
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        return whole && number.toBigInteger().bitLength() < Long.SIZE
                ? "i:" + number.toBigInteger()
                : "n:" + number.toPlainString();
    }

    private static boolean isPrintableAscii(String text) {
        return text.chars().allMatch(character -> character >= ' ' && character <= '~');
    }

    private static String utf16(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * Character.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asCharBuffer().put(text);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static Value decode(String tagged) {
        if (tagged.length() < TAG) {
            throw new IllegalArgumentException("a value without a tag: " + tagged);
        }
        String text = tagged.substring(TAG);
        return switch (tagged.substring(0, TAG)) {
            case "s:", "t:" -> Value.of(text);
            case "u:" -> Value.of(fromUtf16(text));
            case "i:", "n:" -> numberOrText(text);
            case "x:" -> new Value.Secret(text);
            default -> throw new IllegalArgumentException("a value with an unknown tag: " + tagged.substring(0, TAG));
        };
    }

    // a double may be NaN or an infinity, which only its text can say. No number of .NET is as long as what is refused
    // here:
    // a few characters can stand for gigabytes of digits
    private static Value numberOrText(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return Value.of(text);
        }
        try {
            BigDecimal number = new BigDecimal(text);
            return Math.abs((long) number.scale()) > LONGEST_NUMBER ? Value.of(text) : new Value.Number(number);
        } catch (NumberFormatException e) {
            return Value.of(text);
        }
    }

    private static String fromUtf16(String base64) {
        return ByteBuffer.wrap(Base64.getDecoder().decode(base64))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asCharBuffer()
                .toString();
    }
}
