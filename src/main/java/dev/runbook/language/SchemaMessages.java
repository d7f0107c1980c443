package dev.runbook.language;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Suggestion;
import dev.runbook.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * What is wrong at one place of a document. The schema tries every branch and complains about each; a person made one mistake.
 * So a value of the wrong type silences all else about it, a choice silences its branches, and a misspelt key silences the
 * complaint that the right one is missing.
 */
final class SchemaMessages {
    private final Place place;
    private final List<Violation> violations;
    private final List<Diagnostic> findings = new ArrayList<>();

    SchemaMessages(Place place, List<Violation> violations) {
        this.place = place;
        this.violations = violations;
    }

    List<Diagnostic> diagnostics() {
        if (place.node().isEmpty()) {
            // that there is no value has been said
            return findings;
        }
        Optional<Violation> type = first("type").or(() -> first("enum"));
        if (type.isPresent()) {
            value(type.get());
            return findings;
        }
        Map<String, Violation> surplus = surplus();
        List<String> meant = surplus.entrySet().stream()
                .flatMap(entry -> suggestion(entry.getKey(), entry.getValue()).stream())
                .toList();
        surplus.forEach((property, violation) -> {
            // a key without a value is a piece of a text that broke off, and that has been said
            if (!place.isEmpty(property)) {
                surplusKey(property, violation);
            }
        });
        Optional<Violation> choice = first("oneOf");
        choice.filter(violation -> !choices(violation).stream().anyMatch(meant::contains))
                .ifPresent(this::choice);
        boolean idle =
                violations.stream().anyMatch(violation -> violation.evaluation().contains("/anyOf/"));
        if (idle && surplus.isEmpty()) {
            idle();
        }
        violations.stream()
                .filter(violation -> violation.is("required") && isPlain(violation, choice))
                .filter(violation -> !meant.contains(violation.property().orElseThrow()))
                .forEach(this::missing);
        violations.stream().filter(violation -> violation.is("propertyNames")).forEach(this::name);
        violations.stream()
                .filter(SchemaMessages::isOfValue)
                .findFirst()
                .filter(violation -> surplus.isEmpty())
                .ifPresent(this::value);
        return findings;
    }

    /** Whether a missing key is missed by the place itself, not by a branch that was only tried. */
    private static boolean isPlain(Violation violation, Optional<Violation> choice) {
        boolean tried = violation.evaluation().contains("/oneOf/")
                || violation.evaluation().contains("/anyOf/");
        return !tried && !(choice.isPresent() && violation.isOfBranch());
    }

    private static boolean isOfValue(Violation violation) {
        return switch (violation.keyword()) {
            case "pattern", "const", "minimum", "maximum", "minItems", "minProperties", "maxProperties" -> true;
            default -> false;
        };
    }

    private Optional<Violation> first(String keyword) {
        return violations.stream().filter(violation -> violation.is(keyword)).findFirst();
    }

    /** The keys that are too many; the verdict of the map itself wins over that of a branch. */
    private Map<String, Violation> surplus() {
        Map<String, Violation> surplus = new LinkedHashMap<>();
        boolean choice = first("oneOf").isPresent();
        for (Violation violation : violations) {
            if (violation.is("additionalProperties") && !(choice && violation.isOfBranch())) {
                surplus.merge(
                        violation.property().orElseThrow(), violation, (one, two) -> one.isOfBranch() ? two : one);
            }
        }
        return surplus;
    }

    private void surplusKey(String property, Violation violation) {
        if (violation.isOfBranch()) {
            error(property, "misplaced-key", misplaced(property));
            return;
        }
        String advice = suggestion(property, violation)
                .map(name -> "Did you mean \"" + name + "\"?")
                .orElseGet(() -> "The keys here are " + words(keys(violation)) + ".");
        error(property, "unknown-key", "There is no key \"" + property + "\" here. " + advice);
    }

