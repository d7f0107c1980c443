package dev.runbook.site;

import dev.runbook.base.Value;
import dev.runbook.yaml.Node;
import java.util.List;
import java.util.Optional;

/**
 * Reads a secret: the text itself, or where it comes from.
 *
 * @param reader fetches it
 * @param settings collects what is wrong
 */
record SecretSource(SecretReader reader, Settings settings) {
    private static final String FORMS = "{prompt: true}, {file: PATH} or {environment: NAME}";

    /**
     * The secret.
     *
     * @param what it is, for the person who is asked
     */
    Optional<Value.Secret> read(Node node, String what) {
        if (node instanceof Node.Scalar scalar) {
            return Optional.of(new Value.Secret(scalar.value()));
        }
        if (!(node instanceof Node.Mapping map) || map.entries().size() != 1) {
            settings.error(node.origin(), "a secret is a text, " + FORMS + ".");
            return Optional.empty();
        }
        Node.Mapping.Entry entry = map.entries().get(0);
        settings.onlyKeys(map, List.of("prompt", "file", "environment"));
        String argument = settings.text(map, entry.key().value()).orElse("");
        return switch (entry.key().value()) {
            case "prompt" -> prompt(map, what);
            case "file" ->
                fetched(
                        node,
                        reader.file(argument),
                        "the file " + argument + " cannot be read, or its first line is empty.");
            case "environment" ->
                fetched(node, reader.environment(argument), "the environment has no variable " + argument + ".");
            default -> Optional.empty();
        };
    }

    private Optional<Value.Secret> prompt(Node.Mapping map, String what) {
        if (!settings.truth(map, "prompt")) {
            settings.error(map.origin(), "write {prompt: true}, or the secret itself.");
            return Optional.empty();
        }
        return fetched(
                map,
                reader.prompt(what),
                "the secret has to be typed, and there is no terminal. Use {file: PATH} or {environment: NAME}.");
    }

    private Optional<Value.Secret> fetched(Node node, Optional<String> secret, String otherwise) {
        if (secret.filter(text -> !text.isEmpty()).isEmpty()) {
            settings.error(node.origin(), otherwise);
            return Optional.empty();
        }
        return secret.map(Value.Secret::new);
    }
}
