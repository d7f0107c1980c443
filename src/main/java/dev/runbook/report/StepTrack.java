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
        BY_HAND("BY HAND"),
        SKIPPED("skipped"),
        FAILED("FAILED"),
        IN_DOUBT("IN DOUBT"),
        UNDONE("undone"),
        LEFT("left as it is"),
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
            return this == DONE || this == ALREADY_DONE || this == BY_HAND || this == SKIPPED;
        }
    }

    private final Map<String, FactAsked> unfulfilled = new LinkedHashMap<>();
    private Outcome outcome = Outcome.NOT_RUN;
    private Optional<Instant> begun = Optional.empty();
    private Optional<Instant> ended = Optional.empty();
    private Optional<Instant> turn = Optional.empty();
    private Optional<Instant> lost = Optional.empty();
    private String reason = "";
    private boolean person;
    private int attempts;
    private int items = 1;
    private int item = 1;

    void begin(Instant time) {
        begun = outcome == Outcome.UNDONE || outcome == Outcome.LEFT
                ? Optional.of(time)
                : begun.or(() -> Optional.of(time));
        outcome = Outcome.UNDER_WAY;
        reason = "";
        turn = Optional.empty();
        ended = Optional.empty();
        lost = Optional.empty();
        items = 1;
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

    /** It is about to be run so often. */
    void run(int times) {
        items = times;
        item = 1;
        lost = Optional.empty();
    }

    /** It is run for the thing of that number, counted from 1. */
    void at(int number) {
        item = number;
    }

    /** No answer came, so nobody knows whether it happened. */
    void lose(Instant time) {
        lost = Optional.of(time);
    }

    /** It is taken back, from this moment on. */
    void turnBack(Instant time) {
        if (!turn.equals(Optional.of(time))) {
            turn = Optional.of(time);
            ended = Optional.empty();
            lost = Optional.empty();
            items = 1;
        }
    }

    void end(Instant time, Outcome how, String why, boolean byPerson) {
        outcome = how;
        reason = why;
        person = byPerson;
        ended = Optional.of(time);
    }

    /** A step before it was taken back: what was found here is looked at again. */
    void reopen() {
        outcome = Outcome.NOT_RUN;
        reason = "";
    }

    /** Why it was skipped, done by hand or left as it is, and by whom; empty where it was not. */
    public String reason() {
        return reason;
    }

    /** Whether a person left it out. */
    boolean isSkippedByPerson() {
        return outcome == Outcome.SKIPPED && person;
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

    /** Which of several things it is at, {@code 3 of 5}; empty where there is only one. */
    String position() {
        return items > 1 ? item + " of " + items : "";
    }

    /** Since when it is unknown whether what was sent has happened. */
    Optional<Instant> lost() {
        return lost;
    }

    /** When it began for the first time; empty while it did not. */
    public Optional<Instant> began() {
        return begun;
    }

    /** How long it took, of a step that was taken back the way back; empty while it did not begin. */
    public String time() {
        return since().map(start -> Elapsed.between(start, ended.orElse(start))).orElse("");
    }

    String timeUntil(Instant now) {
        return since().map(start -> Elapsed.between(start, now)).orElse("");
    }

    boolean isTurnedBack() {
        return turn.isPresent();
    }

    private Optional<Instant> since() {
        return turn.or(() -> begun);
    }
}
