package dev.runbook.template;

import dev.runbook.base.Position;
import dev.runbook.language.Text;
import java.util.List;

/**
 * T-SQL ready to be sent, which still knows where its lines were written.
 *
 * @param text what is sent, and what plan and journal show
 * @param author the text that it was made of
 * @param lines for each line of {@code text}, the offset in {@code author} of its first character
 */
public record FilledSql(String text, Text author, List<Integer> lines) {
    /** Copies the list. */
    public FilledSql {
        lines = List.copyOf(lines);
    }

    /** The place in the author's file of a line of the sent text, counted from 1; a line out of bounds counts as the nearest. */
    public Position position(int line) {
        int index = Math.max(0, Math.min(line, lines.size()) - 1);
        return author.origin().at(lines.get(index));
    }
}
