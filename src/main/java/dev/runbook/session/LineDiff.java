package dev.runbook.session;

import java.util.ArrayList;
import java.util.List;

/** What changed between two texts, line by line: {@code -} was taken out, {@code +} is new, a blank is the same. */
final class LineDiff {
    private LineDiff() {}

    /** The lines of both, in order. */
    static List<String> of(List<String> before, List<String> now) {
        int[][] common = common(before, now);
        List<String> lines = new ArrayList<>();
        int old = 0;
        int recent = 0;
        while (old < before.size() || recent < now.size()) {
            boolean same = old < before.size()
                    && recent < now.size()
                    && before.get(old).equals(now.get(recent));
            if (same) {
                lines.add("  " + before.get(old));
                old++;
                recent++;
            } else if (recent == now.size()
                    || old < before.size() && common[old + 1][recent] >= common[old][recent + 1]) {
                lines.add("- " + before.get(old++));
            } else {
                lines.add("+ " + now.get(recent++));
            }
        }
        return lines;
    }

    /** How many lines the rests from there on have in common, at most. */
    private static int[][] common(List<String> before, List<String> now) {
        int[][] common = new int[before.size() + 1][now.size() + 1];
        for (int old = before.size() - 1; old >= 0; old--) {
            for (int recent = now.size() - 1; recent >= 0; recent--) {
                common[old][recent] = before.get(old).equals(now.get(recent))
                        ? common[old + 1][recent + 1] + 1
                        : Math.max(common[old + 1][recent], common[old][recent + 1]);
            }
        }
        return common;
    }
}
