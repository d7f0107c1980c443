package dev.runbook.site;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.DurationText;
import dev.runbook.base.Origin;
import dev.runbook.base.Value;
import dev.runbook.language.Name;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.language.Variable;
import dev.runbook.language.Written;
import dev.runbook.yaml.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks what was given for a variable by the variable's type. */
public final class TypeChecker {
    private final SiteBinder.SecretReader secrets;
    private final List<Diagnostic> findings;

    TypeChecker(SiteBinder.SecretReader secrets, List<Diagnostic> findings) {
        this.secrets = secrets;
        this.findings = findings;
    }

    /** The value with its type; empty when it is wrong, which is then among the findings. */
    Optional<ResolvedValue> bound(Variable variable, Node node) {
        Settings settings = new Settings(variable.name().text(), findings);
        return switch (variable.type()) {
            case SQL_SERVER ->
                new ServerSettings(settings, new Settings.SecretSource(secrets, settings))
                        .read(node)
                        .map(ResolvedValue.Server::new);
            case POWERSHELL ->
                new ShellSettings(settings, new Settings.SecretSource(secrets, settings))
                        .read(node)
                        .map(ResolvedValue.Shell::new);
            case SECRET ->
                new Settings.SecretSource(secrets, settings)
                        .read(node, variable.name().text())
                        .map(ResolvedValue.Plain::new);
            case LIST ->
                list(variable, node)
                        .map(value -> new ResolvedValue.Plain(
                                value, variable.items().equals(Optional.of(Variable.Type.PATH))));
            case TEXT, NUMBER, BOOLEAN, FQDN, IDENTIFIER, PATH, DURATION ->
                scalar(variable, variable.type(), node)
                        .map(value -> new ResolvedValue.Plain(value, variable.type() == Variable.Type.PATH));
        };
    }

    private Optional<Value> list(Variable variable, Node node) {
        List<Node> items = node instanceof Node.Sequence sequence ? sequence.items() : split(node);
        String name = variable.name().text();
        int before = findings.size();
        if (items.isEmpty()) {
            error(
                    node.origin(),
                    name + " is an empty list. Give at least one value"
                            + (variable.optional() ? ", or leave it out." : "."));
        }
        variable.atMost().stream()
                .filter(most -> items.size() > most)
                .forEach(most -> error(
                        node.origin(), name + " has " + items.size() + " values. There may be at most " + most + "."));
        Variable.Type type = variable.items().orElse(Variable.Type.TEXT);
        Map<String, Node> seen = new HashMap<>();
        List<Value> values = new ArrayList<>();
        for (Node item : items) {
            if (item instanceof Node.Scalar scalar && scalar.value().isBlank() && items.size() > 1) {
                error(
                        item.origin(),
                        name + " has an empty item. Delete a comma too many, or write what is missing there.");
                continue;
            }
            Optional<Value> value = scalar(variable, type, item);
            value.ifPresent(values::add);
            boolean twice = value.isPresent() && seen.putIfAbsent(key(type, value.get()), item) != null;
            if (twice) {
                error(item.origin(), name + " has " + value.get().text() + " twice.");
            }
        }
        return findings.size() > before ? Optional.empty() : Optional.of(new Value.Items(values));
    }

    /** Names of the network, of SQL Server and of files are the same in any case. */
    private static String key(Variable.Type type, Value value) {
        boolean anyCase = type == Variable.Type.FQDN || type == Variable.Type.IDENTIFIER || type == Variable.Type.PATH;
        return anyCase ? value.text().toLowerCase(Locale.ROOT) : value.text();
    }

    /** A list in one text, as on the command line: separated by commas. */
    private static List<Node> split(Node node) {
        if (!(node instanceof Node.Scalar scalar)) {
            return List.of(node);
        }
        if (scalar.value().isBlank()) {
            return List.of();
        }
        return Arrays.stream(scalar.value().split(",", -1))
                .map(String::strip)
                .<Node>map(text -> new Node.Scalar(text, Node.Scalar.Style.QUOTED, scalar.origin()))
                .toList();
    }

    private Optional<Value> scalar(Variable variable, Variable.Type type, Node node) {
        String name = variable.name().text();
        if (!(node instanceof Node.Scalar scalar)) {
            error(node.origin(), name + " must be " + Forms.of(type) + ". Found " + node.kind() + ".");
            return Optional.empty();
        }
        if (scalar.isPlain("null")) {
            error(
                    node.origin(),
                    name + " is null, which is no value. Delete the line if there is none, or quote the word.");
            return Optional.empty();
        }
        Optional<Value> value = Forms.value(type, scalar.value());
        if (value.isEmpty()) {
            String of = variable.type() == Variable.Type.LIST ? "Each item of " + name : name;
            error(node.origin(), of + " must be " + Forms.of(type) + ". Found \"" + scalar.value() + "\".");
        }
        return value;
    }

