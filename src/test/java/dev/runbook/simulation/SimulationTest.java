package dev.runbook.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.language.RunbookReader;
import dev.runbook.lint.Linter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Runs of drawn runbooks through drawn trouble: {@code -Dsimulation.seed=N} plays one seed and tells it in full. */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 500);
    private static final long FIRST = Long.getLong("simulation.first", 0);
    private static final boolean WHOLE = Boolean.getBoolean("simulation.whole");
    private static final Path SHRUNK = Path.of("target/simulation");
    private static final Path EVIDENCE = Path.of("docs/evidence/simulation.md");
    /** So many failing seeds are made small; the others are named. */
    private static final int TOLD = Integer.getInteger("simulation.told", 3);

    private static final int TOLD_EVERY = 500;
    private static final int CHUNK = 50;
    /** The rules are held against the runbook of one seed in so many; the others are read alone. */
    private static final int LINTED = 10;

    private final Map<String, Integer> tally = new ConcurrentSkipListMap<>();
    private final Map<Long, String> failed = new ConcurrentSkipListMap<>();
    private final AtomicInteger played = new AtomicInteger();
    private final long begun = System.nanoTime();

    @Test
    void whateverHappensARunKnowsWhatItDidAndSaysWhatIsSo() throws IOException {
        Long one = Long.getLong("simulation.seed");
        if (one != null) {
            Simulation.Outcome outcome = Simulation.play(Script.of(one), new Linter()::read);
            System.out.println(Script.of(one).told() + outcome.told());
            assertThat(outcome.violations()).isEmpty();
            return;
        }
        LongStream.rangeClosed(0, (SEEDS - 1) / CHUNK).parallel().forEach(chunk -> {
            RunbookReader reader = new RunbookReader();
            Linter linter = new Linter();
            LongStream.range(chunk * CHUNK, Math.min(SEEDS, (chunk + 1) * CHUNK))
                    .map(seed -> FIRST + seed)
                    .forEach(seed -> take(
                            seed, Simulation.play(Script.of(seed), seed % LINTED == 0 ? linter::read : reader::read)));
        });
        for (long seed : failed.keySet().stream().limit(TOLD).toList()) {
            String told = told(seed);
            keep("seed-" + seed + ".txt", told);
            System.out.println(told);
        }
        failed.forEach((seed, sentences) -> System.out.println("seed " + seed + ": " + sentences));
        System.out.println(
                table() + "in " + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s");
        if (WHOLE) {
            // what people have written below the table stays
            String before = Files.exists(EVIDENCE) ? Files.readString(EVIDENCE) : "";
            int below = before.indexOf("\n## ");
            Files.writeString(EVIDENCE, table() + (below < 0 ? "" : before.substring(below)));
        }
        assertThat(failed).isEmpty();
    }

    @Test
    void aComputerThatDiesAtAnyLineLeavesARunThatGetsToItsEnd() {
        RunbookReader loader = new RunbookReader();
        Script.StepSpec copy = new Script.StepSpec(1, Script.Action.COPY, Script.Back.BUILT_IN, 1, 0, 0);
        Script.StepSpec rows = new Script.StepSpec(2, Script.Action.EACH_ROW, Script.Back.ACTION, 2, 0, 0);
        for (Script.Typed then : List.of(Script.Typed.RESUME, Script.Typed.ROLLBACK)) {
            Script calm = new Script(
                    List.of(copy, rows),
                    List.of(),
                    List.of(),
                    new Script.Command(Script.Typed.RUN, 0),
                    List.of(new Script.Command(then, 0)),
                    then == Script.Typed.ROLLBACK);
            List<Integer> lines = Simulation.play(calm, loader::read).lines();
            assertThat(lines).hasSizeGreaterThan(15);
            for (int line : lines) {
                for (Script.What dies : List.of(Script.What.CRASH_WRITTEN, Script.What.CRASH_TORN)) {
                    Simulation.Outcome outcome =
                            Simulation.play(calm.with(new Script.Happening(line, dies, line * 7)), loader::read);
                    assertThat(outcome.violations()).as(outcome.told()).isEmpty();
                }
            }
        }
    }

    private void take(long seed, Simulation.Outcome outcome) {
        outcome.tally().forEach((name, times) -> tally.merge(name, times, Integer::sum));
        if (!outcome.violations().isEmpty()) {
            failed.put(seed, outcome.violations().toString());
            System.out.println("seed " + seed + ": " + outcome.violations());
        }
        if (played.incrementAndGet() % TOLD_EVERY == 0) {
            System.out.println(played + " played in "
                    + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s, failed: " + failed.keySet());
            keep("so-far-from-" + FIRST + ".md", table());
        }
    }

    private static void keep(String name, String text) {
        try {
            Files.createDirectories(SHRUNK);
            Files.writeString(SHRUNK.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was reached. */
    private String table() {
        StringBuilder table =
                new StringBuilder("# Simulated runs\n\nWritten by `SimulationTest` (`mvn test -Dtest=SimulationTest"
                        + " -Dsimulation.whole=true -Dsimulation.seeds=" + SEEDS + " -Dsimulation.first=" + FIRST
                        + "`).\nA seed makes a runbook, what happens to it, what people type and answer, and how they"
                        + " change the runbook and its values. The invariants are\nlooked at while the run goes on,"
                        + " after each process and at its end.\n\n"
                        + played + " seeds from " + FIRST + ", " + failed.size()
                        + " of them failed"
                        + (failed.isEmpty() ? "" : ": " + failed.keySet())
                        + ".\n\n| kind | what | times |\n|---|---|---|\n");
        tally.forEach((name, times) -> table.append("| ")
                .append(name.replace("/", " | ").toLowerCase(Locale.ROOT).replace('_', ' '))
                .append(" | ")
                .append(times)
                .append(" |\n"));
        return table.toString();
    }

    private static String told(long seed) {
        Linter linter = new Linter();
        Script least = Shrinking.least(Script.of(seed), script -> Simulation.play(script, linter::read));
        Simulation.Outcome shown = Simulation.play(least, linter::read);
        return "seed " + seed + ": " + shown.violations() + "\n" + least.told() + "\n" + shown.told() + "\n";
    }
}