    private String misplaced(String property) {
        List<String> kinds = List.of(
                "sql",
                "procedure",
                "cmdlet",
                "copy-files",
                "files",
                "reachable",
                "not-needed",
                "by-hand",
                "impossible");
        return kinds.stream()
                .filter(place::has)
                .findFirst()
                .map(kind -> "\"" + property + "\" does not go with \"" + kind + "\". Delete it.")
                .orElse(
                        property.equals("server")
                                ? "\"server\" says where, but nothing says what. Add \"sql\" or \"procedure\"."
                                : "\"" + property
                                        + "\" has nothing to act on. Add \"sql\", \"procedure\" or \"cmdlet\", or"
                                        + " delete it.");
    }

    private static Optional<String> suggestion(String property, Violation violation) {
        return violation.isOfBranch() ? Optional.empty() : Suggestion.nearest(property, keys(violation));
    }

    private static List<String> keys(Violation violation) {
        return violation.expected().path("properties").propertyNames().stream()
                .sorted()
                .toList();
    }

    private static List<String> choices(Violation violation) {
        return StreamSupport.stream(violation.expected().path("oneOf").spliterator(), false)
                .flatMap(branch -> StreamSupport.stream(branch.path("required").spliterator(), false))
                .map(JsonNode::asString)
                .toList();
    }

    private void choice(Violation violation) {
        List<String> present = choices(violation).stream().filter(place::has).toList();
        if (present.isEmpty()) {
            error("", "missing-key", "Something is missing here. This must be " + title(violation) + ".");
        } else {
            error(
                    present.get(1),
                    "one-thing",
                    "This has "
                            + String.join(
                                    " and ",
                                    present.stream()
                                            .map(name -> "\"" + name + "\"")
                                            .toList()) + ". Keep one of them, and give the rest a place of its own.");
        }
    }

    private void idle() {
        error(
                "",
                "idle-step",
                "This step does nothing. Give it \"sql\", \"procedure\", \"cmdlet\", \"copy-files\" or \"confirm\", or"
                        + " let it assert (\"require\"), note (\"remember\") or wait (\"done-when\").");
    }

    private void missing(Violation violation) {
        String property = violation.property().orElseThrow();
        String owner =
                violation.isOfBranch() && property.equals("server") ? "\"sql\" and \"procedure\" need" : "Here is";
        String message = owner.startsWith("Here")
                ? "The key \"" + property + "\" is missing here."
                : owner + " a \"server\": a variable of type sql-server.";
        error("", "missing-key", message);
    }

    private void name(Violation violation) {
        String property = violation.property().orElseThrow();
        String wanted = violation.expected().path("propertyNames").path("title").asString("another name");
        error(property, "name", "The name \"" + property + "\" must be " + wanted + ".");
    }

    private void value(Violation violation) {
        error(
                "",
                "wrong-value",
                place.name() + " must be " + wanted(violation) + ". Found " + found() + "." + advice(violation));
    }

    private String wanted(Violation violation) {
        return switch (violation.keyword()) {
            case "const" -> violation.expected().path("const").asString() + " when \"items\" or \"at-most\" is given";
            case "enum" -> "one of " + words(entries(violation));
            case "maxProperties" -> "one matcher: several keys in one map are too many";
            default -> title(violation);
        };
    }

    private String advice(Violation violation) {
        if (violation.is("minItems") || violation.is("minProperties")) {
            return " Write at least one.";
        }
        boolean text = place.node() instanceof Node.Scalar scalar
                && scalar.isPlain("null")
                && title(violation).startsWith("a text");
        if (violation.is("enum") && place.node() instanceof Node.Scalar scalar) {
            return Suggestion.didYouMean(scalar.value(), entries(violation));
        }
        return text ? " If the word itself is meant, put it in quotes." : "";
    }

