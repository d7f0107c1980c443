package dev.runbook.process;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What came of many kills, as a table for people. */
final class CrashTable {
    private static final String HEAD = """
            # Killed at any moment

            Written by `KillMomentsTest` (`mvn verify -Pcrash`). Both procedures run as processes of the packaged program against a
            simulated estate that is a process too. Each run is killed with SIGKILL at a moment that a seed draws: behind a line of its
            journal, and up to 80 ms later. Some resumptions are killed as well. Then the run is resumed until it is done. The end is right
            when the estate stands as an uninterrupted run leaves it, no step that must not be repeated was sent twice, and every resumption
            was done or said in doubt.

            """;

    private CrashTable() {}

    static String of(List<CrashRow> rows) {
        long wrong = count(rows, CrashRow::wrong);
        long decided = count(rows, CrashTable::decided);
        String sum =
                "Runs: %d, of which %d were killed twice. Went on by themselves: %d. In doubt, and decided: %d. Wrong: %d.\n\n"
                        .formatted(
                                rows.size(),
                                count(rows, CrashRow::twice),
                                rows.size() - decided - wrong,
                                decided,
                                wrong);
        Map<String, List<CrashRow>> moments =
                rows.stream().collect(Collectors.groupingBy(CrashRow::moment, TreeMap::new, Collectors.toList()));
        return HEAD
                + sum
                + "| procedure | last event before the kill | runs | went on | in doubt, decided | wrong |\n"
                + "|---|---|---|---|---|---|\n"
                + moments.entrySet().stream()
                        .map(moment -> line(moment.getKey(), moment.getValue()))
                        .collect(Collectors.joining());
    }

    private static String line(String moment, List<CrashRow> rows) {
        List<Integer> wrong =
                rows.stream().filter(CrashRow::wrong).map(CrashRow::seed).toList();
        long decided = count(rows, CrashTable::decided);
        return "| %s | %d | %d | %d | %s |\n"
                .formatted(
                        moment,
                        rows.size(),
                        rows.size() - decided - wrong.size(),
                        decided,
                        wrong.isEmpty() ? "0" : "seeds " + wrong);
    }

    private static boolean decided(CrashRow row) {
        return row.doubted() && !row.wrong();
    }

    private static long count(List<CrashRow> rows, Predicate<CrashRow> which) {
        return rows.stream().filter(which).count();
    }
}
