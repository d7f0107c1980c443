package dev.runbook.session;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.base.Suggestion;
import dev.runbook.endpoint.Question;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.library.Library;
import dev.runbook.library.RunbookFile;
import dev.runbook.lint.Linter;
import dev.runbook.lint.TextsLinter;
import dev.runbook.site.Site;
import dev.runbook.site.SiteBinder;
import dev.runbook.site.SuppliedValue;
import dev.runbook.template.Fill;
import dev.runbook.template.Scope;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A runbook without mistakes, and the file that it came from.
 *
 * @param file the file
 * @param runbook what it says, to people in their language where there are texts for that
 * @param own the same in its own words
 */
public record OpenedRunbook(RunbookFile file, Runbook runbook, Runbook own) {
    /** The runbook of that name; says where it was found. */
    public static OpenedRunbook named(String name, CliContext context) {
        RunbookFile file =
                new Library(context.folder()).find(name).orElseThrow(() -> Refusal.usage(Library.unknown(name)));
        if (file.isTexts()) {
            throw Refusal.usage(file.place() + " holds the texts of a runbook in another language. Name the runbook,"
                    + " and --language if that is not the language of this computer.");
        }
        context.err()
                .println("Using " + file.place() + " (SHA-256 " + file.digest().substring(0, 16) + "…).");
        OpenedRunbook opened = of(file, context);
        opened.tellOfBuiltIn(context);
        return opened;
    }

    /** Says whether it is the runbook inside the program whose name it bears: which one runs depends on the current folder. */
    void tellOfBuiltIn(CliContext context) {
        Library.againstBuiltIn(file, runbook.id().text())
                .ifPresent(said -> context.err().println(said));
    }

    /** The runbook of a file; says how many warnings there are for it, and refuses it when it has errors. */
    static OpenedRunbook of(RunbookFile file, CliContext context) {
        return of(file, new Linter()::read, context);
    }

    /** The same for the copy with which a run began, which need not have what has become required since. */
    static OpenedRunbook begun(RunbookFile file, CliContext context) {
        return of(file, new Linter()::readBegun, context);
    }

    private static OpenedRunbook of(RunbookFile file, Function<Source, Checked<Runbook>> linter, CliContext context) {
        Checked<Source> source = file.source();
        List<Diagnostic> found = new ArrayList<>(source.diagnostics());
        Checked<Runbook> runbook = source.value().map(linter).orElseGet(() -> Checked.failed(List.of()));
        found.addAll(runbook.diagnostics());
        Findings.tell(found, file.name(), runbook.value().isPresent(), context.err());
        return runbook.value()
                .map(read -> new OpenedRunbook(file, read, read).in(context))
                .orElseThrow(() -> Refusal.usage(file.name() + " has mistakes. Nothing was begun."));
    }

    private OpenedRunbook in(CliContext context) {
        Map<String, RunbookFile> byTag = new LinkedHashMap<>();
        Library.texts(file).forEach(each -> each.tag().ifPresent(tag -> byTag.put(tag, each)));
        Optional<RunbookFile> chosen =
                context.language().among(List.copyOf(byTag.keySet())).map(byTag::get);
        if (chosen.isEmpty() && context.language().demanded()) {
            String known = byTag.isEmpty() ? "" : " There are texts in: " + String.join(", ", byTag.keySet()) + ".";
            context.err()
                    .println("There are no texts in "
                            + context.language().locale().toLanguageTag() + " beside " + file.place()
                            + "; it speaks in its own words." + known);
        }
        return chosen.map(found -> speaking(found, context)).orElse(this);
    }

    /** Mistakes in texts that nobody asked for do not stop a run: the runbook has words of its own. */
    private OpenedRunbook speaking(RunbookFile found, CliContext context) {
        Checked<Source> source = found.source();
        Checked<Runbook> translated = source.value()
                .map(text -> new TextsLinter().read(text, runbook))
                .orElseGet(() -> Checked.failed(source.diagnostics()));
        Findings.print(translated.diagnostics(), context.err());
        if (translated.value().isEmpty() && context.language().demanded()) {
            throw Refusal.usage(found.name() + " has mistakes. Nothing was begun.");
        }
        context.err()
                .println(
                        translated.value().isPresent()
                                ? "Its texts are those of " + found.place() + "."
                                : found.name() + " has mistakes. The runbook speaks in its own words.");
        return translated
                .value()
                .map(said -> new OpenedRunbook(file, said, own))
                .orElse(this);
    }

