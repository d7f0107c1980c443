package dev.runbook.plan;

import dev.runbook.language.Text;
import dev.runbook.template.Fill;
import dev.runbook.template.Scope;
import dev.runbook.template.Tag;
import dev.runbook.template.Tags;
import java.util.Set;

/**
 * Fills texts for people before the run. How often a section over remembered rows repeats is not known then: it stays as
 * written.
 *
 * @param names the remembered names
 */
record LaterRows(Set<String> names) {
    /** Copies the names. */
    LaterRows {
        names = Set.copyOf(names);
    }

    /** Whether a text has a section over rows that are known only later. */
    boolean repeats(Text text) {
        return Tags.of(text).stream().anyMatch(this::opens);
    }

    /** The text with what is known. */
    String fill(Text text, Scope scope) {
        StringBuilder filled = new StringBuilder();
        int from = 0;
        int kept = -1;
        for (Tag tag : Tags.of(text)) {
            if (kept < 0 && opens(tag)) {
                filled.append(part(text, from, tag.start(), scope));
                kept = tag.start();
            } else if (kept >= 0
                    && tag.kind() == Tag.Kind.SECTION_END
                    && text.raw().startsWith("{{#" + tag.path() + "}}", kept)) {
                filled.append(text.raw(), kept, tag.end());
                from = tag.end();
                kept = -1;
            }
        }
        return filled.append(part(text, from, text.raw().length(), scope)).toString();
    }

    private static String part(Text text, int from, int to, Scope scope) {
        return Fill.forPeople(new Text(text.raw().substring(from, to), text.origin()), scope);
    }

    private boolean opens(Tag tag) {
        return tag.kind() == Tag.Kind.SECTION_START && names.contains(tag.path());
    }
}
