package dev.runbook.rule.sql;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Name;
import dev.runbook.model.Runbook;
import dev.runbook.model.Variable;
import dev.runbook.model.VariableType;
import dev.runbook.rule.About;
import dev.runbook.rule.ColumnType;
import dev.runbook.rule.ColumnTypes;
import dev.runbook.rule.Rule;
import dev.runbook.rule.TagUse;
import dev.runbook.rule.TextUse;
import dev.runbook.rule.TextUses;
import dev.runbook.template.Tag;
import dev.runbook.tsql.Context;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A tag in T-SQL whose value cannot stand there: a text outside of quotes, a list anywhere. */
public final class ValueInSql implements Rule {
    private static final About ABOUT = About.error(
                    "value-in-sql", "A tag stands where T-SQL takes no value of its type.")
            .always()
            .because(
                    "Outside of quotes and brackets only a whole number is let through, so that nothing can be slipped in. A"
                            + " list would need a section that repeats for each item.")
            .bad("""
                    steps:
                      - step: 1
                        title: Take the last log backup
                        server: primary_sql
                        sql: BACKUP LOG [mgc] TO DISK = {{log_share}} WITH INIT, NORECOVERY
                        retry: 2
                        rollback: {by-hand: bring mgc online again}
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Take the last log backup
                        server: primary_sql
                        sql: BACKUP LOG [mgc] TO DISK = N'{{log_share}}\\tail.trn' WITH INIT, NORECOVERY
                        retry: 2
                        rollback: {by-hand: bring mgc online again}
                    """);

    private static final Set<VariableType> NUMBERS = Set.of(VariableType.NUMBER);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return TextUses.of(runbook).stream()
                .filter(text -> text.place() == TextUse.Place.SQL)
                .flatMap(this::findings)
                .toList();
    }

    private Stream<Diagnostic> findings(TextUse text) {
        List<Token> tokens = Tokenizer.tokens(text.text().raw());
        return text.tags().stream()
                .filter(use -> use.tag().kind() == Tag.Kind.VALUE)
                .flatMap(use -> problem(use, tokens).map(message -> finding(use, message)).stream());
    }

    private static Optional<String> problem(TagUse use, List<Token> tokens) {
        Optional<Variable> variable = use.variable();
        if (variable.filter(each -> each.type() == VariableType.LIST).isPresent()) {
            String name = use.tag().head();
            return Optional.of("\"" + name + "\" is a list. Write a section {{#" + name + "}}…{{.}}…{{/" + name
                    + "}}, or for-each: " + name + ".");
        }
        Optional<String> name =
                Context.at(tokens, use.tag().start()) == Context.BRACKETS ? noName(use) : Optional.empty();
        if (name.isPresent()) {
            return name;
        }
        boolean alone = Context.at(tokens, use.tag().start()) == Context.OUTSIDE;
        return alone
                ? type(use)
                        .map(words -> use.tag() + " is " + words
                                + ", and outside of quotes only a whole number may stand. Write N'" + use.tag()
                                + "' for a text, [" + use.tag() + "] for a name.")
                : Optional.empty();
    }

    /** A variable between brackets that is no identifier; what the columns of rows hold, nobody knows. */
    private static Optional<String> noName(TagUse use) {
        return use.variable()
                .filter(variable -> use.tag().rest().isEmpty() && variable.type() != VariableType.IDENTIFIER)
                .map(variable -> use.tag() + " is of type " + variable.type().word()
                        + ", and between brackets stands a name. Give the variable the type identifier, or write N'"
                        + use.tag() + "' for a text.");
    }

    /** What the value is, if it is known to be no number. */
    private static Optional<String> type(TagUse use) {
        Optional<Variable> variable = use.variable();
        if (variable.isPresent()) {
            boolean part = use.tag().rest().isPresent();
            VariableType type = variable.get().type();
            return part || !NUMBERS.contains(type)
                    ? Optional.of(part ? "a text" : "of type " + type.word())
                    : Optional.empty();
        }
        Runbook runbook = use.text().view().runbook();
        Optional<Name> rows = rows(use);
        String column =
                use.section().isPresent() ? use.tag().path() : use.tag().rest().orElse("");
        return rows.flatMap(name -> ColumnTypes.of(runbook, name.text(), column))
                .filter(type -> type != ColumnType.NUMBER)
                .map(ColumnType::words);
    }

    private static Optional<Name> rows(TagUse use) {
        if (use.section().isPresent()) {
            return use.sectionFact();
        }
        return use.isEach() ? use.text().view().each() : use.remembered();
    }
}
