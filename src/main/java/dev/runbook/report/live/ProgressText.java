package dev.runbook.report.live;

import java.util.Locale;

/** How far something long is, in a few characters: {@code 40 % [########------------]}, {@code 1.2 GB of 4.1 GB [#####---...]}. */
public final class ProgressText {
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
    public static String of(long done, long total, String unit) {
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
