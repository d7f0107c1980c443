package dev.runbook.session;

import dev.runbook.console.Refusal;
import dev.runbook.console.Surroundings;
import dev.runbook.diagnostic.Checked;
import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Source;
import dev.runbook.diagnostic.Suggestion;
import dev.runbook.library.Library;
import dev.runbook.library.RunbookFile;
import dev.runbook.lint.Linter;
import dev.runbook.model.Runbook;
import java.util.ArrayList;
import java.util.List;

/**
 * A runbook without mistakes, and the file that it came from.
 *
 * @param file the file
 * @param runbook what it says
 */
public record OpenedRunbook(RunbookFile file, Runbook runbook) {
    /** The runbook of that name; says where it was found. */
    public static OpenedRunbook named(String name, Surroundings surroundings) {
        RunbookFile file =
                new Library(surroundings.folder()).find(name).orElseThrow(() -> Refusal.usage(Library.unknown(name)));
        surroundings.err().println("Using " + file.place() + ".");
        return of(file, surroundings);
    }

    /** The runbook of a file; prints its warnings, and refuses it when it has errors. */
    public static OpenedRunbook of(RunbookFile file, Surroundings surroundings) {
        Checked<Source> source = file.source();
        List<Diagnostic> found = new ArrayList<>(source.diagnostics());
        Checked<Runbook> runbook =
                source.value().map(text -> new Linter().read(text)).orElseGet(() -> Checked.failed(List.of()));
        found.addAll(runbook.diagnostics());
        Findings.print(found, surroundings.err());
        return runbook.value()
                .map(read -> new OpenedRunbook(file, read))
                .orElseThrow(() -> Refusal.usage(file.name() + " has mistakes. Nothing was begun."));
    }

    /** Refuses a step that the runbook does not have. */
    public void requireStep(String option, String step) {
        List<String> known =
                runbook.steps().stream().map(each -> each.id().text()).toList();
        if (!known.contains(step)) {
            throw Refusal.usage(option + " names the step " + step + ", which " + file.name() + " does not have."
                    + Suggestion.didYouMean(step, known) + " Its steps: " + String.join(", ", known) + ".");
        }
    }
}
