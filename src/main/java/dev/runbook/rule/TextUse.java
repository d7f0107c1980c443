package dev.runbook.rule;

import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Text;
import dev.runbook.language.Variable;
import dev.runbook.template.Tag;
import dev.runbook.template.Tags;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A text that will be filled.
 *
 * @param text the text
 * @param place what it is filled for
 * @param view which names its tags can see
 */
public record TextUse(Text text, Place place, View view) {
    /** What a text is filled for. */
    public enum Place {
        /** T-SQL. */
        SQL,
        /** People. */
        PEOPLE,
        /** Parameters of procedures and cmdlets, which are bound as data. */
        PARAMETER,
        /** Paths, comparisons, defaults. */
        DATA
    }

    /** Its tags, each with the section that it stands in. */
    public List<TagUse> tags() {
        List<TagUse> uses = new ArrayList<>();
        Deque<Tag> open = new ArrayDeque<>();
        for (Tag tag : Tags.of(text)) {
            if (tag.kind() == Tag.Kind.SECTION_END) {
                open.poll();
                continue;
            }
            uses.add(new TagUse(tag, Optional.ofNullable(open.peek()), this));
            if (tag.kind() == Tag.Kind.SECTION_START) {
                open.push(tag);
            }
        }
        return uses;
    }

    /**
     * Which names the tags of some text can see.
     *
     * @param runbook the runbook
     * @param owner what the text belongs to
     * @param variables by name: all of them, of a default those that stand above it
     * @param remembered the fact behind each remembered name
     * @param each the fact or list variable for whose rows it is done
     */
    public record View(
            Runbook runbook,
            Owner owner,
            Map<String, Variable> variables,
            Map<String, Name> remembered,
            Optional<Name> each) {
        /** What a text belongs to. */
        public enum Owner {
            /** A step; it sees what it and the steps above remember. */
            STEP,
            /** A fact; it sees nothing remembered. */
            FACT,
            /** The default of a variable; it sees the variables above. */
            DEFAULT
        }

        /** Copies the maps, keeping their order. */
        public View {
            variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
            remembered = Collections.unmodifiableMap(new LinkedHashMap<>(remembered));
        }

        /** The same, inside something that is done for each row of a fact or list. */
        public View forEach(Optional<Name> rows) {
            return new View(runbook, owner, variables, remembered, rows);
        }
    }
}
