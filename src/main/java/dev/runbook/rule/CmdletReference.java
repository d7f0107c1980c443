package dev.runbook.rule;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Source;
import dev.runbook.base.Suggestion;
import dev.runbook.rule.KnownCmdlet.ParameterType.Kind;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The cmdlets that are known, by name in any case. */
public final class CmdletReference {
    private static final String RESOURCE = "cmdlets.yaml";

    private final Supplier<CmdletReference> unread;
    private final Map<String, KnownCmdlet> byName = new LinkedHashMap<>();

    /** Of these cmdlets; the last of a name wins. */
    CmdletReference(Collection<KnownCmdlet> cmdlets) {
        this(() -> new CmdletReference(List.of()));
        add(cmdlets);
    }

    private CmdletReference(Supplier<CmdletReference> unread) {
        this.unread = unread;
    }

    /** The one inside the program, which is read when somebody asks for a cmdlet: most runbooks call few or none. */
    public static CmdletReference shipped() {
        return new CmdletReference(CmdletReference::readShipped);
    }

    private static CmdletReference readShipped() {
        try (InputStream stream = CmdletReference.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the program");
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return read(Source.of(RESOURCE, text)).value().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    /** What somebody wrote in the same form, or everything that is wrong with it. */
    public static Checked<CmdletReference> read(Source source) {
        return new ReferenceReader(source).read();
    }

    /** This one and another one, which wins where both know a cmdlet. */
    public CmdletReference and(CmdletReference other) {
        List<KnownCmdlet> all = new ArrayList<>(known().values());
        all.addAll(other.known().values());
        return new CmdletReference(all);
    }

    /** The cmdlet of that name; a module before it ({@code SkypeForBusiness\Get-CsPool}) does not count. */
    Optional<KnownCmdlet> find(String written) {
        return Optional.ofNullable(known().get(key(written.substring(written.lastIndexOf('\\') + 1))));
    }

    /** The names of all cmdlets that there are. */
    List<String> names() {
        return known().values().stream()
                .filter(cmdlet -> cmdlet.instead().isEmpty())
                .map(KnownCmdlet::name)
                .toList();
    }

    private Map<String, KnownCmdlet> known() {
        if (byName.isEmpty()) {
            add(unread.get().byName.values());
        }
        return byName;
    }

    private void add(Collection<KnownCmdlet> cmdlets) {
        cmdlets.forEach(cmdlet -> byName.put(key(cmdlet.name()), cmdlet));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Reads what is known of cmdlets from YAML. */
    private static final class ReferenceReader {
        private static final String RULE = "cmdlet-reference";
        private static final Set<String> KEYS = Set.of("modules", "parameters", "required", "asks", "avoid", "instead");

        private final Source source;
        private final List<Diagnostic> findings = new ArrayList<>();

        ReferenceReader(Source source) {
            this.source = source;
        }

        Checked<CmdletReference> read() {
            Checked<Node> tree = YamlReader.read(source);
            findings.addAll(tree.diagnostics());
            List<KnownCmdlet> cmdlets = new ArrayList<>();
            tree.value().ifPresent(root -> map(root).entries().forEach(entry -> cmdlets.add(cmdlet(entry))));
            Checked<CmdletReference> read = Checked.of(new CmdletReference(cmdlets), findings);
            return read.hasErrors() ? Checked.failed(findings) : read;
        }

        private KnownCmdlet cmdlet(Node.Mapping.Entry entry) {
            Node.Mapping map = map(entry.value());
            for (Node.Mapping.Entry key : map.entries()) {
                if (!KEYS.contains(key.key().value())) {
                    error(
                            key.key().origin(),
                            "There is no key \"" + key.key().value() + "\" here."
                                    + Suggestion.didYouMean(key.key().value(), KEYS));
                }
            }
            return new KnownCmdlet(
                    entry.key().value(),
                    map.get("modules").map(this::words).map(Set::copyOf).orElse(Set.of()),
                    map.get("parameters").map(this::parameters).orElse(List.of()),
                    map.get("required").map(this::sets).orElse(List.of()),
                    map.get("asks").map(this::question),
                    map.get("avoid").map(this::texts).orElse(Map.of()),
                    map.get("instead").map(this::text));
        }

        private List<KnownCmdlet.KnownParameter> parameters(Node node) {
            return map(node).entries().stream().map(this::parameter).toList();
        }

        private KnownCmdlet.KnownParameter parameter(Node.Mapping.Entry entry) {
            String name = entry.key().value();
            Optional<Node> type = entry.value() instanceof Node.Mapping map ? map.get("type") : Optional.empty();
            if (type.isPresent()) {
                Set<String> modules = ((Node.Mapping) entry.value())
                        .get("modules")
                        .map(this::words)
                        .map(Set::copyOf)
                        .orElse(Set.of());
                return new KnownCmdlet.KnownParameter(name, type(type.get()), modules);
            }
            return new KnownCmdlet.KnownParameter(name, type(entry.value()), Set.of());
        }

        private KnownCmdlet.ParameterType type(Node node) {
            if (node instanceof Node.Scalar scalar) {
                Optional<Kind> kind = Kind.of(scalar.value());
                if (kind.isEmpty()) {
                    List<String> known =
                            Arrays.stream(Kind.values()).map(Kind::word).toList();
                    error(
                            scalar.origin(),
                            "A type is one of " + String.join(", ", known) + ", or a list of words. Found \""
                                    + scalar.value() + "\"." + Suggestion.didYouMean(scalar.value(), known));
                }
                return KnownCmdlet.ParameterType.of(kind.orElse(Kind.ANY));
            }
            Map<String, List<String>> byModule = new LinkedHashMap<>();
            if (node instanceof Node.Mapping map) {
                map.entries().forEach(entry -> byModule.put(entry.key().value(), words(entry.value())));
            } else {
                byModule.put(KnownCmdlet.ParameterType.EVERYWHERE, words(node));
            }
            return new KnownCmdlet.ParameterType(Kind.TEXT, byModule);
        }

        private List<List<String>> sets(Node node) {
            return items(node).stream().map(this::words).toList();
        }

        private KnownCmdlet.Question question(Node node) {
            Node.Mapping map = map(node);
            if (map.get("answer").isEmpty()) {
                error(node.origin(), "\"asks\" needs an \"answer\": the switch that answers the question.");
            }
            return new KnownCmdlet.Question(
                    map.get("answer").map(this::text).orElse(""),
                    map.get("when").map(this::text));
        }

        private Map<String, String> texts(Node node) {
            Map<String, String> texts = new LinkedHashMap<>();
            map(node).entries().forEach(entry -> texts.put(entry.key().value(), text(entry.value())));
            return texts;
        }

        private List<String> words(Node node) {
            return items(node).stream().map(this::text).distinct().toList();
        }

        private List<Node> items(Node node) {
            if (node instanceof Node.Sequence sequence) {
                return sequence.items();
            }
            error(node.origin(), "Here stands a list. Found " + node.kind() + ".");
            return List.of();
        }

        private String text(Node node) {
            if (node instanceof Node.Scalar scalar) {
                return scalar.value();
            }
            error(node.origin(), "Here stands a text. Found " + node.kind() + ".");
            return "";
        }

        private Node.Mapping map(Node node) {
            if (node instanceof Node.Mapping map) {
                return map;
            }
            error(node.origin(), "Here stands a map. Found " + node.kind() + ".");
            return new Node.Mapping(node.origin(), List.of());
        }

        private void error(Origin origin, String message) {
            findings.add(Diagnostic.error(origin, RULE, message));
        }
    }
}
