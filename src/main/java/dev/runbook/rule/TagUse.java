package dev.runbook.rule;

import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Variable;
import dev.runbook.template.Scope;
import dev.runbook.template.Tag;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A tag and what it can see.
 *
 * @param tag a value or the beginning of a section, or a refused tag
 * @param section the innermost section that it stands in
 * @param text the text that holds it
 */
record TagUse(Tag tag, Optional<Tag> section, TextUse text) {
    /** The variable that it names, if it names one. */
    Optional<Variable> variable() {
        return ofRow()
                ? Optional.empty()
                : Optional.ofNullable(text.view().variables().get(tag.head()));
    }

    /** Whether it names the row or item for which something is done. */
    boolean isEach() {
        return section.isEmpty() && tag.head().equals(Scope.EACH);
    }

    /** Whether it names something about the run. */
    boolean isRun() {
        return tag.head().equals(Scope.RUN);
    }

    /** The fact behind the remembered name, if it is one that is known here. */
    Optional<Name> remembered() {
        return section.isPresent()
                ? Optional.empty()
                : Optional.ofNullable(text.view().remembered().get(tag.head()));
    }

    /** The fact whose rows the section goes through; empty outside of sections, and in those over a list. */
    Optional<Name> sectionFact() {
        return section.map(open -> text.view().remembered().get(open.head()));
    }

    /** Whether it names a column of the row of its section; also when nobody can tell which columns there are. */
    boolean ofRow() {
        if (section.isEmpty() || tag.path().equals(Tag.ITEM)) {
            return section.isPresent();
        }
        Optional<Name> fact = sectionFact();
        return fact.isPresent()
                && Columns.of(text.view().runbook(), fact.get().text())
                        .map(columns -> columns.stream().anyMatch(tag.path()::equalsIgnoreCase))
                        .orElse(!text.view().variables().containsKey(tag.head()));
    }

    /** Every tag of all texts of a runbook. */
    static Stream<TagUse> of(Runbook runbook) {
        return TextUse.of(runbook).stream().flatMap(text -> text.tags().stream());
    }
}