    private static List<String> entries(Violation violation) {
        return StreamSupport.stream(violation.expected().path("enum").spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    private String found() {
        if (place.node() instanceof Node.Scalar scalar) {
            return "\"" + shortened(scalar.value()) + "\"";
        }
        boolean empty = place.node() instanceof Node.Sequence list
                        && list.items().isEmpty()
                || place.node() instanceof Node.Mapping map && map.entries().isEmpty();
        return empty
                ? place.node().kind().replaceFirst("^a ", "an empty ")
                : place.node().kind();
    }

    private static String shortened(String text) {
        String line = text.strip().split("\n", 2)[0];
        return line.length() > 40 ? line.substring(0, 40) + "…" : line;
    }

    private static String title(Violation violation) {
        return violation.expected().path("title").asString("something else");
    }

    private static String words(List<String> names) {
        return names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
    }

    private void error(String property, String rule, String message) {
        findings.add(Diagnostic.error(property.isEmpty() ? place.origin() : place.origin(property), rule, message));
    }

    /**
     * One breach of the schema.
     *
     * @param path of the breaching value: keys and indexes from the root
     * @param evaluation the way through the schema that led to the breach
     * @param keyword of the schema that is broken
     * @param property the key that is missing or too many, where the keyword speaks of one
     * @param expected the part of the schema that holds the keyword; its {@code title} says what is wanted
     */
    record Violation(
            List<Object> path, String evaluation, String keyword, Optional<String> property, JsonNode expected) {
        Violation {
            path = List.copyOf(path);
        }

        static Violation of(Error error, JsonNode schema) {
            return new Violation(
                    elements(error.getInstanceLocation()),
                    error.getEvaluationPath().toString(),
                    error.getKeyword(),
                    Optional.ofNullable(error.getProperty()),
                    holder(error.getSchemaLocation().getFragment(), schema));
        }

        /** Whether the breach is one of a branch that the schema tried because of a key that is there. */
        boolean isOfBranch() {
            return evaluation.contains("/then/" + keyword);
        }

        /** Whether an editor alone has to be told: a rule of lint says it better. */
        boolean isForEditors() {
            return expected.has("$comment");
        }

        /** Whether the document itself breaks the schema, not a part of it. */
        boolean isOfDocument() {
            return path.isEmpty();
        }

        boolean is(String name) {
            return keyword.equals(name);
        }

        private static List<Object> elements(NodePath path) {
            List<Object> elements = new ArrayList<>();
            for (int i = 0; i < path.getNameCount(); i++) {
                elements.add(path.getElement(i));
            }
            return elements;
        }

        private static JsonNode holder(NodePath keyword, JsonNode schema) {
            JsonNode holder = schema;
            for (int i = 0; i < keyword.getNameCount() - 1; i++) {
                Object element = keyword.getElement(i);
                holder = element instanceof Integer index && holder.isArray()
                        ? holder.path(index)
                        : holder.path(element.toString());
            }
            return holder;
        }
    }

    /**
     * A value of a document and the key under which it stands.
     *
     * @param node the value
     * @param key its key, or the key of the list that holds it; empty for the document itself
     * @param item whether it is an item of a list
     */
    record Place(Node node, Optional<Node.Scalar> key, boolean item) {
        /** The value that keys and indexes lead to. */
        static Place of(Node root, List<Object> path) {
            Node node = root;
            Optional<Node.Scalar> key = Optional.empty();
            boolean item = false;
            for (Object element : path) {
                item = node instanceof Node.Sequence;
                if (node instanceof Node.Sequence sequence) {
                    node = sequence.items().get(Integer.parseInt(element.toString()));
                } else if (node instanceof Node.Mapping mapping) {
                    Node.Mapping.Entry entry = mapping.entry(element.toString()).orElseThrow();
                    node = entry.value();
                    key = Optional.of(entry.key());
                }
            }
            return new Place(node, key, item);
        }

        /** How messages call it: its key in quotes. */
        String name() {
            String quoted = key.map(scalar -> "\"" + scalar.value() + "\"").orElse("The document");
            return item ? "Each item of " + quoted : quoted;
        }

        Origin origin() {
            return node.origin();
        }

        /** The place of a key of this map, or of the map itself where it has no such key. */
        Origin origin(String property) {
            return node instanceof Node.Mapping mapping
                    ? mapping.entry(property).map(entry -> entry.key().origin()).orElse(origin())
                    : origin();
        }

        /** Whether nothing stands under that key. */
        boolean isEmpty(String property) {
            return node instanceof Node.Mapping mapping
                    && mapping.get(property).filter(Node::isEmpty).isPresent();
        }

        boolean has(String property) {
            return node instanceof Node.Mapping mapping
                    && mapping.entry(property).isPresent();
        }
    }
}
