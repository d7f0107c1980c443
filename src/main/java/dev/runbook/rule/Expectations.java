package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Position;
import dev.runbook.base.Suggestion;
import dev.runbook.base.Value;
import dev.runbook.language.Expectation;
import dev.runbook.language.Fact;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.language.Variable;
import dev.runbook.language.Written;
import dev.runbook.template.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What facts expect of their answers. */
final class Expectations {
    private Expectations() {}

    /** {@code where}, {@code expect} or {@code order-by} with a column that the rows cannot have; two columns of one name. */
    static final class UnknownMatchedColumn extends Rule {
        UnknownMatchedColumn() {
            super(About.error(
                            "fact-column",
                            "where, expect or order-by names a column that the rows do not have, or the rows have one"
                                    + " twice.")
                    .always()
                    .because("The columns of a query stand in its SELECT list. A fact that looks at another one could"
                            + " never be answered.")
                    .bad("""
                        facts:
                          mgc is online:
                            server: backup_sql
                            sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                            expect: {state: ONLINE}
                        """)
                    .good("""
                        facts:
                          mgc is online:
                            server: backup_sql
                            sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                            expect: {state_desc: ONLINE}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            List<Diagnostic> findings = new ArrayList<>();
            for (Fact fact : runbook.facts().values()) {
                FactColumns.of(runbook, fact.name().text()).ifPresent(columns -> {
                    named(fact).forEach(name -> unknown(name, columns).ifPresent(findings::add));
                    twice(fact, columns).ifPresent(findings::add);
                });
            }
            return findings;
        }

        private static Stream<Name> named(Fact fact) {
            return Stream.concat(
                    Stream.of(fact.where(), fact.expect())
                            .flatMap(expectation -> expectation.columns().stream())
                            .map(Expectation.Column::name),
                    fact.orderBy().stream());
        }

        private Optional<Diagnostic> unknown(Name name, List<String> columns) {
            if (name.text().isEmpty() || columns.stream().anyMatch(name.text()::equalsIgnoreCase)) {
                return Optional.empty();
            }
            String advice = Suggestion.nearest(name.text(), columns)
                    .map(near -> "Did you mean \"" + near + "\"?")
                    .orElse("The columns are " + String.join(", ", columns) + ".");
            return Optional.of(finding(name.origin(), "The rows have no column \"" + name + "\". " + advice));
        }

        private Optional<Diagnostic> twice(Fact fact, List<String> columns) {
            return columns.stream()
                    .filter(column ->
                            columns.stream().filter(column::equalsIgnoreCase).count() > 1)
                    .findFirst()
                    .map(column -> finding(
                            fact.name().origin(),
                            "The rows have two columns \"" + column + "\". Give one another name with AS."));
        }
    }

    /** A matcher with a value that the column can never have. */
    static final class MatcherType extends Rule {
        private static final Set<String> TRUTHS = Set.of("true", "false", "1", "0");
        private static final Pattern NUMBER = Pattern.compile("\\s*[-+]?\\d+(\\.\\d*)?([eE][-+]?\\d+)?\\s*");
        private static final Pattern GUID = Pattern.compile("\\{?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}}?");

        MatcherType() {
            super(About.error("matcher-type", "where or expect compares a column with something that it cannot be.")
                    .because("Such a comparison is an error when the fact is asked: the step stops. What a column holds"
                            + " is known where it comes straight from a catalogue view, from msdb, from RESTORE or"
                            + " from a folder.")
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
                        """));
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
            Optional<ColumnTypes.ColumnType> type =
                    ColumnTypes.of(runbook, fact.name().text(), column.name().text());
            boolean single = fact.source() instanceof Fact.Source.Query || fact.source() instanceof Fact.Source.Files;
            return findings(
                    runbook, column, column.matcher(), new Subject(column.name().text(), type, single));
        }

        /** What is compared: a column, its type if that is known, and whether it can hold one value only. */
        private record Subject(String name, Optional<ColumnTypes.ColumnType> type, boolean single) {}

        private Stream<Diagnostic> findings(
                Runbook runbook, Expectation.Column column, Expectation.Matcher matcher, Subject subject) {
            if (matcher instanceof Expectation.Matcher.Not not) {
                return findings(runbook, column, not.matcher(), subject);
            }
            if (matcher instanceof Expectation.Matcher.SameSet set) {
                return subject.single() && set.values().size() > 1
                        ? Stream.of(finding(
                                origin(column, set.values().get(0)),
                                "A row has one value in \"" + subject.name()
                                        + "\", never a list. Write {one-of: […]}."))
                        : Stream.empty();
            }
            if (matcher instanceof Expectation.Matcher.AtLeast least) {
                return Stream.concat(bound(column, subject), noNumber(runbook, least.bound()));
            }
            if (matcher instanceof Expectation.Matcher.AtMost most) {
                return Stream.concat(bound(column, subject), noNumber(runbook, most.bound()));
            }
            Stream<Written> values = matcher instanceof Expectation.Matcher.Equal equal
                    ? Stream.of(equal.value())
                    : matcher instanceof Expectation.Matcher.OneOf oneOf ? items(oneOf.values()) : Stream.empty();
            return values.flatMap(value -> value(column, value, subject));
        }

        private static Stream<Written> items(Written values) {
            return values instanceof Written.Items items ? items.values().stream() : Stream.of(values);
        }

