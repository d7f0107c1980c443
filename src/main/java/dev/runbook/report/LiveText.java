package dev.runbook.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
public record LiveText(RunText.UnderWay step, String doing, List<String> clocks) {
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

    /** What a step does or waits for, in a few words. What changes stands first, so that it is the last to be cut off. */
    public interface Doing {
        /** Nothing that takes long. */
        Doing NOTHING = (step, now) -> step.lost().map(Doing::lost).orElse("");

        /**
         * The words.
         *
         * @param step what is known of the step now
         */
        String text(RunText.UnderWay step, Instant now);

        /** So much is done; {@code total} is 0 where nobody knows. */
        static Doing advanced(long done, long total, String unit) {
            String text = ProgressText.of(done, total, unit);
            return (step, now) -> text;
        }

        /** The other side says something. */
        static Doing said(String message) {
            String first = message.strip().lines().findFirst().orElse("");
            return (step, now) -> first;
        }

        /**
         * It waits.
         *
         * @param condition what has to become so
         * @param why it is not so yet, as a sentence
         * @param end until when it is waited for at most
         */
        static Doing waiting(String condition, String why, Instant end) {
            return (step, now) -> {
                String left = Elapsed.text(Duration.between(now, end));
                return step.lost()
                        .map(lost -> lost(lost) + ", asks for " + left + " more: " + why)
                        .orElseGet(() -> "waits " + left + " at most: " + condition);
            };
        }

        /** It pauses before the next attempt. */
        static Doing pausing(int nextAttempt, Instant end) {
            return (step, now) -> "attempt " + nextAttempt + " follows in " + Elapsed.text(Duration.between(now, end));
        }

        private static String lost(Duration since) {
            return "answer lost " + Elapsed.text(since) + " ago";
        }

        /** How far something long is, in a few characters: {@code 40 % [########------------]}, {@code 1.2 GB of 4.1 GB [#####---...]}. */
        public static final class ProgressText {
            private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

            private static final int BAR = 20;

            private ProgressText() {}

            /**
             * So much is done.
             *
             * @param done how much, in {@code unit}
             * @param total of how much; 0 where nobody knows
             * @param unit {@code %} or {@code bytes}
             */
            static String of(long done, long total, String unit) {
                if (!unit.equals("bytes")) {
                    return done + " " + unit + bar(done, unit.equals("%") ? 100 : total);
                }
                return total > 0 ? bytes(done) + " of " + bytes(total) + bar(done, total) : bytes(done);
            }

            /** {@code  [####------]}, or nothing where the whole is not known. */
            private static String bar(long done, long total) {
                if (total <= 0) {
                    return "";
                }
                int full = (int) Math.min(BAR, Math.max(0, done * BAR / total));
                return " [" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
            }

            private static String bytes(long count) {
                double scaled = count;
                int unit = 0;
                while (scaled >= 1000 && unit < UNITS.length - 1) {
                    scaled /= 1000;
                    unit++;
                }
                return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", scaled, UNITS[unit]);
            }
        }
    }
}
