package dev.runbook.terminal;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Answers with what was given beforehand, each at exactly the question that it names and once, and leaves every other question to
 * somebody else. An answer is worth nothing any more once it has expired, or what it was given for has changed: both are looked at
 * when its turn comes.
 */
public final class GivenAnswers implements Operator {
    private final Map<String, Given> open = new HashMap<>();
    private final Clock clock;
    private final Consumer<String> teller;
    private final Operator otherwise;
    private Optional<String> voided = Optional.empty();

    /**
     * An answer that was given beforehand.
     *
     * @param key what it answers: {@link Question#key}
     * @param answer what, and who gave it by what way
     * @param expires from when on it is worth nothing
     * @param seen the {@link Question#id} of the questions that whoever gave it has seen, one of which this must be; empty
     *     where it is given for whatever is asked under that key
     * @param account whose answer it is, as far as the system vouches for that; empty where nobody knows
     * @param standing the {@link Question#id} of the question at which the run stood when it was given; empty where it stood at
     *     none
     */
    public record Given(
            String key,
            Reply.Answered answer,
            Optional<Instant> expires,
            Set<String> seen,
            Optional<String> account,
            Optional<String> standing) {
        /** Copies the set. */
        public Given {
            seen = Set.copyOf(seen);
        }

        /** An answer to whatever is asked under that key. */
        public Given(String key, Reply.Answered answer, Optional<Instant> expires) {
            this(key, answer, expires, Set.of(), Optional.empty(), Optional.empty());
        }

        private String words() {
            return "the answer \"" + answer.text() + "\" to " + key + " (" + answer.by() + ")";
        }
    }

    /**
     * Answers given beforehand.
     *
     * @param given one for each key
     * @param clock tells whether one has expired
     * @param teller takes a line for people where one is not used
     * @param otherwise who is asked for the rest
     */
    public GivenAnswers(List<Given> given, Clock clock, Consumer<String> teller, Operator otherwise) {
        given.forEach(each -> open.put(each.key(), each));
        this.clock = clock;
        this.teller = teller;
        this.otherwise = otherwise;
    }

    @Override
    public Reply ask(Question question) {
        Optional<Given> given = Optional.of(question)
                .filter(asked -> asked.kind().isWord())
                .flatMap(asked -> Optional.ofNullable(open.remove(asked.key())));
        Optional<String> why = given.flatMap(answer -> whyNot(answer, question));
        why.ifPresent(reason -> {
            String line = "Not used: " + given.get().words() + ". " + reason;
            teller.accept(line);
        });
        return given.filter(unused -> why.isEmpty()).<Reply>map(Given::answer).orElseGet(() -> otherwise.ask(question));
    }

    private Optional<String> whyNot(Given given, Question question) {
        return voided.or(() -> given.expires().flatMap(this::expired))
                .or(() -> unseen(given, question))
                .or(() -> unfit(given, question));
    }

    private static Optional<String> unfit(Given given, Question question) {
        Question.Terms terms = question.terms();
        if (!terms.inAdvance() && !given.standing().equals(Optional.of(question.id()))) {
            return Optional.of("This can be answered only once it is asked.");
        }
        if (terms.notFrom().isEmpty()) {
            return Optional.empty();
        }
        String wanted = "Another account than the one that began the run has to answer";
        return given.account()
                .map(account -> terms.allow(account)
                        ? Optional.<String>empty()
                        : Optional.of(wanted + ", and this is the answer of " + account + "."))
                .orElseGet(() -> Optional.of(wanted + ", and nobody knows whose answer this is."));
    }

    private static Optional<String> unseen(Given given, Question question) {
        return given.seen().isEmpty() || given.seen().contains(question.id())
                ? Optional.empty()
                : Optional.of("It was given for the question "
                        + String.join(" or ", new TreeSet<>(given.seen())) + " (--seen), and this is "
                        + question.id() + ": it is another one by now. Look at it, and answer it anew.");
    }

    private Optional<String> expired(Instant end) {
        Instant now = clock.instant();
        return now.isBefore(end) ? Optional.empty() : Optional.of("It expired at " + end + "; it is " + now + " now.");
    }

    /** What was given is worth nothing from now on, for it was given for something else. */
    public void voidAll(String why) {
        voided = Optional.of(why);
    }

    /** What was given and nobody asked for, a line each. */
    public List<String> unused() {
        return open.values().stream()
                .map(given -> "Not used: " + given.words() + ". " + voided.orElse("Nothing asked for it."))
                .sorted()
                .toList();
    }

    /**
     * Who answers in a rehearsal. What a step asks is answered with yes, unless a person wants to answer; every other question needs a
     * person even there: a step that fails is what a rehearsal is for. What people do by hand when they say yes is done here, for
     * nobody else would do it.
     */
    public static final class RehearsalOperator implements Operator {
        /** By whom the answers are, in the journal. */
        public static final String NAME = "the rehearsal";

        private final Operator person;
        private final boolean asks;
        private final Consumer<String> confirmed;

        /**
         * Somebody who answers in a rehearsal.
         *
         * @param person who is asked what the rehearsal does not answer
         * @param asks whether that person is asked everything
         * @param confirmed hears the id of each step that was agreed to
         */
        public RehearsalOperator(Operator person, boolean asks, Consumer<String> confirmed) {
            this.person = person;
            this.asks = asks;
            this.confirmed = confirmed;
        }

        @Override
        public Reply ask(Question question) {
            boolean own = question.kind() == Question.Kind.CONFIRM || question.kind() == Question.Kind.AGAIN;
            Reply reply = own && !asks ? new Reply.Answered(question.expected(), "", NAME) : person.ask(question);
            if (own && reply instanceof Reply.Answered answer && question.isYes(answer.text())) {
                confirmed.accept(question.subject());
            }
            return reply;
        }
    }
}
