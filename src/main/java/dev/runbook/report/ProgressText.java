package dev.runbook.report;

import java.util.Locale;

/** How far something long is, in a few characters: {@code 40 %}, {@code 1.2 of 4.1 GB}. */
public final class ProgressText {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private ProgressText() {}

    /**
     * So much is done.
     *
     * @param done how much, in {@code unit}
     * @param total of how much; 0 where nobody knows
     * @param unit {@code %} or {@code bytes}
     */
    public static String of(long done, long total, String unit) {
        if (!unit.equals("bytes")) {
            return done + " " + unit;
        }
        return total > 0 ? bytes(done) + " of " + bytes(total) : bytes(done);
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