    private void error(Origin origin, String message) {
        findings.add(Diagnostic.error(origin, "wrong-value", message));
    }

    /** What a value of each simple type looks like. */
    private static final class Forms {
        private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,38}(\\.\\d{1,38})?");
        private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?";
        private static final Pattern FQDN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")+");
        /** What Windows refuses in names of files, and what nobody sees. */
        private static final Pattern NOT_IN_PATHS = Pattern.compile("[<>\"|?*\\p{Cntrl}]");

        private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
        private static final Pattern LAST_SEPARATOR = Pattern.compile("(?<=[^/\\\\:])[/\\\\]+$");

        private Forms() {}

        /** The value of a text; empty when the text is not of the type. */
        static Optional<Value> value(Variable.Type type, String text) {
            return switch (type) {
                case NUMBER ->
                    NUMBER.matcher(text).matches()
                            ? Optional.of(new Value.Number(new BigDecimal(text)))
                            : Optional.empty();
                case BOOLEAN ->
                    text.equals("true") || text.equals("false")
                            ? Optional.of(Value.of(text.equals("true")))
                            : Optional.empty();
                case FQDN ->
                    text.length() <= 253 && FQDN.matcher(text).matches()
                            ? Optional.of(Value.of(text))
                            : Optional.empty();
                case IDENTIFIER ->
                    !text.isBlank()
                                    && text.length() <= 128
                                    && !CONTROL.matcher(text).find()
                            ? Optional.of(Value.of(text))
                            : Optional.empty();
                case PATH ->
                    !text.isBlank() && !NOT_IN_PATHS.matcher(text).find()
                            ? Optional.of(Value.of(LAST_SEPARATOR.matcher(text).replaceFirst("")))
                            : Optional.empty();
                case DURATION -> DurationText.parse(text).map(duration -> Value.of(text));
                case TEXT -> Optional.of(Value.of(text));
                case SECRET, LIST, SQL_SERVER, POWERSHELL ->
                    throw new IllegalArgumentException(type + " is not a simple type");
            };
        }

        /** The type in words. */
        static String of(Variable.Type type) {
            return switch (type) {
                case TEXT -> "a text";
                case NUMBER -> "a number";
                case BOOLEAN -> "true or false";
                case FQDN -> "a full name in the network, such as pc21.litwareinc.com";
                case IDENTIFIER -> "a name of at most 128 characters";
                case PATH -> "a path without any of < > \" | ? *, such as \\\\fs1\\pchatlogs";
                case DURATION -> DurationText.FORM;
                case SECRET -> "a secret";
                case LIST -> "a list";
                case SQL_SERVER -> "a server";
                case POWERSHELL -> "a module";
            };
        }
    }

    /**
     * What is wrong with a default or an example of a variable, held against its type as a value of a site is.
     * Nothing is said about a value with tags, which is known only in a run, nor about secrets.
     */
    public static List<Diagnostic> problems(Variable variable, Written value) {
        List<Diagnostic> findings = new ArrayList<>();
        boolean known = Texts.of(value).noneMatch(Text::hasTags) && variable.type() != Variable.Type.SECRET;
        if (known) {
            new TypeChecker(new NoSecrets(), findings)
                    .bound(variable, node(value, variable.name().origin()));
        }
        return findings;
    }

    private static Node node(Written value, Origin around) {
        if (value instanceof Written.Scalar scalar) {
            return new Node.Scalar(
                    scalar.text().raw(), Node.Scalar.Style.QUOTED, scalar.text().origin());
        }
        if (value instanceof Written.Items items) {
            List<Node> nodes =
                    items.values().stream().map(item -> node(item, around)).toList();
            return new Node.Sequence(
                    nodes.stream().findFirst().map(Node::origin).orElse(around), nodes);
        }
        if (value instanceof Written.Fields fields) {
            return new Node.Mapping(
                    fields.keys().stream().findFirst().map(Name::origin).orElse(around),
                    fields.keys().stream()
                            .map(key -> new Node.Mapping.Entry(
                                    new Node.Scalar(key.text(), Node.Scalar.Style.PLAIN, key.origin()),
                                    node(fields.values().get(key.text()), key.origin())))
                            .toList());
        }
        Value literal = ((Written.Literal) value).value();
        String word = literal instanceof Value.Nothing ? "null" : literal.text();
        return new Node.Scalar(word, Node.Scalar.Style.PLAIN, around);
    }

    /** Reads none: what a runbook says about where its secrets are is checked when somebody gives them. */
    private static final class NoSecrets implements SiteBinder.SecretReader {
        @Override
        public Optional<String> prompt(String question) {
            return Optional.of("");
        }

        @Override
        public Optional<String> file(String path) {
            return Optional.of("");
        }

        @Override
        public Optional<String> environment(String name) {
            return Optional.of("");
        }
    }
}
