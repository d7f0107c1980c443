package dev.runbook.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every answer to every question that a run of a shipped runbook may ask, from each of its steps on, while the old primary is lost,
 * is back, is back as a mirror, or lets nobody in: the invariants hold after each event and each process. That changes while
 * somebody looks at a screen, or is so already when the run begins.
 *
 * <p>In the failback the old primary is the rebuilt one. While it is lost, has been taken over by its mirror, or lets nobody in,
 * the first step finds that; so one scene is enough, and what was so at first is what the first step finds. Back it cannot
 * come: it is there. Where it came back with the mgc of before the disaster, the first step refuses it ({@link ScenesTest}).
 *
 * <p>A seeded sample by default; with {@code -Dexplore.all=true} all of it, which takes long. The table is printed.
 */
class ExploredDecisionsTest {
    private static final boolean ALL = Boolean.getBoolean("explore.all");
    private static final int SHARES = ALL ? 3 : 1;
    private static final int SAMPLE = 3;
    private static final int PROCESSES = 4;

    /** In which data centre 1 is lost for now, and can come back as it was. */
    private static final String[] LOST = {
        "    encrypt: true\n    agent: {account: 'LITWARE\\sqla-agent', running: true}\n",
        "    running: false\n    agent: {account: 'LITWARE\\sqla-agent', running: true}\n",
        "    agent: {account: 'LITWARE\\sqlam-agent', running: true}\n",
        "    agent: {account: 'LITWARE\\sqlam-agent', running: true}\n    running: false\n"
    };

    @TempDir
    Path folder;

    /**
     * A runbook in a scene.
     *
     * @param name of the table
     */
    private record Case(String name, String runbook, String scene, String... changes) {
        /** Without TLS, which would take most of the time. */
        String in(Path folder) throws IOException {
            List<String> all = new ArrayList<>(List.of(changes));
            all.addAll(List.of("    encrypt: true\n", ""));
            return Variant.of(folder, scene, all.toArray(String[]::new));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("failover, data centre 1 lost at first", "failover", "dc1-answers", LOST),
                new Case("failover, data centre 1 answering at first", "failover", "dc1-answers"),
                new Case("failback, data centre 1 rebuilt", "failback", "dc1-rebuilt"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void whateverPeopleDecideTheInvariantsHold(Case one) throws Exception {
        Exploration.Found found = new Exploration.Found();
        ExecutorService hands = Executors.newFixedThreadPool(SHARES);
        try {
            List<Future<Exploration.Found>> shares = IntStream.range(0, SHARES)
                    .mapToObj(share -> hands.submit(() -> share(one, share)))
                    .toList();
            for (Future<Exploration.Found> share : shares) {
                found.add(share.get());
            }
        } finally {
            hands.shutdownNow();
        }
        Tables.tell(
                ALL,
                "decisions-" + one.name().replaceAll("[^a-z0-9]+", "-"),
                "# Decisions in the " + one.name() + "\n\n"
                        + "Written by `mvn test -Pfull -Dtest=ExploredDecisionsTest`. From"
                        + " each step on, something goes wrong or is asked, and whatever"
                        + " can be answered\n"
                        + "is; then the run is"
                        + " resumed, and taken"
                        + " back."
                        + " " + found.processes()
                        + " processes were played.\n\n"
                        + Tables.table(List.of("what has to be true", "looked at", "broken"), found.invariants()) + "\n"
                        + Tables.table(
                                List.of("step", "question", "answers", "how the process ended"), found.decisions()));
        assertThat(found.broken).isEmpty();
    }

    /** Tries one share of the places, in an estate of its own. */
    private Exploration.Found share(Case one, int share) throws IOException {
        Path own = Files.createDirectories(folder.resolve("share-" + share));
        Random drawing = new Random(20261121);
        try (Exploration exploration = new Exploration(new Rig(own, one.in(own)), one.runbook())) {
            List<Exploration.Start> all = chosen(exploration.starts(), drawing);
            List<Exploration.Start> mine = all.subList(all.size() * share / SHARES, all.size() * (share + 1) / SHARES);
            for (Exploration.Start start : mine) {
                exploration.explore(start, ALL ? Integer.MAX_VALUE : PROCESSES, drawing);
                if (ALL) {
                    System.out.println("share " + share + ", " + (mine.indexOf(start) + 1) + " of " + mine.size() + ", "
                            + exploration.found().processes() + " processes: " + start);
                }
            }
            return exploration.found();
        }
    }

    private static List<Exploration.Start> chosen(List<Exploration.Start> all, Random drawing) {
        if (ALL) {
            return all;
        }
        List<Exploration.Start> some = new ArrayList<>(all);
        Collections.shuffle(some, drawing);
        // most of what is found so ends with the first step, and takes next to nothing
        return Stream.concat(
                        some.stream()
                                .filter(start -> start.how() != Hindrance.How.FOUND)
                                .limit(SAMPLE),
                        all.stream().filter(start -> start.how() == Hindrance.How.FOUND))
                .toList();
    }
}
