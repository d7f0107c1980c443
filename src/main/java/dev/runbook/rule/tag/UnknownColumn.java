package dev.runbook.rule.tag;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Suggestion;
import dev.runbook.model.Name;
import dev.runbook.model.Runbook;
import dev.runbook.rule.About;
import dev.runbook.rule.Columns;
import dev.runbook.rule.Rule;
import dev.runbook.rule.TagUse;
import dev.runbook.rule.TextUses;
import dev.runbook.template.Tag;
import java.util.List;
import java.util.Optional;

/** A tag that names a column which the rows cannot have, or rows as if they were a value. */
public final class UnknownColumn implements Rule {
    private static final About ABOUT = About.error(
                    "unknown-column",
                    "A tag names a column that the rows do not have, or uses a row as if it were a value.")
            .always()
            .because(
                    "The columns of a query stand in its SELECT list. A tag that names another one could never be filled.")
            .bad("""
                    steps:
                      - step: 1
                        title: End all connections to mgc
                        for-each: connections to mgc
                        server: backup_sql
                        sql: KILL {{each.spid}}
                        retry: 3
                        rollback: {not-needed: clients connect again by themselves}
                    facts:
                      connections to mgc:
                        server: backup_sql
                        sql: SELECT spid AS session_id FROM sys.sysprocesses WHERE dbid = DB_ID(N'mgc')
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: End all connections to mgc
                        for-each: connections to mgc
                        server: backup_sql
                        sql: KILL {{each.session_id}}
                        retry: 3
                        rollback: {not-needed: clients connect again by themselves}
                    facts:
                      connections to mgc:
                        server: backup_sql
                        sql: SELECT spid AS session_id FROM sys.sysprocesses WHERE dbid = DB_ID(N'mgc')
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return TagUse.all(TextUses.of(runbook)).stream()
                .filter(use -> use.tag().kind() == Tag.Kind.VALUE)
                .flatMap(use -> problem(use, runbook).map(message -> use.error(id(), message)).stream())
                .toList();
    }

    private static Optional<String> problem(TagUse use, Runbook runbook) {
        Optional<Name> rows = use.isEach() ? use.text().view().each() : use.remembered();
        return rows.map(Name::text).flatMap(name -> {
            if (runbook.variables().containsKey(name)) {
                return itemProblem(use, name);
            }
            return runbook.facts().containsKey(name) ? rowProblem(use, runbook, name) : Optional.empty();
        });
    }

    private static Optional<String> itemProblem(TagUse use, String list) {
        return use.tag().rest().map(column -> "The items of " + list + " are values without columns. Write {{each}}.");
    }

    private static Optional<String> rowProblem(TagUse use, Runbook runbook, String fact) {
        Optional<List<String>> columns = Columns.of(runbook, fact);
        String head = use.tag().head();
        if (use.tag().rest().isEmpty()) {
            String section =
                    use.isEach() ? "" : ", or a section {{#" + head + "}}…{{/" + head + "}} that repeats for each";
            return Optional.of(
                    "\"" + head + "\" is a row. Write {{" + head + ".column}}" + section + "." + those(columns));
        }
        String column = use.tag().rest().get();
        boolean missing = columns.isPresent() && columns.get().stream().noneMatch(column::equalsIgnoreCase);
        return missing
                ? Optional.of("The rows of \"" + fact + "\" have no column \"" + column + "\"."
                        + Suggestion.nearest(column, columns.get())
                                .map(near -> " Did you mean \"" + near + "\"?")
                                .orElse(those(columns)))
                : Optional.empty();
    }

    private static String those(Optional<List<String>> columns) {
        return columns.map(names -> " The columns are " + String.join(", ", names) + ".")
                .orElse("");
    }
}
