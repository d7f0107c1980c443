package dev.runbook.fact;

import dev.runbook.base.Value;
import dev.runbook.language.Expectation.Matcher;
import dev.runbook.language.Written;
import dev.runbook.template.Fill;
import dev.runbook.template.Filled;
import dev.runbook.template.Scope;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A matcher with its tags filled in. A null satisfies nothing but {@code null} and {@code not}. */
sealed interface Criterion {
    /** Whether a value that was found is as wanted. */
    Match match(Value found);

    /** What was wanted, as people read it. */
    String text();

    /** The same value; of a list the same set. */
    record Equal(Value value) implements Criterion {
        @Override
        public Match match(Value found) {
            return Comparison.equal(value, found);
        }

        @Override
        public String text() {
            return Criterion.show(value);
        }
    }

    /** A text of that pattern. */
    record Like(Pattern pattern, String written) implements Criterion {
        @Override
        public Match match(Value found) {
            if (Comparison.isNothing(found)) {
                return Match.NO;
            }
            return found instanceof Value.Items || found instanceof Value.Fields
                    ? Match.INCOMPARABLE
                    : Match.of(pattern.matcher(found.text()).matches());
        }

        @Override
        public String text() {
            return "like " + written;
        }
    }

    /** One of these values. */
    record OneOf(List<Value> values) implements Criterion {
        /** Copies the list. */
        public OneOf {
            values = List.copyOf(values);
        }

        @Override
        public Match match(Value found) {
            return Comparison.oneOf(values, found);
        }

        @Override
        public String text() {
            return "one of " + values.stream().map(Criterion::show).collect(Collectors.joining(", "));
        }
    }

    /** Not so. */
    record Not(Criterion criterion) implements Criterion {
        @Override
        public Match match(Value found) {
            return switch (criterion.match(found)) {
                case YES -> Match.NO;
                case NO -> Match.YES;
                case INCOMPARABLE -> Match.INCOMPARABLE;
            };
        }

        @Override
        public String text() {
            return "not " + criterion.text();
        }
    }

    /** This number or more. */
    record AtLeast(BigDecimal bound) implements Criterion {
        @Override
        public Match match(Value found) {
            return Comparison.within(found, number -> number.compareTo(bound) >= 0);
        }

        @Override
        public String text() {
            return "at least " + bound.toPlainString();
        }
    }

    /** This number or less. */
    record AtMost(BigDecimal bound) implements Criterion {
        @Override
        public Match match(Value found) {
            return Comparison.within(found, number -> number.compareTo(bound) <= 0);
        }

        @Override
        public String text() {
            return "at most " + bound.toPlainString();
        }
    }

    /** A bound that is no number: nothing can be compared with it. */
    record NoNumber(String words, Value bound) implements Criterion {
        @Override
        public Match match(Value found) {
            return Match.INCOMPARABLE;
        }

        @Override
        public String text() {
            return words + " \"" + bound.text() + "\", which is no number";
        }
    }

    /** Whether a value is as wanted. */
    enum Match {
        /** It is. */
        YES,
        /** It is not. */
        NO,
        /** A value of this kind cannot be compared with what was wanted; an error, not a no. */
        INCOMPARABLE;

        private static Match of(boolean matches) {
            return matches ? YES : NO;
        }
    }

    /** Fills a matcher. */
    static Filled<Criterion> of(Matcher matcher, Scope scope) {
        if (matcher instanceof Matcher.Equal equal) {
            return value(equal.value(), scope).map(Equal::new);
        }
        if (matcher instanceof Matcher.SameSet set) {
            return value(new Written.Items(set.values()), scope).map(Equal::new);
        }
        if (matcher instanceof Matcher.OneOf oneOf) {
            return value(oneOf.values(), scope).map(Criterion::oneOf);
        }
        if (matcher instanceof Matcher.Like like) {
            return Fill.pattern(like.pattern(), scope)
                    .map(pattern -> new Like(pattern, Fill.forPeople(like.pattern(), scope)));
        }
        if (matcher instanceof Matcher.Not not) {
            return of(not.matcher(), scope).map(Not::new);
        }
        return matcher instanceof Matcher.AtLeast least
                ? bound("at least", least.bound(), scope, AtLeast::new)
                : bound("at most", ((Matcher.AtMost) matcher).bound(), scope, AtMost::new);
    }

    /** A list that was not given has nothing that could be met. */
    private static Criterion oneOf(Value values) {
        if (values instanceof Value.Items items) {
            return new OneOf(items.values());
        }
        return new OneOf(values instanceof Value.Nothing ? List.of() : List.of(values));
    }

