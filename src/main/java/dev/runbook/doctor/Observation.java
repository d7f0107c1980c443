package dev.runbook.doctor;

import java.util.Optional;

/**
 * What was seen of one thing.
 *
 * @param verdict what it means for a run
 * @param subject what was looked at
 * @param words what was seen
 * @param advice what to do about it
 */
public record Observation(Verdict verdict, String subject, String words, Optional<String> advice) {
    /** What it means for a run. */
    public enum Verdict {
        /** It is as it should be. */
        OK("ok"),
        /** It works, and is worth knowing before the night. */
        NOTE("note"),
        /** A run would fail over it. */
        WRONG("WRONG"),
        /** It could not be looked at from here. */
        UNKNOWN("not seen");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** For people. */
        public String word() {
            return word;
        }
    }

    static Observation ok(String subject, String words) {
        return new Observation(Verdict.OK, subject, words, Optional.empty());
    }

    static Observation of(Verdict verdict, String subject, String words, String advice) {
        return new Observation(verdict, subject, words, Optional.of(advice));
    }
}
