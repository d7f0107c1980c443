package dev.runbook.site;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Suggestion;
import dev.runbook.base.Value;
import dev.runbook.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the map of settings that a site gives for a server, a shell or a secret.
 *
 * @param variable the name of the variable, for messages
 * @param findings collects what is wrong
 */
record Settings(String variable, List<Diagnostic> findings) {
    void error(Origin origin, String message) {
        findings.add(Diagnostic.error(origin, "wrong-value", variable + ": " + message));
    }

    /** Refuses every key that there is not. */
    void onlyKeys(Node.Mapping map, List<String> known) {
        for (Node.Mapping.Entry entry : map.entries()) {
            String key = entry.key().value();
            if (!known.contains(key)) {
                String advice = Suggestion.nearest(key, known)
                        .map(near -> "Did you mean \"" + near + "\"?")
                        .orElseGet(() -> "The keys here are " + String.join(", ", known) + ".");
                error(entry.key().origin(), "there is no key \"" + key + "\". " + advice);
            }
        }
    }

    Optional<String> text(Node.Mapping map, String key) {
        return map.get(key).flatMap(node -> {
            if (node instanceof Node.Scalar scalar) {
                return Optional.of(scalar.value());
            }
            error(node.origin(), "\"" + key + "\" must be a text. Found " + node.kind() + ".");
            return Optional.empty();
        });
    }

    boolean truth(Node.Mapping map, String key) {
        Optional<String> text = text(map, key);
        text.filter(word -> !word.equals("true") && !word.equals("false"))
                .ifPresent(word -> error(
                        map.get(key).map(Node::origin).orElse(map.origin()),
                        "\"" + key + "\" must be true or false. Found \"" + word + "\"."));
        return text.filter("true"::equals).isPresent();
    }

    /** One of several words. */
    Optional<String> word(Node.Mapping map, String key, List<String> words) {
        Optional<String> text = text(map, key);
        text.filter(word -> !words.contains(word))
                .ifPresent(word -> error(
                        map.get(key).map(Node::origin).orElse(map.origin()),
                        "\"" + key + "\" must be " + String.join(" or ", words) + ". Found \"" + word + "\"."
                                + Suggestion.didYouMean(word, words)));
        return text.filter(words::contains);
    }

    /**
     * Reads a secret: the text itself, or where it comes from.
     *
     * @param reader fetches it
     * @param settings collects what is wrong
     */
    record SecretSource(SiteBinder.SecretReader reader, Settings settings) {
        private static final String FORMS =
                "{prompt: true}, {file: PATH}, {program: [PATH, ARGUMENT]} or {environment: NAME}";

        /** On whichever system: {@code /opt/x}, {@code C:\x}, {@code \\server\x}. */
        private static final Pattern FULL_PATH = Pattern.compile("/|[A-Za-z]:[\\\\/]|\\\\\\\\");

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
            settings.onlyKeys(map, List.of("prompt", "file", "program", "environment"));
            if (entry.key().value().equals("program")) {
                return program(entry.value());
            }
            String argument = settings.text(map, entry.key().value()).orElse("");
            return switch (entry.key().value()) {
                case "prompt" -> prompt(map, what);
                case "file" ->
                    fetched(
                                    node,
                                    reader.file(argument),
                                    "the file " + argument + " cannot be read as UTF-8 (what Windows PowerShell writes"
                                            + " with > is UTF-16), or its first line is empty.")
                            .filter(secret -> isWhole(secret, node, argument));
                case "environment" ->
                    fetched(node, reader.environment(argument), "the environment has no variable " + argument + ".");
                default -> Optional.empty();
            };
        }

        /** A login with a wrong password may lock the account, so one that cannot be meant is not tried. */
        private boolean isWhole(Value.Secret secret, Node node, String file) {
            if (secret.reveal().indexOf('\0') >= 0) {
                settings.error(node.origin(), "the file " + file + " is UTF-16. Save it again as UTF-8.");
                return false;
            }
            if (!secret.reveal().equals(secret.reveal().stripTrailing())) {
                settings.error(
                        node.origin(),
                        "the first line of the file " + file
                                + " ends with a blank, as  echo PASSWORD > FILE  in cmd leaves"
                                + " one. Take it away; a password that does end so can come from {environment: NAME}.");
                return false;
            }
            return true;
        }

        private Optional<Value.Secret> program(Node node) {
            List<String> words = node instanceof Node.Sequence sequence
                    ? sequence.items().stream()
                            .filter(Node.Scalar.class::isInstance)
                            .map(item -> ((Node.Scalar) item).value())
                            .toList()
                    : List.of();
            if (!(node instanceof Node.Sequence list)
                    || words.isEmpty()
                    || words.size() < list.items().size()
                    || !FULL_PATH.matcher(words.get(0)).lookingAt()) {
                settings.error(
                        node.origin(),
                        "\"program\" is a list: the full path of a program, and its arguments. No shell reads it.");
                return Optional.empty();
            }
            return fetched(
                    node,
                    reader.program(words),
                    "the program " + words.get(0) + " told no secret: it could not be started, failed, printed nothing,"
                            + " or took too long. What it prints is not shown; try it by hand.");
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
}
