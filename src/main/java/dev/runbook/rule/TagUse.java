package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Severity;
import dev.runbook.language.Name;
import dev.runbook.language.Variable;
import dev.runbook.template.Scope;
import dev.runbook.template.Tag;
import java.util.List;
import java.util.Optional;

/**
 * A tag and what it can see.
 *
 * @param tag a value or the beginning of a section, or a refused tag
 * @param section the innermost section that it stands in
 * @param text the text that holds it
 */
public record TagUse(Tag tag, Optional<Tag> section, TextUse text) {
    /** The variable that it names, if it names one. */
    public Optional<Variable> variable() {
        return ofRow()
                ? Optional.empty()
                : Optional.ofNullable(text.view().variables().get(tag.head()));
    }

    /** Whether it names the row or item for which something is done. */
    public boolean isEach() {
        return section.isEmpty() && tag.head().equals(Scope.EACH);
    }

    /** Whether it names something about the run. */
    public boolean isRun() {
        return tag.head().equals(Scope.RUN);
    }

    /** The fact behind the remembered name, if it is one that is known here. */
    public Optional<Name> remembered() {
        return section.isPresent()
                ? Optional.empty()
                : Optional.ofNullable(text.view().remembered().get(tag.head()));
    }

    /** The fact whose rows the section goes through; empty outside of sections, and in those over a list. */
    public Optional<Name> sectionFact() {
        return section.map(open -> text.view().remembered().get(open.head()));
    }

    /** Whether it names a column of the row of its section; also when nobody can tell which columns there are. */
    public boolean ofRow() {
        if (section.isEmpty() || tag.path().equals(Tag.ITEM)) {
            return section.isPresent();
        }
        Optional<Name> fact = sectionFact();
        return fact.isPresent()
                && Columns.of(text.view().runbook(), fact.get().text())
                        .map(columns -> columns.stream().anyMatch(tag.path()::equalsIgnoreCase))
                        .orElse(!text.view().variables().containsKey(tag.head()));
    }

    /** An error about this tag. */
    public Diagnostic error(String rule, String message) {
        return finding(Severity.ERROR, rule, message);
    }

    /** A finding about this tag. */
    public Diagnostic finding(Severity severity, String rule, String message) {
        return new Diagnostic(
                text.text().origin().source(),
                text.text().origin().span(tag.start(), tag.end()),
                severity,
                rule,
                message);
    }

    /** Every tag of all texts. */
    public static List<TagUse> all(List<TextUse> texts) {
        return texts.stream().flatMap(text -> text.tags().stream()).toList();
    }
}
