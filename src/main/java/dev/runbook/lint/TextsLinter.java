package dev.runbook.lint;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.base.Suggestion;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Translation;
import dev.runbook.rule.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds the texts of another language against the runbook that they belong to. */
public final class TextsLinter {
    /** The id under which texts that fit no runbook are found. */
    public static final String RULE = "texts";

    private final Translation.Reader reader = new Translation.Reader();

    /**
     * The runbook in the words of another language, with warnings at most, or everything that is wrong with the texts: their
     * shape, steps that the runbook does not have, and tags that could not be filled there.
     *
     * @param runbook without mistakes of its own
     */
    public Checked<Runbook> read(Source source, Runbook runbook) {
        return inspect(source, runbook).runbook();
    }

    /** As {@link #read}, with the findings that the author has switched off. */
    Linter.Inspected inspect(Source source, Runbook runbook) {
        Checked<Translation> texts = reader.read(source);
        List<Diagnostic> findings = new ArrayList<>(texts.diagnostics());
        Optional<Runbook> translated = texts.value().map(read -> {
            findings.addAll(strangers(read, runbook));
            Runbook over = read.over(runbook);
            new Linter()
                    .lint(over).stream()
                            .filter(finding -> finding.source().equals(source))
                            .forEach(findings::add);
            return over;
        });
        Suppressions.Outcome outcome = Suppressions.in(source).apply(findings, Rules.switchable(Rules.all()));
        Checked<Runbook> checked = new Checked<>(translated, outcome.left());
        return new Linter.Inspected(
                checked.hasErrors() ? Checked.failed(checked.diagnostics()) : checked, outcome.suppressed());
    }

    /** Texts for what the runbook does not have. */
    private static List<Diagnostic> strangers(Translation texts, Runbook runbook) {
        List<Diagnostic> found = new ArrayList<>();
        if (!texts.runbook().text().equals(runbook.id().text())) {
            found.add(Diagnostic.error(
                    texts.runbook().origin(),
                    RULE,
                    "These are the texts of another runbook: the one in "
                            + runbook.source().name() + " is called \""
                            + runbook.id().text() + "\"."));
        }
        List<String> known =
                runbook.steps().stream().map(step -> step.id().text()).toList();
        texts.steps()
                .forEach((id, step) -> runbook.step(id)
                        .ifPresentOrElse(
                                original -> found.addAll(strangers(step, original)),
                                () -> found.add(Diagnostic.error(
                                        step.id().origin(),
                                        RULE,
                                        "The runbook has no step " + id + "." + Suggestion.didYouMean(id, known)))));
        return found;
    }

    private static List<Diagnostic> strangers(Translation.OfStep texts, Step step) {
        List<Diagnostic> found = new ArrayList<>();
        if (step.confirm().isEmpty()) {
            texts.confirm()
                    .ifPresent(asked -> found.add(Diagnostic.error(
                            asked.origin(), RULE, "Step " + step.id().text() + " asks nothing. Take confirm out.")));
        }
        texts.advice().byError().forEach((error, advice) -> {
            if (!step.advice().byError().containsKey(error)) {
                found.add(Diagnostic.error(
                        advice.origin(),
                        RULE,
                        "Step " + step.id().text() + " has no advice for " + error + "."
                                + Suggestion.didYouMean(
                                        error, step.advice().byError().keySet())));
            }
        });
        return found;
    }
}
