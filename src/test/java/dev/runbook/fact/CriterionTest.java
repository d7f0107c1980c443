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

class CriterionTest {
    private static final Value NONE = Value.NOTHING;
    private static final Value EMPTY = Value.of(List.<String>of());
    private static final Criterion LIKE =
            new Criterion.Like(Pattern.compile(".*:pool", Pattern.CASE_INSENSITIVE), "*:pool");

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @MethodSource
    void comparesAsTheLanguageSays(Criterion wanted, Value found, Criterion.Match expected) {
        assertThat(wanted.match(found)).isEqualTo(expected);
    }

    static Stream<Arguments> comparesAsTheLanguageSays() {
        return Stream.of(
                of(equal(Value.of("ONLINE")), Value.of("online"), Criterion.Match.YES),
                of(equal(Value.of("ONLINE")), Value.of("RESTORING"), Criterion.Match.NO),
                of(equal(Value.of("1")), Value.of(1), Criterion.Match.YES),
                of(equal(Value.of("1.0")), Value.of(1), Criterion.Match.YES),
                of(equal(Value.of("one")), Value.of(1), Criterion.Match.INCOMPARABLE),
                of(
                        equal(number("1234567890123456789012345")),
                        number("1234567890123456789012345"),
                        Criterion.Match.YES),
                of(equal(number("1234567890123456789012345")), number("1234567890123456789012346"), Criterion.Match.NO),
                of(equal(Value.of(false)), Value.of(false), Criterion.Match.YES),
                of(equal(Value.of(true)), Value.of(1), Criterion.Match.YES),
                of(equal(Value.of("0")), Value.of(false), Criterion.Match.YES),
                of(equal(Value.of("no")), Value.of(false), Criterion.Match.INCOMPARABLE),
                of(equal(Value.of("true")), Value.of("True"), Criterion.Match.YES),
                of(equal(NONE), NONE, Criterion.Match.YES),
                of(equal(NONE), EMPTY, Criterion.Match.YES),
                of(equal(EMPTY), NONE, Criterion.Match.YES),
                of(equal(NONE), Value.of("x"), Criterion.Match.NO),
                of(equal(Value.of("x")), NONE, Criterion.Match.NO),
                of(not(equal(NONE)), NONE, Criterion.Match.NO),
                of(not(equal(EMPTY)), Value.of(List.of("a")), Criterion.Match.YES),
                of(not(equal(Value.of("x"))), NONE, Criterion.Match.YES),
                of(not(equal(Value.of("one"))), Value.of(1), Criterion.Match.INCOMPARABLE),
                of(
                        equal(Value.of("{6F9619FF-8B86-D011-B42D-00C04FC964FF}")),
                        Value.of("6f9619ff-8b86-d011-b42d-00c04fc964ff"),
                        Criterion.Match.YES),
                of(equal(Value.of(List.of("a", "b"))), Value.of(List.of("B", "A")), Criterion.Match.YES),
                of(equal(Value.of(List.of("a", "b"))), Value.of(List.of("a")), Criterion.Match.NO),
                of(equal(Value.of(List.of("a"))), Value.of(List.of("a", "b")), Criterion.Match.NO),
                of(equal(Value.of(List.of("a"))), Value.of("A"), Criterion.Match.YES),
                of(equal(Value.of("a")), Value.of(List.of("a")), Criterion.Match.YES),
                of(new Criterion.OneOf(List.of(Value.of("a"), NONE)), NONE, Criterion.Match.YES),
                of(new Criterion.OneOf(List.of(Value.of("a"), Value.of("b"))), Value.of("B"), Criterion.Match.YES),
                of(new Criterion.OneOf(List.of(Value.of("a"))), Value.of("c"), Criterion.Match.NO),
                of(LIKE, Value.of("PersistentChatServer:POOL"), Criterion.Match.YES),
                of(LIKE, Value.of("x"), Criterion.Match.NO),
                of(LIKE, NONE, Criterion.Match.NO),
                of(LIKE, Value.of(List.of("x:pool")), Criterion.Match.INCOMPARABLE),
                of(new Criterion.AtLeast(BigDecimal.ONE), Value.of(1), Criterion.Match.YES),
                of(new Criterion.AtLeast(BigDecimal.ONE), Value.of("0.5"), Criterion.Match.NO),
                of(new Criterion.AtLeast(BigDecimal.ONE), NONE, Criterion.Match.NO),
                of(new Criterion.AtMost(BigDecimal.ONE), Value.of("much"), Criterion.Match.INCOMPARABLE),
                of(new Criterion.AtMost(BigDecimal.ONE), Value.of(true), Criterion.Match.YES));
    }

    private static Arguments of(Criterion wanted, Value found, Criterion.Match expected) {
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
