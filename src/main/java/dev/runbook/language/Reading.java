package dev.runbook.language;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.DurationText;
import dev.runbook.base.Origin;
import dev.runbook.yaml.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the simple things and collects what is wrong with them. A value of the wrong shape is passed over in silence: the
 * schema has said so already.
 */
final class Reading {
    private final List<Diagnostic> findings = new ArrayList<>();

    List<Diagnostic> findings() {
        return findings;
    }

    void error(Origin origin, String rule, String message) {
        findings.add(Diagnostic.error(origin, rule, message));
    }

    Optional<Text> text(Node.Mapping map, String key) {
        return scalar(map, key).map(Reading::text);
    }

    static Text text(Node.Scalar scalar) {
        return new Text(scalar.value(), scalar.origin());
    }

    /** A name, which is never filled: a tag in its place is a mistake. */
    Optional<Name> name(Node.Mapping map, String key) {
        return scalar(map, key).map(this::name);
    }

    Name name(Node.Scalar scalar) {
        if (scalar.value().contains("{{")) {
            error(
                    scalar.origin(),
                    "tag-in-name",
                    "Here stands a name, and nothing is filled in. Write it without braces and quotes: "
                            + scalar.value().replaceAll("[{}]", "") + ".");
            return new Name("", scalar.origin());
        }
        return new Name(scalar.value(), scalar.origin());
    }

    List<Name> names(Node.Mapping map, String key) {
        return items(map, key).stream()
                .filter(Node.Scalar.class::isInstance)
                .map(node -> name((Node.Scalar) node))
                .toList();
    }

    Optional<Duration> duration(Node.Mapping map, String key) {
        return scalar(map, key).flatMap(scalar -> {
            Optional<Duration> duration = DurationText.parse(scalar.value());
            if (duration.isEmpty() && scalar.value().matches("(\\d{1,9}(ms|s|m|h)){1,8}")) {
                error(
                        scalar.origin(),
                        "wrong-value",
                        "\"" + key + "\" must be " + DurationText.FORM + ": units from large to small, each once.");
            }
            return duration;
        });
    }

    Optional<Task.Period> period(Node.Mapping map, String key) {
        return duration(map, key)
                .map(duration ->
                        new Task.Period(duration, map.get(key).orElseThrow().origin()));
    }

    /** A truth written as {@code true} or {@code false}. */
    boolean truth(Node.Mapping map, String key) {
        return scalar(map, key).filter(scalar -> scalar.isPlain("true")).isPresent();
    }

    /** A number that the schema has checked. */
    Optional<Double> number(Node.Mapping map, String key) {
        return scalar(map, key)
                .map(Node.Scalar::value)
                .filter(text -> text.matches("[-+]?\\d{1,9}(\\.\\d{0,9})?"))
                .map(Double::valueOf);
    }

    <T> List<T> each(Node.Mapping map, String key, Function<Node.Mapping, T> read) {
        return items(map, key).stream()
                .filter(Node.Mapping.class::isInstance)
                .map(node -> read.apply((Node.Mapping) node))
                .toList();
    }

    List<Node> items(Node.Mapping map, String key) {
        return map.get(key)
                .filter(Node.Sequence.class::isInstance)
                .map(node -> ((Node.Sequence) node).items())
                .orElse(List.of());
    }

    Optional<Node.Scalar> scalar(Node.Mapping map, String key) {
        return map.get(key).filter(Node.Scalar.class::isInstance).map(Node.Scalar.class::cast);
    }

    Optional<Node.Mapping> map(Node.Mapping map, String key) {
        return map.get(key).filter(Node.Mapping.class::isInstance).map(Node.Mapping.class::cast);
    }

    List<Node.Mapping.Entry> entries(Node.Mapping map, String key) {
        return map(map, key).map(Node.Mapping::entries).orElse(List.of());
    }
}
