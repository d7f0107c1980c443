package dev.runbook.inspection;

import dev.runbook.diagnostic.Checked;
import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Position;
import dev.runbook.diagnostic.Severity;
import dev.runbook.diagnostic.Source;
import dev.runbook.diagnostic.Span;
import dev.runbook.library.Library;
import dev.runbook.library.RunbookFile;
import dev.runbook.lint.Linter;
import dev.runbook.lint.NotChecked;
import dev.runbook.lint.TextsLinter;
import dev.runbook.model.Runbook;
import dev.runbook.suppression.Suppressions;
import dev.runbook.texts.TextsFile;
import dev.runbook.yaml.DocumentDraft;
import dev.runbook.yaml.SourceReader;
import dev.runbook.yaml.YamlReader;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at files, one after the other: at runbooks together with their texts in other languages, whichever of them is named. */
final class Inspector {
    private final Linter linter;
    private final TextsLinter textsLinter = new TextsLinter();
    private final Set<String> files = new LinkedHashSet<>();
    private final Set<Diagnostic> findings = new LinkedHashSet<>();
    private final Set<Suppressions.Suppressed> suppressed = new LinkedHashSet<>();
    private final Set<String> notChecked = new LinkedHashSet<>();

    Inspector(Linter linter) {
        this.linter = linter;
    }

    void look(Input input) {
        files.add(input.name());
        findings.addAll(input.source().diagnostics());
        input.source().value().ifPresent(source -> {
            try {
                look(source, input);
            } catch (StackOverflowError | OutOfMemoryError tooMuch) {
                findings.add(at(
                        source,
                        "file",
                        "This file asks more of the program than any runbook does, and was not looked at to its end ("
                                + tooMuch.getClass().getSimpleName() + ")."));
            }
        });
    }

    private void look(Source source, Input input) {
        if (TextsFile.isTexts(source.lines())) {
            texts(source, input);
        } else {
            runbook(source, input);
        }
    }

    /** An error that concerns the whole file. */
    private static Diagnostic at(Source source, String rule, String message) {
        return new Diagnostic(source, Span.at(Position.START), Severity.ERROR, rule, message);
    }

    private Checked<Runbook> heard(Linter.Inspected inspected) {
        findings.addAll(inspected.runbook().diagnostics());
        suppressed.addAll(inspected.suppressed());
        return inspected.runbook();
    }

    Inspection inspection() {
        return new Inspection(
                List.copyOf(files), List.copyOf(findings), List.copyOf(suppressed), List.copyOf(notChecked));
    }

    private void runbook(Source source, Input input) {
        Checked<Runbook> runbook = heard(linter.inspect(source));
        if (runbook.hasErrors()) {
            unread(source);
        }
        List<String> clauses = runbook.value().map(NotChecked::in).orElse(List.of());
        if (!clauses.isEmpty()) {
            notChecked.add("Not checked in " + source.name() + ": " + String.join("; ", clauses) + ".");
        }
        List<RunbookFile> texts = input.path().map(Library::textsBeside).orElse(List.of());
        for (RunbookFile file : texts) {
            String name = beside(input.name(), file.path().orElseThrow());
            files.add(name);
            Checked<Source> words = SourceReader.decode(name, file.bytes());
            findings.addAll(words.diagnostics());
            words.value()
                    .ifPresent(said -> runbook.value()
                            .ifPresentOrElse(
                                    spoken -> heard(textsLinter.inspect(said, spoken)),
                                    () -> notChecked.add(
                                            "Not checked: " + name + ", since its runbook has mistakes.")));
        }
    }

    private void unread(Source source) {
        DocumentDraft draft = YamlReader.draft(source);
        if (!draft.unread().isNothing()) {
            notChecked.add(
                    "Not checked in " + source.name() + ": " + draft.unread().lines()
                            + (draft.root().isPresent()
                                    ? ", which cannot be read as YAML."
                                    : ", and all the rest: it is no YAML."));
        }
    }

    private void texts(Source source, Input input) {
        Optional<Path> runbook = input.path()
                .flatMap(
                        path -> TextsFile.runbook(path.getFileName().toString()).map(path::resolveSibling));
        Optional<Source> original = runbook.flatMap(
                path -> SourceReader.read(path, beside(input.name(), path)).value());
        if (original.isEmpty()) {
            findings.add(at(
                    source,
                    TextsLinter.RULE,
                    "Texts lie beside their runbook, and are called as it with the language before .yaml, such as"
                            + " failover.zh-TW.yaml beside failover.yaml. There is no runbook for this file."));
            return;
        }
        linter.read(original.get())
                .value()
                .ifPresentOrElse(
                        spoken -> heard(textsLinter.inspect(source, spoken)),
                        () -> notChecked.add("Not checked: " + source.name() + ", since its runbook has mistakes."));
    }

    private static String beside(String name, Path file) {
        return name.substring(0, name.lastIndexOf('/') + 1) + file.getFileName();
    }
}