    private static Filled<Criterion> bound(
            String words, Written written, Scope scope, Function<BigDecimal, Criterion> criterion) {
        return value(written, scope)
                .map(value -> Comparison.number(value).map(criterion).orElseGet(() -> new NoNumber(words, value)));
    }

    private static Filled<Value> value(Written written, Scope scope) {
        return Fill.value(written, scope).map((Optional<Value> value) -> value.orElse(Value.NOTHING));
    }

    /** A value as people read it, null and the empty list by name. */
    static String show(Value value) {
        if (value instanceof Value.Nothing) {
            return "null";
        }
        if (value instanceof Value.Items items && items.values().isEmpty()) {
            return "[]";
        }
        // a text that says so is not null, and nobody would see why it does not match
        return value instanceof Value.Text text && text.value().equalsIgnoreCase("null")
                ? "the text \"" + text.value() + "\""
                : value.text();
    }

    /**
     * Compares a value that was found with what was wanted. Texts are compared without regard to case, numbers by value whatever
     * their length, a bit and a truth alike, GUIDs with and without braces alike, null and the empty list alike.
     */
    final class Comparison {
        private static final Pattern GUID =
                Pattern.compile("\\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}?");

        private Comparison() {}

        private static Match within(Value found, Predicate<BigDecimal> bounds) {
            if (isNothing(found)) {
                return Match.NO;
            }
            return number(found).map(value -> Match.of(bounds.test(value))).orElse(Match.INCOMPARABLE);
        }

        private static Match oneOf(List<Value> values, Value found) {
            Match best = Match.NO;
            for (Value value : values) {
                Match match = equal(value, found);
                if (match == Match.YES) {
                    return Match.YES;
                }
                best = match == Match.INCOMPARABLE ? match : best;
            }
            return best;
        }

        private static Match equal(Value wanted, Value found) {
            if (isNothing(wanted) || isNothing(found)) {
                return Match.of(isNothing(wanted) && isNothing(found));
            }
            if (wanted instanceof Value.Items || found instanceof Value.Items) {
                return sameSet(items(wanted), items(found));
            }
            if (found instanceof Value.Fields || wanted instanceof Value.Fields) {
                return Match.INCOMPARABLE;
            }
            if (found instanceof Value.Number number) {
                return number(wanted)
                        .map(value -> Match.of(value.compareTo(number.value()) == 0))
                        .orElse(Match.INCOMPARABLE);
            }
            if (found instanceof Value.Truth truth) {
                return truth(wanted)
                        .map(value -> Match.of(value == truth.value()))
                        .orElse(Match.INCOMPARABLE);
            }
            return text(wanted, found);
        }

        private static Match text(Value wanted, Value found) {
            if (wanted instanceof Value.Number expected) {
                return number(found)
                        .map(value -> Match.of(value.compareTo(expected.value()) == 0))
                        .orElse(Match.INCOMPARABLE);
            }
            return Match.of(fold(wanted.text()).equals(fold(found.text())));
        }

        /** Every member of one is in the other; a shell hands a list of one over as its member. */
        private static Match sameSet(List<Value> wanted, List<Value> found) {
            Match there = contains(found, wanted);
            return there == Match.YES ? contains(wanted, found) : there;
        }

        private static Match contains(List<Value> all, List<Value> members) {
            Match worst = Match.YES;
            for (Value member : members) {
                Match match = oneOf(all, member);
                worst = match == Match.YES ? worst : match;
            }
            return worst;
        }

        private static List<Value> items(Value value) {
            return value instanceof Value.Items items ? items.values() : List.of(value);
        }

        private static boolean isNothing(Value value) {
            return value instanceof Value.Nothing
                    || value instanceof Value.Items items && items.values().isEmpty();
        }

        private static Optional<Boolean> truth(Value value) {
            if (value instanceof Value.Truth truth) {
                return Optional.of(truth.value());
            }
            return switch (value.text().toLowerCase(Locale.ROOT)) {
                case "true", "1" -> Optional.of(true);
                case "false", "0" -> Optional.of(false);
                default -> Optional.empty();
            };
        }

        /** The value as a number; a bit is 0 or 1. */
        static Optional<BigDecimal> number(Value value) {
            if (value instanceof Value.Number number) {
                return Optional.of(number.value());
            }
            if (value instanceof Value.Truth truth) {
                return Optional.of(truth.value() ? BigDecimal.ONE : BigDecimal.ZERO);
            }
            try {
                return Optional.of(new BigDecimal(value.text().trim()));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }

        private static String fold(String text) {
            String folded = text.toLowerCase(Locale.ROOT);
            boolean braced = folded.startsWith("{") && GUID.matcher(folded).matches();
            return braced ? folded.substring(1, folded.length() - 1) : folded;
        }
    }
}
