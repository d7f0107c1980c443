package dev.runbook.endpoint.operator;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     */
    public record Given(String key, Reply.Answered answer, Optional<Instant> expires) {
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
        Optional<String> why = given.flatMap(this::whyNot);
        why.ifPresent(reason -> {
            String line = "Not used: " + given.get().words() + ". " + reason;
            teller.accept(line);
        });
        return given.filter(unused -> why.isEmpty()).<Reply>map(Given::answer).orElseGet(() -> otherwise.ask(question));
    }

    private Optional<String> whyNot(Given given) {
        return voided.or(() -> given.expires().flatMap(this::expired));
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
}
