package dev.runbook.report.page;

import dev.runbook.journal.Entry;
import dev.runbook.report.StepStory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Entries in a row that belong to one step, or to none. A step to which the run came back has several.
 *
 * @param step its id; empty for what concerns the run
 * @param entries in the order in which they were written
 */
record Part(Optional<String> step, List<Entry> entries) {
    /** The parts of a journal, in order. */
    static List<Part> of(List<Entry> entries) {
        List<Part> parts = new ArrayList<>();
        for (Entry entry : entries) {
            Optional<String> step = StepStory.stepOf(entry.event());
            if (parts.isEmpty() || !parts.get(parts.size() - 1).step().equals(step)) {
                parts.add(new Part(step, new ArrayList<>()));
            }
            parts.get(parts.size() - 1).entries().add(entry);
        }
        return parts;
    }
}
