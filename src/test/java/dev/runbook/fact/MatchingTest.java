package dev.runbook.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MatchingTest {
    private static final Value NONE = Value.NOTHING;
    private static final Value EMPTY = Value.of(List.<String>of());
    private static final Criterion LIKE =
            new Criterion.Like(Pattern.compile(".*:pool", Pattern.CASE_INSENSITIVE), "*:pool");

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @MethodSource
    void comparesAsTheLanguageSays(Criterion wanted, Value found, Matching.Match expected) {
        assertThat(Matching.match(wanted, found)).isEqualTo(expected);
    }

    static Stream<Arguments> comparesAsTheLanguageSays() {
        return Stream.of(
                of(equal(Value.of("ONLINE")), Value.of("online"), Matching.Match.YES),
                of(equal(Value.of("ONLINE")), Value.of("RESTORING"), Matching.Match.NO),
                of(equal(Value.of("1")), Value.of(1), Matching.Match.YES),
                of(equal(Value.of("1.0")), Value.of(1), Matching.Match.YES),
                of(equal(Value.of("one")), Value.of(1), Matching.Match.INCOMPARABLE),
                of(equal(number("1234567890123456789012345")), number("1234567890123456789012345"), Matching.Match.YES),
                of(equal(number("1234567890123456789012345")), number("1234567890123456789012346"), Matching.Match.NO),
                of(equal(Value.of(false)), Value.of(false), Matching.Match.YES),
                of(equal(Value.of(true)), Value.of(1), Matching.Match.YES),
                of(equal(Value.of("0")), Value.of(false), Matching.Match.YES),
                of(equal(Value.of("no")), Value.of(false), Matching.Match.INCOMPARABLE),
                of(equal(Value.of("true")), Value.of("True"), Matching.Match.YES),
                of(equal(NONE), NONE, Matching.Match.YES),
                of(equal(NONE), EMPTY, Matching.Match.YES),
                of(equal(EMPTY), NONE, Matching.Match.YES),
                of(equal(NONE), Value.of("x"), Matching.Match.NO),
                of(equal(Value.of("x")), NONE, Matching.Match.NO),
                of(not(equal(NONE)), NONE, Matching.Match.NO),
                of(not(equal(EMPTY)), Value.of(List.of("a")), Matching.Match.YES),
                of(not(equal(Value.of("x"))), NONE, Matching.Match.YES),
                of(not(equal(Value.of("one"))), Value.of(1), Matching.Match.INCOMPARABLE),
                of(
                        equal(Value.of("{6F9619FF-8B86-D011-B42D-00C04FC964FF}")),
                        Value.of("6f9619ff-8b86-d011-b42d-00c04fc964ff"),
                        Matching.Match.YES),
                of(equal(Value.of(List.of("a", "b"))), Value.of(List.of("B", "A")), Matching.Match.YES),
                of(equal(Value.of(List.of("a", "b"))), Value.of(List.of("a")), Matching.Match.NO),
                of(equal(Value.of(List.of("a"))), Value.of(List.of("a", "b")), Matching.Match.NO),
                of(equal(Value.of(List.of("a"))), Value.of("A"), Matching.Match.YES),
                of(equal(Value.of("a")), Value.of(List.of("a")), Matching.Match.YES),
                of(new Criterion.OneOf(List.of(Value.of("a"), NONE)), NONE, Matching.Match.YES),
                of(new Criterion.OneOf(List.of(Value.of("a"), Value.of("b"))), Value.of("B"), Matching.Match.YES),
                of(new Criterion.OneOf(List.of(Value.of("a"))), Value.of("c"), Matching.Match.NO),
                of(LIKE, Value.of("PersistentChatServer:POOL"), Matching.Match.YES),
                of(LIKE, Value.of("x"), Matching.Match.NO),
                of(LIKE, NONE, Matching.Match.NO),
                of(LIKE, Value.of(List.of("x:pool")), Matching.Match.INCOMPARABLE),
                of(new Criterion.AtLeast(BigDecimal.ONE), Value.of(1), Matching.Match.YES),
                of(new Criterion.AtLeast(BigDecimal.ONE), Value.of("0.5"), Matching.Match.NO),
                of(new Criterion.AtLeast(BigDecimal.ONE), NONE, Matching.Match.NO),
                of(new Criterion.AtMost(BigDecimal.ONE), Value.of("much"), Matching.Match.INCOMPARABLE),
                of(new Criterion.AtMost(BigDecimal.ONE), Value.of(true), Matching.Match.YES));
    }

    private static Arguments of(Criterion wanted, Value found, Matching.Match expected) {
        return Arguments.of(wanted, found, expected);
    }

    private static Criterion equal(Value value) {
        return new Criterion.Equal(value);
    }

    private static Criterion not(Criterion criterion) {
        return new Criterion.Not(criterion);
    }

    private static Value number(String digits) {
        return new Value.Number(new BigDecimal(digits));
    }
}
