package dev.runbook.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.engine.OnFailure;
import dev.runbook.engine.PriorDecision;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.JournalReader;
import dev.runbook.rehearsal.scene.FaultSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every step that sends something, with every kind of fault at what it sends: the run ends done, or says that it failed or is
 * in doubt; when it is resumed without the fault, and what is in doubt is decided as it is, everything ends as without the
 * fault.
 *
 * <p>A seeded sample by default; with {@code -Dfaults.all=true} every case. The table is printed.
 */
class FaultTest {
    private static final boolean ALL = Boolean.getBoolean("faults.all");
    private static final int SAMPLE = 10;
    /** So long a statement hangs before somebody cancels it, in real time. */
    private static final Duration PATIENCE = Duration.ofMillis(700);

    @TempDir
    Path folder;

    /** A step, and the beginning of what it sends. */
    private record Case(int begun, String step, String statement, FaultSpec.Kind kind) {}

    @ParameterizedTest(name = "{1}")
    @CsvSource({"dc1-lost, failover", "dc1-rebuilt, failback"})
    void whateverGoesWrongInAStepTheRunSaysSoAndCanGoOn(String scene, String name) throws Exception {
        try (Rig rig = new Rig(folder, scene)) {
            Recording whole = new Recording(rig, Path.of("runbooks", name + ".yaml"));
            Map<String, Map<FaultSpec.Kind, String>> table = new LinkedHashMap<>();
            for (Case one : cases(whole)) {
                table.computeIfAbsent(one.step(), unused -> new LinkedHashMap<>())
                        .put(one.kind(), outcome(whole, one));
            }
            Tables.tell(
                    ALL,
                    "faults-" + name,
                    "Faults in the steps of " + name,
                    List.of("step", "fault at what it sends", "outcome"),
                    rows(table));
        }
    }

    private static List<Case> cases(Recording whole) {
        List<Case> all = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        int begun = 0;
        for (int i = 0; i < whole.moments.size(); i++) {
            RunEvent event = whole.moments.get(i).entry().event();
            begun = event instanceof RunEvent.StepBegun ? i : begun;
            if (event instanceof RunEvent.Sent sent
                    && !sent.text().startsWith("copy ")
                    && seen.add(sent.work().step())) {
                for (FaultSpec.Kind kind : FaultSpec.Kind.values()) {
                    if (applies(kind, sent.text())) {
                        all.add(new Case(begun, sent.work().step(), beginning(sent.text()), kind));
                    }
                }
            }
        }
        if (!ALL) {
            Collections.shuffle(all, new Random(20261121));
            all = all.subList(0, Math.min(SAMPLE, all.size()));
        }
        return all;
    }

    private static boolean applies(FaultSpec.Kind kind, String text) {
        boolean cmdlet = text.matches("[A-Z][a-z]+-Cs.*");
        return switch (kind) {
            case KILL_SHELL -> cmdlet;
            case DROP -> !cmdlet;
            case DISK_FULL -> text.startsWith("BACKUP");
            case ERROR_BEFORE, ANSWER_LOST, HANG -> true;
        };
    }

    /** Up to the parameters: the estate hears those of a procedure under other names. */
    private static String beginning(String text) {
        String[] words = text.split("\\s+");
        int count = words[0].matches("[A-Z][a-z]+-Cs.*") ? 1 : Math.min(2, words.length);
        return String.join(" ", List.of(words).subList(0, count));
    }

    private String outcome(Recording whole, Case one) throws Exception {
        String where = "step " + one.step() + ", " + one.kind() + " at " + one.statement();
        Path journal = whole.cut(one.begun(), one.begun(), "");
        whole.rig.estate.arm(
                new FaultSpec(one.statement(), Optional.empty(), one.kind(), 1, FaultSpec.Complaint.USUAL));
        Ending first =
                one.kind() == FaultSpec.Kind.HANG ? cancelled(whole, journal) : whole.rig.run(whole.runbook, journal);
        whole.rig.estate.disarm();
        Ending last = first;
        for (int again = 0; again < 3 && last != Ending.DONE; again++) {
            last = whole.rig.run(whole.runbook, journal, OnFailure.STOP, decisions(journal, one.kind()), entry -> {});
        }
        assertThat(last).as(where + "\n" + tail(journal)).isEqualTo(Ending.DONE);
        assertThat(whole.rig.estate.projection()).as(where).isEqualTo(whole.projection);
        Files.delete(journal);
        return first == Ending.DONE ? "done" : first.name().toLowerCase(Locale.ROOT) + ", resumed: done";
    }

    /** Somebody presses Ctrl-C twice while nothing moves. */
    private static Ending cancelled(Recording whole, Path journal) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Thread impatient = new Thread(() -> {
            if (!await(over)) {
                whole.rig.control.cancel();
            }
        });
        impatient.start();
        try {
            return whole.rig.run(whole.runbook, journal);
        } finally {
            over.countDown();
            impatient.join();
        }
    }

    private static boolean await(CountDownLatch over) {
        try {
            return over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A person who looked knows whether the effect came about. */
    private static Map<String, PriorDecision> decisions(Path journal, FaultSpec.Kind kind) {
        Map<String, PriorDecision> decisions = new LinkedHashMap<>();
        for (RunEvent event : events(journal)) {
            if (event instanceof RunEvent.StepInDoubt doubt) {
                decisions.put(
                        doubt.step(),
                        kind == FaultSpec.Kind.ANSWER_LOST
                                ? new PriorDecision(Decision.DONE_BY_HAND, "seen")
                                : new PriorDecision(Decision.RETRY, ""));
            } else if (event instanceof RunEvent.StepDone done) {
                decisions.remove(done.step());
            }
        }
        return decisions;
    }

    private static List<List<String>> rows(Map<String, Map<FaultSpec.Kind, String>> table) {
        List<List<String>> rows = new ArrayList<>();
        table.forEach((step, row) -> row.forEach((kind, outcome) -> rows.add(List.of(step, kind.word(), outcome))));
        return rows;
    }

    private static String tail(Path journal) {
        List<RunEvent> all = events(journal);
        return all.subList(Math.max(0, all.size() - 8), all.size()).toString();
    }

    private static List<RunEvent> events(Path journal) {
        return ((JournalReader.Result.Whole) new JournalReader().read(journal))
                .read()
                .events();
    }
}
