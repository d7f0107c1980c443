package dev.runbook.fact;

import dev.runbook.base.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Compares a value that was found with what was wanted. Texts are compared without regard to case, numbers by value whatever
 * their length, a bit and a truth alike, GUIDs with and without braces alike, null and the empty list alike.
 */
final class Matching {
    private static final Pattern GUID =
            Pattern.compile("\\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}?");

    private Matching() {}

    /** Whether the value is as wanted. A null satisfies nothing but {@code null} and {@code not}. */
    static Match match(Criterion wanted, Value found) {
        if (wanted instanceof Criterion.Not not) {
            return match(not.criterion(), found).negated();
        }
        if (wanted instanceof Criterion.NoNumber) {
            return Match.INCOMPARABLE;
        }
        if (wanted instanceof Criterion.Equal equal) {
            return equal(equal.value(), found);
        }
        if (wanted instanceof Criterion.OneOf oneOf) {
            return oneOf(oneOf.values(), found);
        }
        if (isNothing(found)) {
            return Match.NO;
        }
        if (wanted instanceof Criterion.Like like) {
            return found instanceof Value.Items || found instanceof Value.Fields
                    ? Match.INCOMPARABLE
                    : Match.of(like.pattern().matcher(found.text()).matches());
        }
        return within(wanted, found);
    }

    private static Match within(Criterion wanted, Value found) {
        Optional<BigDecimal> number = number(found);
        if (number.isEmpty()) {
            return Match.INCOMPARABLE;
        }
        return wanted instanceof Criterion.AtLeast least
                ? Match.of(number.get().compareTo(least.bound()) >= 0)
                : Match.of(number.get().compareTo(((Criterion.AtMost) wanted).bound()) <= 0);
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
            return truth(wanted).map(value -> Match.of(value == truth.value())).orElse(Match.INCOMPARABLE);
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

    /** Whether a value is as wanted. */
    enum Match {
        /** It is. */
        YES,
        /** It is not. */
        NO,
        /** A value of this kind cannot be compared with what was wanted; an error, not a no. */
        INCOMPARABLE;

        static Match of(boolean matches) {
            return matches ? YES : NO;
        }

        /** The opposite; what cannot be compared stays so. */
        Match negated() {
            return switch (this) {
                case YES -> NO;
                case NO -> YES;
                case INCOMPARABLE -> INCOMPARABLE;
            };
        }
    }
}
