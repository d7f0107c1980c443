package dev.runbook.report.live;

import dev.runbook.report.Columns;
import dev.runbook.report.UnderWay;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands in the line of the step under way: a function of what is known and of the room there is. Where not all has room,
 * the title is shortened first, then the blanks that align the line go, then one clock after the other, the last one first. What
 * changes and what is waited for stays longest.
 *
 * @param step the step
 * @param doing what it does or waits for at the moment; may be empty
 * @param clocks beside it, the most important one first
 */
public record LiveText(UnderWay step, String doing, List<String> clocks) {
    /** A title with fewer columns than these tells nothing; a longer one is not worth a clock. */
    private static final int LEAST_TITLE = 16;

    private static final String GAP = "  ";
    private static final String CUT = "...";

    /** Copies the list. */
    public LiveText {
        clocks = List.copyOf(clocks);
    }

    /**
     * The line.
     *
     * @param columns how many there are, at least 1
     */
    public String in(int columns) {
        int least = Math.min(LEAST_TITLE, Columns.of(step.title()));
        for (int shown = clocks.size(); shown >= 0; shown--) {
            String tail = tail(shown);
            for (String head : List.of(step.head(), step.brief())) {
                int room = columns - Columns.of(head + GAP + tail);
                if (room >= least) {
                    return head + GAP + cut(step.title(), room) + tail;
                }
            }
        }
        return cut(step.brief() + tail(0), columns);
    }

    /** What changes and the clocks, without the step, however long that is. */
    public String passing() {
        return tail(clocks.size());
    }

    private String tail(int shown) {
        return Stream.of(step.position(), doing, String.join(", ", clocks.subList(0, shown)))
                .filter(part -> !part.isEmpty())
                .map(GAP::concat)
                .collect(Collectors.joining());
    }

    private static String cut(String text, int room) {
        return Columns.of(text) <= room
                ? text
                : Columns.cut(text, Math.max(0, room - CUT.length())).stripTrailing() + Columns.cut(CUT, room);
    }
}
