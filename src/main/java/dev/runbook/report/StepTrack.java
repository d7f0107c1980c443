package dev.runbook.report;

import dev.runbook.event.RunEvent.FactAsked;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a report has seen of a step so far. */
public final class StepTrack {
    /** How a step stands, in the word that is shown. */
    public enum Outcome {
        DONE("done"),
        ALREADY_DONE("already done"),
        SKIPPED("skipped"),
        FAILED("FAILED"),
        IN_DOUBT("IN DOUBT"),
        UNDONE("undone"),
        NOT_UNDONE("NOT UNDONE"),
        UNDER_WAY("begun"),
        NOT_RUN("not run");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        /** The word that is shown. */
        public String word() {
            return word;
        }

        boolean isFinished() {
            return this == DONE || this == ALREADY_DONE || this == SKIPPED;
        }
    }

    private final Map<String, FactAsked> unfulfilled = new LinkedHashMap<>();
    private Outcome outcome = Outcome.NOT_RUN;
    private Optional<Instant> begun = Optional.empty();
    private Optional<Instant> ended = Optional.empty();
    private int attempts;

    void begin(Instant time) {
        outcome = Outcome.UNDER_WAY;
        begun = begun.or(() -> Optional.of(time));
        ended = Optional.empty();
        unfulfilled.clear();
    }

    void asked(FactAsked asked) {
        String clause = asked.phase() + " " + FindingText.clause(asked.fact(), asked.wanted());
        if (FindingText.holds(asked.finding(), asked.wanted())) {
            unfulfilled.remove(clause);
        } else {
            unfulfilled.put(clause, asked);
        }
    }

    void attempt(int number) {
        attempts = number;
    }

    void end(Instant time, Outcome how) {
        outcome = how;
        ended = Optional.of(time);
    }

    /** How the step stands. */
    public Outcome outcome() {
        return outcome;
    }

    int attempts() {
        return attempts;
    }

    /** The facts that were not as wanted when they were last asked. */
    Iterable<FactAsked> unfulfilled() {
        return unfulfilled.values();
    }

    /** When it began for the first time; empty while it did not. */
    public Optional<Instant> began() {
        return begun;
    }

    /** How long it took; empty while it did not begin. */
    public String time() {
        return begun.map(start -> Elapsed.between(start, ended.orElse(start))).orElse("");
    }

    String timeUntil(Instant now) {
        return begun.map(start -> Elapsed.between(start, now)).orElse("");
    }
}