    /**
     * Refuses an answer that is neither the one that means yes where it is asked for, nor {@value Question#NO}. What is only known
     * later is left to its turn.
     *
     * @param key what is answered: a step, or a step and a gate, as in {@link Question#key}
     */
    public void requireAnswer(String source, String key, String answer) {
        int slash = key.indexOf('/');
        String id = slash < 0 ? key : key.substring(0, slash);
        Question.Kind kind = slash < 0
                ? Question.Kind.CONFIRM
                : Question.Kind.ofGate(key.substring(slash + 1))
                        .orElseThrow(() -> Refusal.usage(
                                source + " answers " + key + ", which is nothing that is asked. Behind the"
                                        + " step may stand /again, /skip, /done, /undo or"
                                        + " /rollback. Nothing was begun."));
        requireStep(source, id);
        Step step = runbook.step(id).orElseThrow();
        if (kind == Question.Kind.UNDO) {
            return;
        }
        if (kind.word().isEmpty() && step.confirm().isEmpty()) {
            throw Refusal.usage(source + " answers step " + id + ", which asks nothing. The steps that ask: "
                    + String.join(", ", asking()) + ". Nothing was begun.");
        }
        if (kind == Question.Kind.ROLLBACK && !step.isPointOfNoReturn()) {
            throw Refusal.usage(source + " answers " + key + ", but step " + id
                    + " is no point of no return, so nothing is asked there before a rollback. Nothing was begun.");
        }
        String wanted = kind.word().isEmpty() ? Fill.forPeople(step.answer(), Scope.EMPTY) : kind.word();
        boolean known = !kind.word().isEmpty() || !step.answer().hasTags();
        if (known && !wanted.equals(answer) && !Question.NO.equals(answer)) {
            throw Refusal.usage(source + " answers " + (slash < 0 ? "step " + id : key) + " with \"" + answer
                    + "\", which does not mean yes there. The answer is \"" + wanted + "\", or \"" + Question.NO
                    + "\" to decline. Nothing was begun.");
        }
    }

    /** The digests of its texts in other languages, by their tag. */
    Map<String, String> texts() {
        Map<String, String> digests = new LinkedHashMap<>();
        Library.texts(file).forEach(each -> each.tag().ifPresent(tag -> digests.put(tag, each.digest())));
        return digests;
    }

    /** The steps that ask a person, in their order. */
    public List<String> asking() {
        return runbook.steps().stream()
                .filter(step -> step.confirm().isPresent())
                .map(step -> step.id().text())
                .toList();
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

    /** The values for a run, all checked; prints what is wrong with them and refuses. */
    Site bind(List<Map<String, SuppliedValue>> strongestFirst, String run, String stamp, CliContext around) {
        return bind(new SiteBinder(new CliContext.ConsoleSecrets(around)), strongestFirst, run, stamp, around);
    }

    /** The same for looking at: no secret is asked for, and none is read from where the values say that it lies. */
    Site bindWithoutSecrets(
            List<Map<String, SuppliedValue>> strongestFirst, String run, String stamp, CliContext around) {
        return bind(SiteBinder.withoutSecrets(), strongestFirst, run, stamp, around);
    }

    private Site bind(
            SiteBinder binder,
            List<Map<String, SuppliedValue>> strongestFirst,
            String run,
            String stamp,
            CliContext around) {
        Checked<Site> site = binder.bind(runbook, strongestFirst, run, stamp);
        Findings.print(site.diagnostics(), around.err());
        return site.value()
                .orElseThrow(() -> Refusal.usage(
                        "The values are not complete. Nothing was begun. plan --site-template writes a site"
                                + " file to fill in; a run does not keep passwords, so a resume needs the site"
                                + " file again."));
    }
}
