package dev.runbook.lint;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Position;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import dev.runbook.language.Fact;
import dev.runbook.language.Runbook;
import dev.runbook.language.Task;
import dev.runbook.language.TranslationFile;
import dev.runbook.library.Library;
import dev.runbook.library.RunbookFile;
import dev.runbook.rule.FactColumns;
import dev.runbook.rule.Tasks;
import dev.runbook.yaml.SourceReader;
import dev.runbook.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of looking at files.
 *
 * @param files their names, in the order in which they were looked at
 * @param findings everything that was found, but for what the authors have switched off
 * @param suppressed what the authors have switched off, with their reasons
 * @param notChecked sentences that say what could not be looked at
 */
public record Inspection(
        List<String> files,
        List<Diagnostic> findings,
        List<Suppressions.Suppressed> suppressed,
        List<String> notChecked) {
    /** Whoever has more of them begins with the first, and a flood would fill the log of a build. */
    private static final int MAX_FINDINGS = 200;

    /** Copies the lists. */
    public Inspection {
        files = List.copyOf(files);
        findings = List.copyOf(findings);
        suppressed = List.copyOf(suppressed);
        notChecked = List.copyOf(notChecked);
    }

    /** Holds the rules against these files. */
    public static Inspection of(List<InputFiles.Input> inputs, Linter linter) {
        Inspector inspector = new Inspector(linter);
        inputs.forEach(inspector::look);
        return inspector.inspection();
    }

    /** The same with everything that was switched off among the findings. */
    public Inspection withSuppressed() {
        List<Diagnostic> all = Stream.concat(
                        findings.stream(), suppressed.stream().map(Suppressions.Suppressed::finding))
                .toList();
        return new Inspection(files, all, List.of(), notChecked);
    }

    /** The same with at most so many findings a file, the worst of them first, and one that counts what is left out. */
    public Inspection bounded() {
        Map<String, List<Diagnostic>> byFile = findings.stream()
                .collect(Collectors.groupingBy(
                        finding -> finding.source().name(), LinkedHashMap::new, Collectors.toList()));
        List<Diagnostic> shown =
                byFile.values().stream().flatMap(Inspection::worst).toList();
        return new Inspection(files, shown, suppressed, notChecked);
    }

    private static Stream<Diagnostic> worst(List<Diagnostic> ofFile) {
        if (ofFile.size() <= MAX_FINDINGS) {
            return ofFile.stream();
        }
        List<Diagnostic> sorted = ofFile.stream()
                .sorted(Comparator.comparing(Diagnostic::severity).thenComparing(Diagnostic.BY_PLACE))
                .toList();
        Diagnostic next = sorted.get(MAX_FINDINGS);
        String message = "And " + (ofFile.size() - MAX_FINDINGS) + " more findings in this file, from here on.";
        return Stream.concat(
                sorted.stream().limit(MAX_FINDINGS),
                Stream.of(new Diagnostic(next.source(), next.span(), next.severity(), "file", message)));
    }

    /** The same without findings that are known. */
    public Inspection without(Baseline known) {
        return new Inspection(files, known.newAmong(findings), suppressed, notChecked);
    }

    /** Looks at files, one after the other: at runbooks together with their texts in other languages, whichever of them is named. */
    private static final class Inspector {
        private final Linter linter;
        private final TextsLinter textsLinter = new TextsLinter();
        private final Set<String> files = new LinkedHashSet<>();
        private final Set<Diagnostic> findings = new LinkedHashSet<>();
        private final Set<Suppressions.Suppressed> suppressed = new LinkedHashSet<>();
        private final Set<String> notChecked = new LinkedHashSet<>();

        Inspector(Linter linter) {
            this.linter = linter;
        }

        void look(InputFiles.Input input) {
            files.add(input.name());
            findings.addAll(input.source().diagnostics());
            input.source().value().ifPresent(source -> {
                try {
                    look(source, input);
                } catch (StackOverflowError | OutOfMemoryError tooMuch) {
                    findings.add(at(
                            source,
                            "file",
                            "This file asks more of the program than any runbook does, and was not looked at to its"
                                    + " end ("
                                    + tooMuch.getClass().getSimpleName() + ")."));
                }
            });
        }

        private void look(Source source, InputFiles.Input input) {
            if (TranslationFile.isTexts(source.lines())) {
                texts(source, input);
            } else {
                runbook(source, input);
            }
        }

        /** An error that concerns the whole file. */
        private static Diagnostic at(Source source, String rule, String message) {
            return new Diagnostic(source, Span.at(Position.START), Diagnostic.Severity.ERROR, rule, message);
        }

        private Checked<Runbook> record(Linter.Inspected inspected) {
            findings.addAll(inspected.runbook().diagnostics());
            suppressed.addAll(inspected.suppressed());
            return inspected.runbook();
        }

        Inspection inspection() {
            return new Inspection(
                    List.copyOf(files), List.copyOf(findings), List.copyOf(suppressed), List.copyOf(notChecked));
        }

        private void runbook(Source source, InputFiles.Input input) {
            Checked<Runbook> runbook = record(linter.inspect(source));
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
                                        spoken -> record(textsLinter.inspect(said, spoken)),
                                        () -> notChecked.add(
                                                "Not checked: " + name + ", since its runbook has mistakes.")));
            }
        }

        private void unread(Source source) {
            YamlReader.Draft draft = YamlReader.draft(source);
            if (!draft.unread().isNothing()) {
                notChecked.add("Not checked in " + source.name() + ": "
                        + draft.unread().lines()
                        + (draft.root().isPresent()
                                ? ", which cannot be read as YAML."
                                : ", and all the rest: it is no YAML."));
            }
        }

        private void texts(Source source, InputFiles.Input input) {
            Optional<Path> runbook = input.path()
                    .flatMap(path -> TranslationFile.runbook(path.getFileName().toString())
                            .map(path::resolveSibling));
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
                            spoken -> record(textsLinter.inspect(source, spoken)),
                            () -> notChecked.add(
                                    "Not checked: " + source.name() + ", since its runbook has mistakes."));
        }

        private static String beside(String name, Path file) {
            return name.substring(0, name.lastIndexOf('/') + 1) + file.getFileName();
        }

        /** What no rule can see in a runbook, so that nobody takes silence for a yes. */
        private static final class NotChecked {
            private static final int MAX_NAMES = 3;

            private NotChecked() {}

            /** A clause for each kind of thing; none where everything could be looked at. */
            public static List<String> in(Runbook runbook) {
                List<String> clauses = new ArrayList<>();
                clause("columns that no query lists", facts(runbook, fact -> isQuery(fact) && hasUnknownColumns(fact)))
                        .ifPresent(clauses::add);
                clause("what the objects of cmdlets have", facts(runbook, NotChecked::isCmdlet))
                        .ifPresent(clauses::add);
                clause("parameters of procedures", procedures(runbook)).ifPresent(clauses::add);
                return clauses;
            }

            private static boolean isQuery(Fact fact) {
                return fact.source() instanceof Fact.Source.Query;
            }

            private static boolean isCmdlet(Fact fact) {
                return fact.source() instanceof Fact.Source.Cmdlet;
            }

            private static boolean hasUnknownColumns(Fact fact) {
                return FactColumns.own(fact).isEmpty();
            }

            private static List<String> facts(Runbook runbook, Predicate<Fact> test) {
                return runbook.facts().values().stream()
                        .filter(test)
                        .map(fact -> fact.name().text())
                        .toList();
            }

            private static List<String> procedures(Runbook runbook) {
                return Tasks.actions(runbook)
                        .filter(Task.Action.Procedure.class::isInstance)
                        .map(action ->
                                ((Task.Action.Procedure) action).procedure().text())
                        .distinct()
                        .toList();
            }

            private static Optional<String> clause(String what, List<String> names) {
                if (names.isEmpty()) {
                    return Optional.empty();
                }
                String more = names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : "";
                String first = names.stream()
                        .limit(MAX_NAMES)
                        .map(name -> "\"" + name + "\"")
                        .collect(Collectors.joining(", "));
                return Optional.of(what + " (" + first + more + ")");
            }
        }
    }
}
