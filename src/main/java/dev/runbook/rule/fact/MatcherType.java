package dev.runbook.rule.fact;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Origin;
import dev.runbook.model.Expectation;
import dev.runbook.model.Fact;
import dev.runbook.model.FactSource;
import dev.runbook.model.Matcher;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.model.Texts;
import dev.runbook.model.VariableType;
import dev.runbook.model.Written;
import dev.runbook.rule.About;
import dev.runbook.rule.ColumnType;
import dev.runbook.rule.ColumnTypes;
import dev.runbook.rule.Rule;
import dev.runbook.rule.text.UnquotedNull;
import dev.runbook.template.Tags;
import dev.runbook.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A matcher with a value that the column can never have. */
public final class MatcherType implements Rule {
    private static final About ABOUT = About.error(
                    "matcher-type", "where or expect compares a column with something that it cannot be.")
            .because(
                    "Such a comparison is an error when the fact is asked: the step stops. What a column holds is known where"
                            + " it comes straight from a catalogue view, from msdb, from RESTORE or from a folder.")
            .bad("""
                    facts:
                      mgc is online:
                        server: backup_sql
                        sql: SELECT state_desc, is_in_standby FROM sys.databases WHERE name = N'mgc'
                        expect: {state_desc: ONLINE, is_in_standby: no}
                    """)
            .good("""
                    facts:
                      mgc is online:
                        server: backup_sql
                        sql: SELECT state_desc, is_in_standby FROM sys.databases WHERE name = N'mgc'
                        expect: {state_desc: ONLINE, is_in_standby: false}
                    """);

    private static final Set<String> TRUTHS = Set.of("true", "false", "1", "0");
    private static final Pattern NUMBER = Pattern.compile("\\s*[-+]?\\d+(\\.\\d*)?([eE][-+]?\\d+)?\\s*");
    private static final Pattern GUID = Pattern.compile("\\{?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}}?");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return runbook.facts().values().stream()
                .flatMap(fact -> Stream.of(fact.where(), fact.expect())
                        .map(Expectation::columns)
                        .flatMap(List::stream)
                        .flatMap(column -> findings(runbook, fact, column)))
                .toList();
    }

    private Stream<Diagnostic> findings(Runbook runbook, Fact fact, Expectation.Column column) {
        Optional<ColumnType> type =
                ColumnTypes.of(runbook, fact.name().text(), column.name().text());
        boolean single = fact.source() instanceof FactSource.Query || fact.source() instanceof FactSource.Files;
        return findings(
                runbook, column, column.matcher(), new Subject(column.name().text(), type, single));
    }

    /** What is compared: a column, its type if that is known, and whether it can hold one value only. */
    private record Subject(String name, Optional<ColumnType> type, boolean single) {}

    private Stream<Diagnostic> findings(Runbook runbook, Expectation.Column column, Matcher matcher, Subject subject) {
        if (matcher instanceof Matcher.Not not) {
            return findings(runbook, column, not.matcher(), subject);
        }
        if (matcher instanceof Matcher.SameSet set) {
            return subject.single() && set.values().size() > 1
                    ? Stream.of(finding(
                            origin(column, set.values().get(0)),
                            "A row has one value in \"" + subject.name() + "\", never a list. Write {one-of: […]}."))
                    : Stream.empty();
        }
        if (matcher instanceof Matcher.AtLeast least) {
            return Stream.concat(bound(column, subject), noNumber(runbook, least.bound()));
        }
        if (matcher instanceof Matcher.AtMost most) {
            return Stream.concat(bound(column, subject), noNumber(runbook, most.bound()));
        }
        Stream<Written> values = matcher instanceof Matcher.Equal equal
                ? Stream.of(equal.value())
                : matcher instanceof Matcher.OneOf oneOf ? items(oneOf.values()) : Stream.empty();
        return values.flatMap(value -> value(column, value, subject));
    }

    private static Stream<Written> items(Written values) {
        return values instanceof Written.Items items ? items.values().stream() : Stream.of(values);
    }

    /** That the bound itself is a number has been seen when the file was read. */
    private Stream<Diagnostic> bound(Expectation.Column column, Subject subject) {
        return subject
                .type()
                .filter(type -> type != ColumnType.NUMBER)
                .map(type -> finding(
                        column.name().origin(),
                        "\"" + subject.name() + "\" is " + type.words()
                                + ". at-least and at-most compare numbers: let the sql do the comparison."))
                .stream();
    }

    /** A variable that holds a text may hold anything, and what is no number cannot be compared. */
    private Stream<Diagnostic> noNumber(Runbook runbook, Written bound) {
        return Texts.of(bound)
                .flatMap(text -> Tags.of(text.raw()).stream()
                        .flatMap(tag -> Optional.ofNullable(runbook.variables().get(tag.head()))
                                .filter(variable -> variable.type() != VariableType.NUMBER)
                                .map(variable -> finding(
                                        text.origin(),
                                        "at-least and at-most compare numbers, and " + tag.head() + " is of type "
                                                + variable.type().word() + ". Give it type number."))
                                .stream()));
    }

    private Stream<Diagnostic> value(Expectation.Column column, Written value, Subject subject) {
        return subject
                .type()
                .filter(type -> !isPossible(type, value))
                .map(type -> finding(
                        origin(column, value),
                        "\"" + subject.name() + "\" is " + type.words() + " and can never be " + shown(value) + "."
                                + advice(type, value)))
                .stream();
    }

    private static boolean isPossible(ColumnType type, Written value) {
        if (value instanceof Written.Literal literal) {
            boolean nothing = literal.value() instanceof Value.Nothing;
            return nothing || type == ColumnType.TRUTH || type == ColumnType.NUMBER || type == ColumnType.TEXT;
        }
        if (!(value instanceof Written.Scalar scalar) || scalar.text().hasTags() || UnquotedNull.isOne(scalar.text())) {
            return true;
        }
        String text = scalar.text().raw();
        return switch (type) {
            case TEXT, MOMENT -> true;
            case NUMBER -> NUMBER.matcher(text).matches();
            case TRUTH -> TRUTHS.contains(text.toLowerCase(Locale.ROOT));
            case GUID -> GUID.matcher(text).matches();
        };
    }

    private static String advice(ColumnType type, Written value) {
        boolean nothing = shown(value).equalsIgnoreCase("\"null\"");
        if (nothing) {
            return " Write null without quotes.";
        }
        return type == ColumnType.TRUTH ? " Write true or false." : "";
    }

    private static String shown(Written value) {
        return value instanceof Written.Literal literal
                ? literal.value().text()
                : "\"" + Texts.of(value).map(Text::raw).findFirst().orElse("") + "\"";
    }

    /** A truth or null has no place of its own; its column does. */
    private static Origin origin(Expectation.Column column, Written value) {
        return Texts.of(value)
                .map(Text::origin)
                .findFirst()
                .orElse(column.name().origin());
    }
}
