package dev.runbook.process;

import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Work;
import dev.runbook.journal.JournalReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Kills a run at a moment, resumes it until it is done, and decides what is in doubt as somebody would who looked. */
final class KilledCase {
    /** A run that is not done by then will never be. */
    private static final int MOST_RESUMPTIONS = 8;

    private static final int DONE = 0;
    private static final int IN_DOUBT = 6;
    private static final Duration GLANCE = Duration.ofMillis(2);

    private final Kill kill;
    private final Drill drill;
    private final List<Integer> exits = new ArrayList<>();
    private final List<String> decided = new ArrayList<>();
    private final StringBuilder printed = new StringBuilder();

    private KilledCase(Kill kill, Drill drill) {
        this.kill = kill;
        this.drill = drill;
    }

    /**
     * What came of it.
     *
     * @param kill the moment
     * @param struck the last event before it, and its step; empty when the run was over before
     * @param exits what each resumption ended with, those apart that were killed
     * @param decided the steps that were in doubt, and were decided
     * @param wrong what is not as it should be; empty when all is well
     * @param printed by all processes
     */
    record Outcome(
            Kill kill,
            Optional<String> struck,
            List<Integer> exits,
            List<String> decided,
            List<String> wrong,
            String printed) {
        /** What of it is kept. */
        CrashRow row() {
            String moment = kill.procedure().runbook() + " | " + struck.orElse("over before it was killed");
            return new CrashRow(kill.seed(), moment, kill.resumedLine() > 0, !decided.isEmpty(), !wrong.isEmpty());
        }
    }

    static Outcome of(Kill kill, Path folder) {
        try (Drill drill = kill.procedure().drill(folder, Drill.Pace.FAST)) {
            return new KilledCase(kill, drill).outcome();
        }
    }

    private Outcome outcome() {
        try (Program run = kill.procedure().begin(drill)) {
            strike(run, kill.line());
            printed.append(run.printed());
        }
        Optional<String> struck = lastEvent();
        if (struck.isPresent() && kill.resumedLine() > 0) {
            try (Program run = kill.procedure().resume(drill, drill.onlyRun())) {
                strike(run, kill.resumedLine());
                printed.append(run.printed());
            }
        }
        while (!isOver() && exits.size() < MOST_RESUMPTIONS) {
            resume();
        }
        return new Outcome(kill, struck, exits, decided, wrong(), printed.toString());
    }

    private void resume() {
        List<String> decision = new ArrayList<>();
        inDoubt().ifPresent(step -> {
            decided.add(step);
            decision.addAll(List.of("--decide", step + "=retry"));
        });
        try (Program run = journalIsThere()
                ? kill.procedure().resume(drill, drill.onlyRun(), decision.toArray(String[]::new))
                : kill.procedure().begin(drill)) {
            Program.Ended ended = run.end();
            exits.add(ended.exit());
            printed.append(ended.printed());
        }
    }

    /** Kills the run so long behind that line of its journal, unless it ends before. */
    private void strike(Program run, int line) {
        while (run.isAlive() && lines() < line) {
            pause(GLANCE);
        }
        pause(Duration.ofMillis(kill.millis()));
        run.kill();
    }

    private List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        if (!isOver()) {
            wrong.add("not done after " + exits);
            return wrong;
        }
        if (!exits.isEmpty() && exits.get(exits.size() - 1) != DONE) {
            wrong.add("ended with " + exits);
        }
        exits.stream()
                .limit(Math.max(0, exits.size() - 1L))
                .filter(exit -> exit != IN_DOUBT)
                .forEach(exit -> wrong.add("a resumption ended with " + exit));
        if (!drill.projection().equals(kill.procedure().uninterrupted())) {
            wrong.add("the estate is another:\n" + drill.projection());
        }
        for (String step : kill.procedure().unrepeatable()) {
            List<String> sent = Drill.sent(drill.onlyRun(), step);
            if (!decided.contains(step) && sent.stream().distinct().count() < sent.size()) {
                wrong.add("step " + step + " sent twice: " + sent);
            }
        }
        return wrong;
    }

    private boolean isOver() {
        return journalIsThere() && events().stream().anyMatch(KilledCase::isEndOfAll);
    }

    private static boolean isEndOfAll(RunEvent event) {
        return event instanceof RunEvent.RunStopped stopped && stopped.ending() == Ending.DONE;
    }

    /** The step of which the last process said that it is in doubt. */
    private Optional<String> inDoubt() {
        if (exits.isEmpty() || exits.get(exits.size() - 1) != IN_DOUBT) {
            return Optional.empty();
        }
        return events().stream()
                .filter(RunEvent.StepInDoubt.class::isInstance)
                .map(event -> ((RunEvent.StepInDoubt) event).step())
                .reduce((before, last) -> last);
    }

    private Optional<String> lastEvent() {
        if (isOver()) {
            return Optional.empty();
        }
        if (!journalIsThere()) {
            return Optional.of("before the run began");
        }
        List<RunEvent> events = events();
        return Optional.of(named(events.get(events.size() - 1)));
    }

    private static String named(RunEvent event) {
        String kind = event.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-");
        return kind.toLowerCase(Locale.ROOT) + step(event).map(" "::concat).orElse("");
    }

    private static Optional<String> step(RunEvent event) {
        if (event instanceof RunEvent.OfStep of) {
            return Optional.of(of.step());
        }
        Optional<Work> work = event instanceof RunEvent.Sent sent
                ? Optional.of(sent.work())
                : event instanceof RunEvent.AttemptStarted started
                        ? Optional.of(started.work())
                        : event instanceof RunEvent.CameBack back ? Optional.of(back.work()) : Optional.empty();
        return work.map(Work::step);
    }

    private boolean journalIsThere() {
        List<Path> runs = drill.runs("runs");
        return !runs.isEmpty()
                && new JournalReader().read(runs.get(0).resolve("journal.jsonl")) instanceof JournalReader.Result.Whole;
    }

    private List<RunEvent> events() {
        return Drill.events(drill.onlyRun());
    }

    private long lines() {
        List<Path> runs = drill.runs("runs");
        if (runs.isEmpty()) {
            return 0;
        }
        Path journal = runs.get(0).resolve("journal.jsonl");
        try {
            byte[] content = Files.exists(journal) ? Files.readAllBytes(journal) : new byte[0];
            long count = 0;
            for (byte each : content) {
                count += each == '\n' ? 1 : 0;
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
