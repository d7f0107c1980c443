package dev.runbook.site;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Value;
import dev.runbook.language.Name;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.language.Variable;
import dev.runbook.language.Written;
import dev.runbook.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds the defaults and examples of a runbook against the types of their variables, as the values of a site are held. */
public final class Fitting {
    private Fitting() {}

    /**
     * What is wrong with a value for a variable. Nothing is said about a value with tags, which is known only in a run, nor about
     * secrets.
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
