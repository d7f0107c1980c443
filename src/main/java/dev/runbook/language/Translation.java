package dev.runbook.language;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a runbook says to people, in another language. Holds nothing that is typed as an answer, asked of a server or sent to
 * one, so that it can change what people read and never what a run does.
 *
 * @param source the file
 * @param runbook id of the runbook whose texts these are
 * @param title of the runbook
 * @param description of the runbook
 * @param steps by step id, in the order written
 */
public record Translation(
        Source source, Name runbook, Optional<Text> title, Optional<Text> description, Map<String, OfStep> steps) {
    /**
     * What one step says to people, in another language. What is not there is said in the words of the runbook.
     *
     * @param id of the step
     * @param title of the step
     * @param description of the step
     * @param confirm the question; the answer to it stays that of the runbook
     * @param advice by error number, and for the rest
     */
    public record OfStep(
            Name id, Optional<Text> title, Optional<Text> description, Optional<Text> confirm, Advice advice) {
        private Step over(Step step) {
            return new Step(
                    step.id(),
                    title.orElse(step.title()),
                    description.or(step::description),
                    step.documents(),
                    step.when(),
                    step.require(),
                    step.remember(),
                    step.confirm()
                            .map(asked -> new Step.Confirm(
                                    question(step, asked), asked.type(), asked.inAdvance(), asked.secondPerson())),
                    step.task(),
                    step.rollback(),
                    over(step.advice()));
        }

        /** Before what nothing can take back, the words of the runbook stand too: a translation may say less than they do. */
        private Text question(Step step, Step.Confirm asked) {
            return confirm.map(words -> step.isPointOfNoReturn()
                            ? new Text(
                                    words.raw().stripTrailing() + "\n\n"
                                            + asked.message().raw(),
                                    words.origin())
                            : words)
                    .orElse(asked.message());
        }

        private Advice over(Advice written) {
            Map<String, Text> byError = new LinkedHashMap<>(written.byError());
            byError.putAll(advice.byError());
            return new Advice(byError, advice.otherwise().or(written::otherwise));
        }
    }

    /** Copies the map, keeping its order. */
    public Translation {
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }

    /** The runbook with these texts; it does what it did before. */
    public Runbook over(Runbook original) {
        return new Runbook(
                original.source(),
                original.id(),
                title.orElse(original.title()),
                description.or(original::description),
                original.pages(),
                original.rehearsal(),
                original.rto(),
                original.variables(),
                original.facts(),
                original.steps().stream()
                        .map(step -> Optional.ofNullable(steps.get(step.id().text()))
                                .map(texts -> texts.over(step))
                                .orElse(step))
                        .toList());
    }

    /** Reads translations. Keeps the schema. */
    public static final class Reader {
        private final SchemaCheck schema = SchemaCheck.of("/schema/runbook-texts.schema.json");

        /** The texts that a source holds, or everything that is wrong with its YAML and its shape. */
        public Checked<Translation> read(Source source) {
            YamlReader.Draft tree = YamlReader.draft(source);
            List<Diagnostic> findings = new ArrayList<>(tree.findings());
            tree.root().ifPresent(root -> findings.addAll(schema.check(root, tree.unread())));
            ValueReader values = new ValueReader();
            Optional<Translation> read = tree.root()
                    .filter(Node.Mapping.class::isInstance)
                    .map(root -> translation(source, (Node.Mapping) root, values));
            findings.addAll(values.findings());
            Checked<Translation> checked = new Checked<>(read, findings);
            return checked.hasErrors() ? Checked.failed(findings) : checked;
        }

        private static Translation translation(Source source, Node.Mapping root, ValueReader read) {
            Map<String, OfStep> steps = new LinkedHashMap<>();
            for (Node.Mapping.Entry entry : read.entries(root, "steps")) {
                if (entry.value() instanceof Node.Mapping map) {
                    steps.put(
                            entry.key().value(),
                            new OfStep(
                                    read.name(entry.key()),
                                    read.text(map, "title"),
                                    read.text(map, "description"),
                                    read.text(map, "confirm"),
                                    read.advice(map)));
                }
            }
            return new Translation(
                    source,
                    read.nameOrEmpty(root, TranslationFile.KEY),
                    read.text(root, "title"),
                    read.text(root, "description"),
                    steps);
        }
    }
}
