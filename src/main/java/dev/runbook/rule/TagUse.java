package dev.runbook.rule;

import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Variable;
import dev.runbook.template.Scope;
import dev.runbook.template.Tag;
import java.util.Map;
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
    /** What a tag can name. */
    private enum Meaning {
        /** The item of a section, or a column of its row. */
        OF_TURN,
        /** The row or item for which something is done. */
        EACH,
        /** Rows that a step remembers. */
        REMEMBERED,
        /** Something about the run. */
        RUN,
        /** A variable. */
        VARIABLE
    }

    private boolean means(Meaning meaning) {
        Map<String, Variable> variables = text.view().variables();
        return new Scope.Lookup<>(
                        section.map(open -> path -> Optional.of(Meaning.OF_TURN).filter(own -> isOfTurn(path))),
                        this::declared,
                        name -> name.equals(Scope.RUN) || variables.containsKey(name))
                .find(tag)
                .filter(meaning::equals)
                .isPresent();
    }

    private Optional<Meaning> declared(String name) {
        if (name.equals(Scope.EACH) || name.equals(Scope.RUN)) {
            return Optional.of(name.equals(Scope.EACH) ? Meaning.EACH : Meaning.RUN);
        }
        if (section.isEmpty() && text.view().remembered().containsKey(name)) {
            return Optional.of(Meaning.REMEMBERED);
        }
        return Optional.of(Meaning.VARIABLE)
                .filter(own -> text.view().variables().containsKey(name));
    }

    /** Whether the row of its section has the column, or nobody can tell which columns there are. */
    private boolean isOfTurn(String path) {
        return path.equals(Tag.ITEM)
                || sectionFact()
                        .filter(fact -> FactColumns.of(text.view().runbook(), fact.text())
                                .map(columns -> columns.stream().anyMatch(path::equalsIgnoreCase))
                                .orElse(!text.view().variables().containsKey(tag.head())))
                        .isPresent();
    }

    /** The variable that it names, if it names one. */
    Optional<Variable> variable() {
        return means(Meaning.VARIABLE) ? Optional.of(text.view().variables().get(tag.head())) : Optional.empty();
    }

    /** Whether it names the row or item for which something is done. */
    boolean isEach() {
        return means(Meaning.EACH);
    }

    /** Whether it names something about the run. */
    boolean isRun() {
        return means(Meaning.RUN);
    }

    /** The fact of the remembered name, if it is one that is known here. */
    Optional<Name> remembered() {
        return means(Meaning.REMEMBERED) ? Optional.of(text.view().remembered().get(tag.head())) : Optional.empty();
    }

    /** Whether it names the item of its section or a column of its row; also when nobody can tell which columns there are. */
    boolean ofRow() {
        return means(Meaning.OF_TURN);
    }

    /** The fact whose rows the section goes through; empty outside of sections, and in those over a list. */
    Optional<Name> sectionFact() {
        return section.map(open -> text.view().remembered().get(open.head()));
    }

    /** Every tag of all texts of a runbook. */
    static Stream<TagUse> of(Runbook runbook) {
        return TextUse.of(runbook).stream().flatMap(text -> text.tags().stream());
    }
}
