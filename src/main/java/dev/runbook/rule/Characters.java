package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Position;
import dev.runbook.base.Span;
import dev.runbook.language.Fact;
import dev.runbook.language.Runbook;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.language.Written;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Characters and lines that are hard to read. */
final class Characters {
    private Characters() {}

    /** Typographic dashes and quotes, full-width characters, and blanks that are none, as pages and word processors make them. */
    static final class LookalikeCharacter extends Rule {
        LookalikeCharacter() {
            super(About.error(
                            "look-alike",
                            "T-SQL, a parameter or a path holds a character that only looks like the right one.")
                    .because("Text that is pasted from a page brings dashes, quotes, colons and blanks along that are"
                            + " not those of the keyboard. The server takes N‘mgc’ for a name, and service：x with"
                            + " a full-width colon is just a wrong one.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Remove log shipping
                            server: backup_sql
                            sql: EXEC sp_delete_log_shipping_secondary_database N‘mgc’
                            retry: 2
                            rollback: {by-hand: set it up again}
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Remove log shipping
                            server: backup_sql
                            sql: EXEC sp_delete_log_shipping_secondary_database N'mgc'
                            retry: 2
                            rollback: {by-hand: set it up again}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            Stream<Diagnostic> sql = Tasks.Batches.of(runbook).flatMap(this::inSql);
            Stream<Diagnostic> values = Stream.concat(
                            Tasks.actions(runbook)
                                    .filter(action -> !(action instanceof Task.Action.Sql))
                                    .flatMap(Texts::of),
                            runbook.facts().values().stream()
                                    .map(fact -> fact.source())
                                    .filter(source -> !(source instanceof Fact.Source.Query))
                                    .flatMap(Texts::of))
                    .flatMap(
                            text -> findings(text, 0, text.raw().length(), Diagnostic.Severity.WARNING, found -> true));
            Stream<Diagnostic> defaults = runbook.variables().values().stream()
                    .flatMap(variable -> variable.defaultValue().stream())
                    .filter(Written.Scalar.class::isInstance)
                    .flatMap(Texts::of)
                    .flatMap(text -> findings(
                            text, 0, text.raw().length(), Diagnostic.Severity.WARNING, Tokenizer.Lookalike::isUnseen));
            return Stream.of(sql, values, defaults)
                    .flatMap(findings -> findings)
                    .toList();
        }

        private Stream<Diagnostic> inSql(Text sql) {
            return Tokenizer.tokens(sql.raw()).stream()
                    .filter(token -> !token.kind().isComment() && token.kind() != Token.Kind.SPACE)
                    .flatMap(token -> findings(sql, token));
        }

        /** A string may say what it likes, as long as everybody can see it. */
        private Stream<Diagnostic> findings(Text sql, Token token) {
            return token.kind().isString()
                    ? findings(
                            sql, token.start(), token.end(), Diagnostic.Severity.WARNING, Tokenizer.Lookalike::isUnseen)
                    : findings(sql, token.start(), token.end(), Diagnostic.Severity.ERROR, found -> true);
        }

        private Stream<Diagnostic> findings(
                Text text, int from, int to, Diagnostic.Severity severity, Predicate<Tokenizer.Lookalike> concerned) {
            return IntStream.range(from, to)
                    .boxed()
                    .flatMap(at -> Tokenizer.Lookalike.of(text.raw().charAt(at)).filter(concerned).stream()
                            .map(found -> finding(
                                    severity,
                                    text.origin(),
                                    text.origin().span(at, at + 1),
                                    "This is " + found.description() + ". " + found.advice())));
        }
    }

    /** A line that nobody can read without scrolling. */
    static final class LongLine extends Rule {
        private static final int LONGEST = 160;

        LongLine() {
            super(About.hint("long-line", "A line is longer than " + LONGEST + " characters.")
                    .because("It is cut on the screen of whoever reads it at night, and in every review.")
                    .bad("""
                        steps:
                          - step: 1
                            title: See that data centre 1 is lost
                            confirm: Is the primary database down, and its mirror, and are the front end servers and the Persistent Chat servers of data centre 1 down too, and will they stay down?
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: See that data centre 1 is lost
                            confirm: |
                              Is the primary database down, and its mirror?
                              Are the front end servers and the Persistent Chat servers of data centre 1 down too, and will they stay down?
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return IntStream.rangeClosed(1, runbook.source().lines().size())
                    .filter(line -> runbook.source().line(line).length() > LONGEST)
                    .mapToObj(line -> finding(runbook, line))
                    .toList();
        }

        private Diagnostic finding(Runbook runbook, int line) {
            int length = runbook.source().line(line).length();
            Span rest = new Span(new Position(line, LONGEST + 1), new Position(line, length + 1));
            return new Diagnostic(
                    runbook.source(),
                    rest,
                    Diagnostic.Severity.HINT,
                    id(),
                    "This line has " + length + " characters. Break it before " + (LONGEST + 1)
                            + ": T-SQL and texts may go on in the next line behind |.");
        }
    }
}
