package dev.runbook.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.lint.Linter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Runs of drawn runbooks through drawn trouble: {@code -Dsimulation.seed=N} plays one seed and tells it in full. */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 500);
    private static final long FIRST = Long.getLong("simulation.first", 0);
    private static final boolean WHOLE = Boolean.getBoolean("simulation.whole");
    private static final Path SHRUNK = Path.of("target/simulation");
    /** So many failing seeds are made small; the others are named. */
    private static final int TOLD = Integer.getInteger("simulation.told", 3);

    private static final int CHUNK = 50;

    private final Map<String, Integer> tally = new ConcurrentSkipListMap<>();
    private final Map<Long, String> failed = new ConcurrentSkipListMap<>();

    @Test
    void whateverHappensARunKnowsWhatItDidAndSaysWhatIsSo() throws IOException {
        Long one = Long.getLong("simulation.seed");
        if (one != null) {
            Simulation.Outcome outcome = Simulation.play(Script.of(one), new Linter());
            System.out.println(Script.of(one).told() + outcome.told());
            assertThat(outcome.violations()).isEmpty();
            return;
        }
        long begun = System.nanoTime();
        LongStream.rangeClosed(0, (SEEDS - 1) / CHUNK).parallel().forEach(chunk -> {
            Linter linter = new Linter();
            LongStream.range(chunk * CHUNK, Math.min(SEEDS, (chunk + 1) * CHUNK))
                    .forEach(seed -> play(FIRST + seed, linter));
        });
        for (long seed : failed.keySet().stream().limit(TOLD).toList()) {
            String told = told(seed);
            Files.createDirectories(SHRUNK);
            Files.writeString(SHRUNK.resolve("seed-" + seed + ".txt"), told);
            System.out.println(told);
        }
        failed.forEach((seed, sentences) -> System.out.println("seed " + seed + ": " + sentences));
        tell(Duration.ofNanos(System.nanoTime() - begun).toSeconds());
        assertThat(failed).isEmpty();
    }

    private void play(long seed, Linter linter) {
        Simulation.Outcome outcome = Simulation.play(Script.of(seed), linter);
        outcome.tally().forEach((name, times) -> tally.merge(name, times, Integer::sum));
        if (!outcome.violations().isEmpty()) {
            failed.put(seed, outcome.violations().toString());
        }
    }

    /** What was reached: printed, and kept where all was played. */
    private void tell(long seconds) throws IOException {
        StringBuilder table =
                new StringBuilder("# Simulated runs\n\nWritten by `SimulationTest` (`-Dsimulation.whole=true`). A"
                        + " seed makes a runbook, what happens to it, what people answer and type. After each process the invariants hold.\n\n"
                        + SEEDS + " seeds from " + FIRST + ", " + failed.size()
                        + " of them failed"
                        + (failed.isEmpty() ? "" : ": " + failed.keySet())
                        + ".\n\n| kind | what | times |\n|---|---|---|\n");
        tally.forEach((name, times) -> table.append("| ")
                .append(name.replace("/", " | ").toLowerCase(Locale.ROOT).replace('_', ' '))
                .append(" | ")
                .append(times)
                .append(" |\n"));
        System.out.println(table + "in " + seconds + " s");
        if (WHOLE) {
            Files.writeString(Path.of("docs/evidence/simulation.md"), table);
        }
    }

    /** The smallest script that breaks the same sentence. */
    private static String told(long seed) {
        Linter linter = new Linter();
        Script least = Script.of(seed);
        Simulation.Outcome shown = Simulation.play(least, linter);
        String kind = kind(shown);
        for (Optional<Script> next = simpler(least, kind, linter);
                next.isPresent();
                next = simpler(least, kind, linter)) {
            least = next.get();
            shown = Simulation.play(least, linter);
        }
        return "seed " + seed + ": " + shown.violations() + "\n" + least.told() + "\n" + shown.told() + "\n";
    }

    private static Optional<Script> simpler(Script script, String kind, Linter linter) {
        return script.simpler()
                .filter(other -> kind(Simulation.play(other, linter)).equals(kind))
                .findFirst();
    }

    /** The sentence without the names in it. */
    private static String kind(Simulation.Outcome outcome) {
        return outcome.violations().stream()
                .findFirst()
                .map(sentence ->
                        sentence.replaceAll("\\bs\\d[a-z]?\\b|\\d+", "#").replaceAll("(?s)\\[.*|sets .*", ""))
                .orElse("");
    }
}
