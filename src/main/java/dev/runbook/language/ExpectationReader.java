package dev.runbook.language;

import dev.runbook.yaml.Node;
import java.math.BigDecimal;

/** Reads what rows have to look like. */
final class ExpectationReader {
    private final Reading reading;

    ExpectationReader(Reading reading) {
        this.reading = reading;
    }

    Expectation read(Node.Mapping fact, String key) {
        return new Expectation(reading.entries(fact, key).stream()
                .map(entry -> new Expectation.Column(
                        new Name(entry.key().value(), entry.key().origin()), matcher(entry.value())))
                .toList());
    }

    private Expectation.Matcher matcher(Node node) {
        if (node instanceof Node.Sequence sequence) {
            return new Expectation.Matcher.SameSet(WrittenReader.items(sequence));
        }
        if (node instanceof Node.Mapping mapping && !mapping.entries().isEmpty()) {
            return named(mapping.entries().get(0));
        }
        return new Expectation.Matcher.Equal(WrittenReader.read(node));
    }

    private Expectation.Matcher named(Node.Mapping.Entry entry) {
        Node node = entry.value();
        return switch (entry.key().value()) {
            case "like" ->
                node instanceof Node.Scalar scalar
                        ? new Expectation.Matcher.Like(Reading.text(scalar))
                        : new Expectation.Matcher.Equal(WrittenReader.read(node));
            case "one-of" -> new Expectation.Matcher.OneOf(WrittenReader.read(node));
            case "not" -> new Expectation.Matcher.Not(matcher(node));
            case "at-least" -> new Expectation.Matcher.AtLeast(bound(node));
            case "at-most" -> new Expectation.Matcher.AtMost(bound(node));
            default -> new Expectation.Matcher.Equal(WrittenReader.read(node));
        };
    }

    private Written bound(Node node) {
        if (node instanceof Node.Scalar scalar && !scalar.value().contains("{{") && !isNumber(scalar.value())) {
            reading.error(
                    scalar.origin(),
                    "wrong-value",
                    "A bound must be a number, or a tag in quotes. Found \"" + scalar.value() + "\".");
        }
        return WrittenReader.read(node);
    }

    private static boolean isNumber(String text) {
        try {
            return new BigDecimal(text).scale() < 1000;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }
}
