package dev.runbook.rule.tag;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Suggestion;
import dev.runbook.model.Name;
import dev.runbook.model.Runbook;
import dev.runbook.model.Step;
import dev.runbook.rule.About;
import dev.runbook.rule.Columns;
import dev.runbook.rule.Reach;
import dev.runbook.rule.Rule;
import dev.runbook.rule.TagUse;
import dev.runbook.rule.TextUses;
import dev.runbook.rule.View;
import dev.runbook.template.Scope;
import dev.runbook.template.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A tag whose name stands for nothing where it is used. */
public final class UnknownName implements Rule {
    private static final About ABOUT = About.error("unknown-name", "A tag names something that is not there.")
            .reaching(Reach.NAMES)
            .always()
            .because(
                    "Tags are filled when a step runs. A misspelt name would stop the run in the middle, after other steps have changed the world.")
            .bad("""
                    steps:
                      - step: 1
                        title: Fail over {{pool_fqdn}}
                        confirm: Is {{pool_fqn}} really lost?
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Fail over {{pool_fqdn}}
                        confirm: Is {{pool_fqdn}} really lost?
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return TagUse.all(TextUses.of(runbook)).stream()
                .filter(use -> use.tag().kind() != Tag.Kind.REFUSED)
                .flatMap(use -> problem(use, runbook).map(message -> use.error(id(), message)).stream())
                .toList();
    }

    private static Optional<String> problem(TagUse use, Runbook runbook) {
        boolean known = use.variable().isPresent()
                || use.remembered().isPresent()
                || use.isRun()
                || use.ofRow()
                || ofNobody(use);
        if (known) {
            return Optional.empty();
        }
        if (use.tag().head().equals(Scope.EACH)) {
            return each(use);
        }
        return Optional.of(unknown(use, runbook));
    }

    /** Whether the section that it stands in goes through something unknown: then nobody can tell its columns. */
    private static boolean ofNobody(TagUse use) {
        View view = use.text().view();
        return use.section()
                .map(Tag::head)
                .filter(name -> !view.remembered().containsKey(name)
                        && !view.variables().containsKey(name))
                .isPresent();
    }

    private static Optional<String> each(TagUse use) {
        if (use.section().isPresent()) {
            return Optional.of("Inside a section, only the columns of its row and variables are known, not \"each\".");
        }
        return use.text().view().each().isPresent()
                ? Optional.empty()
                : Optional.of(
                        "\"each\" is not known here: it stands for one row of a for-each, in the action and done-when of that"
                                + " step or in that fact alone. What people read is said once for all rows.");
    }

    private static String unknown(TagUse use, Runbook runbook) {
        String name = use.tag().head();
        View view = use.text().view();
        if (use.tag().path().equals(Tag.ITEM)) {
            return "{{.}} is the item of a section over a list, and this is outside of one.";
        }
        if (use.section().isPresent() && view.remembered().containsKey(name)) {
            return "Inside a section, only the columns of its row and variables are known, not \"" + name + "\".";
        }
        Optional<Step> rememberedIn = runbook.steps().stream()
                .filter(step -> step.remember().containsKey(name))
                .findFirst();
        if (rememberedIn.isPresent()) {
            return remembered(name, view, rememberedIn.get());
        }
        if (view.owner() == View.Owner.DEFAULT && runbook.variables().containsKey(name)) {
            return "A default knows only the variables above it. Move \"" + name + "\" up.";
        }
        if (runbook.facts().containsKey(name)) {
            return fact(name, use);
        }
        Optional<Name> rows = use.sectionFact();
        if (rows.isPresent()) {
            List<String> known =
                    new ArrayList<>(Columns.of(runbook, rows.get().text()).orElse(List.of()));
            known.addAll(view.variables().keySet());
            return "The rows of \"" + rows.get() + "\" have no column \"" + name + "\", and there is no such variable."
                    + Suggestion.didYouMean(name, known);
        }
        List<String> names = new ArrayList<>(view.variables().keySet());
        names.addAll(use.section().isPresent() ? List.of() : view.remembered().keySet());
        return "There is no variable" + (view.owner() == View.Owner.STEP ? " and no remembered name" : "") + " \""
                + name + "\"." + Suggestion.didYouMean(name, names);
    }

    private static String fact(String name, TagUse use) {
        String column = use.tag().rest().orElse("column");
        String each = "for-each: " + name + " with {{each." + column + "}}";
        String is = "\"" + name + "\" is a fact, and a tag does not ask facts. ";
        return switch (use.text().view().owner()) {
            case STEP ->
                is + "Write remember: {found: " + name + "} in this step or above it, and then {{found." + column
                        + "}}; or " + each + ".";
            case FACT -> is + "Write " + each + ".";
            case DEFAULT -> is + "A default knows only the variables above it.";
        };
    }

    private static String remembered(String name, View view, Step step) {
        return switch (view.owner()) {
            case STEP -> "\"" + name + "\" is remembered only in step " + step.id() + ", below.";
            case FACT ->
                "A fact knows nothing that a step remembers. \"" + name + "\" is remembered in step " + step.id()
                        + "; use for-each with the fact \"" + step.remember().get(name) + "\" instead.";
            case DEFAULT ->
                "A default knows nothing that a step remembers. \"" + name + "\" is remembered in step " + step.id()
                        + ".";
        };
    }
}