        /** That the bound itself is a number has been seen when the file was read. */
        private Stream<Diagnostic> bound(Expectation.Column column, Subject subject) {
            return subject
                    .type()
                    .filter(type -> type != ColumnTypes.ColumnType.NUMBER)
                    .map(type -> finding(
                            column.name().origin(),
                            "\"" + subject.name() + "\" is " + type.words()
                                    + ". at-least and at-most compare numbers: let the sql do the comparison."))
                    .stream();
        }

        /** A variable that holds a text may hold anything, and what is no number cannot be compared. */
        private Stream<Diagnostic> noNumber(Runbook runbook, Written bound) {
            return Texts.of(bound)
                    .flatMap(text -> Tag.in(text.raw()).stream()
                            .flatMap(tag -> Optional.ofNullable(
                                    runbook.variables().get(tag.head()))
                                    .filter(variable -> variable.type() != Variable.Type.NUMBER)
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

        private static boolean isPossible(ColumnTypes.ColumnType type, Written value) {
            if (value instanceof Written.Literal literal) {
                boolean nothing = literal.value() instanceof Value.Nothing;
                return nothing
                        || type == ColumnTypes.ColumnType.TRUTH
                        || type == ColumnTypes.ColumnType.NUMBER
                        || type == ColumnTypes.ColumnType.TEXT;
            }
            if (!(value instanceof Written.Scalar scalar)
                    || scalar.text().hasTags()
                    || UnquotedNull.isOne(scalar.text())) {
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

        private static String advice(ColumnTypes.ColumnType type, Written value) {
            boolean nothing = shown(value).equalsIgnoreCase("\"null\"");
            if (nothing) {
                return " Write null without quotes.";
            }
            return type == ColumnTypes.ColumnType.TRUTH ? " Write true or false." : "";
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

    /** NULL as T-SQL writes it, where the language knows {@code null} alone and takes everything else for a text. */
    static final class UnquotedNull extends Rule {
        /** What other readers of YAML take for a truth, and this one for a text. */
        private static final Set<String> TRUTHS = Set.of("yes", "no", "on", "off", "true", "false");

        UnquotedNull() {
            super(About.error("unquoted-null", "NULL in a matcher or a parameter is the text NULL, and not null.")
                    .because("Only null in small letters and without quotes is no value. NULL would be compared, or"
                            + " sent, as a text of four letters.")
                    .bad("""
                        facts:
                          mgc is not mirrored:
                            server: backup_sql
                            sql: SELECT mirroring_state_desc FROM sys.database_mirroring WHERE database_id = DB_ID(N'mgc')
                            expect: {mirroring_state_desc: NULL}
                        """)
                    .good("""
                        facts:
                          mgc is not mirrored:
                            server: backup_sql
                            sql: SELECT mirroring_state_desc FROM sys.database_mirroring WHERE database_id = DB_ID(N'mgc')
                            expect: {mirroring_state_desc: null}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return Stream.concat(
                            // what is compared with a truth is looked at by the rule of matchers
                            compared(runbook).filter(UnquotedNull::isOne), Stream.concat(asked(runbook), sent(runbook)))
                    .flatMap(text -> problem(text).stream())
                    .toList();
        }

        private Optional<Diagnostic> problem(Text text) {
            String meant = text.raw() + "' in quotes.";
            if (isOne(text)) {
                return Optional.of(finding(
                        text.origin(),
                        text.raw() + " is a text here. Write null in small letters, or, if the text is meant, '"
                                + meant));
            }
            return TRUTHS.contains(text.raw().toLowerCase(Locale.ROOT)) && isPlain(text)
                    ? Optional.of(finding(
                            Diagnostic.Severity.HINT,
                            text.origin(),
                            text.origin().span(),
                            text.raw() + " is a text here. Write true or false for a truth, or, if the text is meant, '"
                                    + meant))
                    : Optional.empty();
        }

        /** Whether it is the word null in other letters, or the sign that YAML has for it, without quotes. */
        static boolean isOne(Text text) {
            return (text.raw().equalsIgnoreCase("null") || text.raw().equals("~")) && isPlain(text);
        }

        private static boolean isPlain(Text text) {
            Position start = text.origin().position();
            String line = text.origin().source().line(start.line());
            return line.regionMatches(
                    start.column() - 1, text.raw(), 0, text.raw().length());
        }

        private static Stream<Text> compared(Runbook runbook) {
            return runbook.facts().values().stream()
                    .flatMap(fact -> Stream.of(fact.where(), fact.expect()))
                    .flatMap(Texts::of);
        }

        private static Stream<Text> asked(Runbook runbook) {
            return runbook.facts().values().stream()
                    .map(fact -> fact.source())
                    .filter(Fact.Source.Cmdlet.class::isInstance)
                    .flatMap(source -> Texts.of((Written) ((Fact.Source.Cmdlet) source).parameters()));
        }

        private static Stream<Text> sent(Runbook runbook) {
            return Tasks.actions(runbook).flatMap(action -> {
                if (action instanceof Task.Action.Procedure procedure) {
                    return Texts.of((Written) procedure.parameters());
                }
                return action instanceof Task.Action.Cmdlet cmdlet
                        ? Texts.of((Written) cmdlet.parameters())
                        : Stream.empty();
            });
        }
    }
}
