package dev.runbook.rule;

import dev.runbook.model.Text;
import dev.runbook.template.Tag;
import dev.runbook.template.Tags;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
}
