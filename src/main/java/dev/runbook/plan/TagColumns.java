package dev.runbook.plan;

import dev.runbook.language.Runbook;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.template.Scope;
import dev.runbook.template.Tag;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Collects the columns that the tags of a runbook name: those after a dot, and those inside of sections. */
public final class TagColumns {
    private final Runbook runbook;

    private TagColumns(Runbook runbook) {
        this.runbook = runbook;
    }

    /** The columns, in the order in which they are met. */
    public static Set<String> of(Runbook runbook) {
        TagColumns columns = new TagColumns(runbook);
        Stream<Text> texts = Stream.concat(
                runbook.steps().stream().flatMap(Texts::of),
                runbook.facts().values().stream().flatMap(Texts::of));
        Set<String> all = new LinkedHashSet<>();
        texts.flatMap(text -> Tag.in(text).stream())
                .filter(tag -> tag.kind() == Tag.Kind.VALUE && !tag.head().equals(Scope.RUN))
                .forEach(tag -> columns.column(tag).ifPresent(all::add));
        return all;
    }

    /** After the dot of rows; the whole path where it names nothing, since it then names a column of a section. */
    private Optional<String> column(Tag tag) {
        if (runbook.variables().containsKey(tag.head()) || tag.path().equals(Tag.ITEM)) {
            return Optional.empty();
        }
        return isRows(tag.head()) ? tag.rest() : Optional.of(tag.path());
    }

    private boolean isRows(String name) {
        return name.equals(Scope.EACH)
                || runbook.steps().stream().anyMatch(step -> step.remember().containsKey(name));
    }
}
