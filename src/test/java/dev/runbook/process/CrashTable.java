package dev.runbook.process;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    static String of(List<KilledCase.Outcome> outcomes) {
        Map<String, List<KilledCase.Outcome>> rows =
                outcomes.stream().collect(Collectors.groupingBy(CrashTable::moment, TreeMap::new, Collectors.toList()));
        long wrong =
                outcomes.stream().filter(outcome -> !outcome.wrong().isEmpty()).count();
        long doubt = outcomes.stream()
                .filter(outcome -> !outcome.decided().isEmpty())
                .count();
        long twice = outcomes.stream()
                .filter(outcome -> outcome.kill().resumedLine() > 0)
                .count();
        return HEAD
                + "Runs: %d, of which %d were killed twice. Went on by themselves: %d. In doubt, and decided: %d. Wrong: %d.%n%n"
                        .formatted(outcomes.size(), twice, outcomes.size() - doubt - wrong, doubt, wrong)
                + "| procedure | last event before the kill | runs | went on | in doubt, decided | wrong |\n"
                + "|---|---|---|---|---|---|\n"
                + rows.entrySet().stream()
                        .map(row -> row(row.getKey(), row.getValue()))
                        .collect(Collectors.joining());
    }

    private static String moment(KilledCase.Outcome outcome) {
        return outcome.kill().procedure().runbook() + " | " + outcome.struck().orElse("over before it was killed");
    }

    private static String row(String moment, List<KilledCase.Outcome> outcomes) {
        List<Integer> wrong = outcomes.stream()
                .filter(outcome -> !outcome.wrong().isEmpty())
                .map(outcome -> outcome.kill().seed())
                .toList();
        long doubt = outcomes.stream()
                .filter(outcome ->
                        outcome.wrong().isEmpty() && !outcome.decided().isEmpty())
                .count();
        return "| %s | %d | %d | %d | %s |%n"
                .formatted(
                        moment,
                        outcomes.size(),
                        outcomes.size() - doubt - wrong.size(),
                        doubt,
                        wrong.isEmpty() ? "0" : "seeds " + wrong);
    }
}
