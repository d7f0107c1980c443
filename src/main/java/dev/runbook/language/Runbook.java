package dev.runbook.language;

import dev.runbook.base.Source;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A runbook as written: variables, facts and steps.
 *
 * @param source the file
 * @param id kebab-case
 * @param title for people; the id where there is none
 * @param description for people
 * @param pages where the procedure is documented
 * @param rehearsal the scene in which a rehearsal starts
 * @param rto the recovery time objective
 * @param variables by name, in the order written
 * @param facts by name, in the order written
 * @param steps in the order in which they are carried out
 */
public record Runbook(
        Source source,
        Name id,
        Text title,
        Optional<Text> description,
        List<Page> pages,
        Optional<Name> rehearsal,
        Optional<Duration> rto,
        Map<String, Variable> variables,
        Map<String, Fact> facts,
        List<Step> steps) {
    /**
     * A page that documents the procedure.
     *
     * @param title of the page
     * @param url of the page
     */
    public record Page(String title, String url) {}

    /** Copies the collections, keeping their order. */
    public Runbook {
        pages = List.copyOf(pages);
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        steps = List.copyOf(steps);
    }

    /**
     * What the author says about a fact that cannot be asked or is not as required. An error may arise in a fact that this one
     * goes over, and so may the advice for it: advice for the very error counts first, and of each kind the nearest. A fact that
     * holds gives none: what it goes over is told of down to the fact that decided.
     *
     * @param fact its name
     * @param decidedBy the fact that decided it: this one, or one that it goes over; empty where nobody knows
     * @param code of the error; the empty text where there was none
     * @param answered whether what is said for every other error fits too: not where nobody answered
     */
    public Optional<Text> adviceOn(String fact, Optional<String> decidedBy, String code, boolean answered) {
        List<Fact> all = Stream.iterate(
                        facts.get(fact),
                        Objects::nonNull,
                        one -> one.forEach().map(name -> facts.get(name.text())).orElse(null))
                .limit(facts.size())
                .toList();
        List<String> names = all.stream().map(one -> one.name().text()).toList();
        List<Fact> chain = all.subList(
                0,
                decidedBy
                        .map(names::indexOf)
                        .filter(at -> at >= 0)
                        .map(at -> at + 1)
                        .orElse(all.size()));
        return chain.stream()
                .flatMap(one -> Optional.ofNullable(one.advice().byError().get(code)).stream())
                .findFirst()
                .or(() -> chain.stream()
                        .filter(unused -> answered)
                        .flatMap(one -> one.advice().otherwise().stream())
                        .findFirst());
    }

    /** The step of that id, if there is one. */
    public Optional<Step> step(String stepId) {
        return steps.stream().filter(step -> step.id().text().equals(stepId)).findFirst();
    }
}
