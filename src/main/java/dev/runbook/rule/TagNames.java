package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Suggestion;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Texts;
import dev.runbook.language.Variable;
import dev.runbook.language.Written;
import dev.runbook.template.Scope;
import dev.runbook.template.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tags that name what is not there. */
final class TagNames {
    private TagNames() {}

    /** A tag whose name stands for nothing where it is used. */
    static final class UnknownName extends Rule {
        UnknownName() {
            super(About.error("unknown-name", "A tag names something that is not there.")
                    .reaching(About.Reach.NAMES)
                    .always()
                    .because("Tags are filled when a step runs. A misspelt name would stop the run in the middle, after"
                            + " other steps have changed the world.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Fail over {{pool_fqdn}}
                            confirm: Is {{pool_fqn}} really lost?
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Fail over {{pool_fqdn}}
                            confirm: Is {{pool_fqdn}} really lost?
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return TagUse.of(runbook)
                    .filter(use -> use.tag().kind() != Tag.Kind.REFUSED)
                    .flatMap(use -> problem(use, runbook).map(message -> finding(use, message)).stream())
                    .toList();
        }

        private static Optional<String> problem(TagUse use, Runbook runbook) {
            boolean known = use.variable().isPresent()
                    || use.remembered().isPresent()
                    || use.isRun()
                    || use.ofRow()
                    || ofNobody(use);
            if (known) {
                return Optional.empty();
            }
            if (use.tag().head().equals(Scope.EACH)) {
                return each(use);
            }
            return Optional.of(unknown(use, runbook));
        }

        /** Whether the section that it stands in goes through something unknown: then nobody can tell its columns. */
        private static boolean ofNobody(TagUse use) {
            TextUse.View view = use.text().view();
            return use.section()
                    .map(Tag::head)
                    .filter(name -> !view.remembered().containsKey(name)
                            && !view.variables().containsKey(name))
                    .isPresent();
        }

        private static Optional<String> each(TagUse use) {
            if (use.section().isPresent()) {
                return Optional.of(
                        "Inside a section, only the columns of its row and variables are known, not \"each\".");
            }
            return use.text().view().each().isPresent()
                    ? Optional.empty()
                    : Optional.of("\"each\" is not known here: it stands for one row of a for-each, in the action and"
                            + " done-when of that step or in that fact alone. What people read is said once for"
                            + " all rows.");
        }

        private static String unknown(TagUse use, Runbook runbook) {
            String name = use.tag().head();
            TextUse.View view = use.text().view();
            if (use.tag().path().equals(Tag.ITEM)) {
                return "{{.}} is the item of a section over a list, and this is outside of one.";
            }
            if (use.section().isPresent() && view.remembered().containsKey(name)) {
                return "Inside a section, only the columns of its row and variables are known, not \"" + name + "\".";
            }
            Optional<Step> rememberedIn = runbook.steps().stream()
                    .filter(step -> step.remember().containsKey(name))
                    .findFirst();
            if (rememberedIn.isPresent()) {
                return remembered(name, view, rememberedIn.get());
            }
            if (view.owner() == TextUse.View.Owner.DEFAULT
                    && runbook.variables().containsKey(name)) {
                return "A default knows only the variables above it. Move \"" + name + "\" up.";
            }
            if (runbook.facts().containsKey(name)) {
                return fact(name, use);
            }
            Optional<Name> rows = use.sectionFact();
            if (rows.isPresent()) {
                List<String> known = new ArrayList<>(
                        FactColumns.of(runbook, rows.get().text()).orElse(List.of()));
                known.addAll(view.variables().keySet());
                return "The rows of \"" + rows.get() + "\" have no column \"" + name
                        + "\", and there is no such variable." + Suggestion.didYouMean(name, known);
            }
            List<String> names = new ArrayList<>(view.variables().keySet());
            names.addAll(
                    use.section().isPresent() ? List.of() : view.remembered().keySet());
            return "There is no variable" + (view.owner() == TextUse.View.Owner.STEP ? " and no remembered name" : "")
                    + " \"" + name + "\"." + Suggestion.didYouMean(name, names);
        }

        private static String fact(String name, TagUse use) {
            String column = use.tag().rest().orElse("column");
            String each = "for-each: " + name + " with {{each." + column + "}}";
            String is = "\"" + name + "\" is a fact, and a tag does not ask facts. ";
            return switch (use.text().view().owner()) {
                case STEP ->
                    is + "Write remember: {found: " + name + "} in this step or above it, and then {{found." + column
                            + "}}; or " + each + ".";
                case FACT -> is + "Write " + each + ".";
                case DEFAULT -> is + "A default knows only the variables above it.";
            };
        }

        private static String remembered(String name, TextUse.View view, Step step) {
            return switch (view.owner()) {
                case STEP -> "\"" + name + "\" is remembered only in step " + step.id() + ", below.";
                case FACT ->
                    "A fact knows nothing that a step remembers. \"" + name + "\" is remembered in step " + step.id()
                            + "; use for-each with the fact \""
                            + step.remember().get(name) + "\" instead.";
                case DEFAULT ->
                    "A default knows nothing that a step remembers. \"" + name + "\" is remembered in step " + step.id()
                            + ".";
            };
        }
    }

    /** A tag that names a column which the rows cannot have, or rows as if they were a value. */
    static final class UnknownColumn extends Rule {
        UnknownColumn() {
            super(About.error(
                            "unknown-column",
                            "A tag names a column that the rows do not have, or uses a row as if it were a value.")
                    .always()
                    .because("The columns of a query stand in its SELECT list. A tag that names another one could never"
                            + " be filled.")
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
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return TagUse.of(runbook)
                    .filter(use -> use.tag().kind() == Tag.Kind.VALUE)
                    .flatMap(use -> problem(use, runbook).map(message -> finding(use, message)).stream())
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
            return use.tag()
                    .rest()
                    .map(column -> "The items of " + list + " are values without columns. Write {{each}}.");
        }

        private static Optional<String> rowProblem(TagUse use, Runbook runbook, String fact) {
            Optional<List<String>> columns = FactColumns.of(runbook, fact);
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

    /** A tag that names a part which a variable, or the run, does not have; a section over something that is not a list. */
    static final class UnknownPart extends Rule {
        private static final List<String> OF_SERVER = List.of("host", "instance");
        private static final List<String> OF_RUN = List.of("id", "stamp");

        UnknownPart() {
            super(About.error("unknown-part", "A tag names a part that a variable or the run does not have.")
                    .always()
                    .because(
                            "A sql-server has the parts host and instance, the run has id and stamp. Everything else is"
                                    + " one value.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Look at {{backup_sql.name}}
                            confirm: Does {{backup_sql}} answer?
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Look at {{backup_sql.host}}
                            confirm: Does {{backup_sql}} answer?
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return TagUse.of(runbook)
                    .filter(use -> use.tag().kind() != Tag.Kind.REFUSED)
                    .flatMap(use -> problem(use).map(message -> finding(use, message)).stream())
                    .toList();
        }

        private static Optional<String> problem(TagUse use) {
            if (use.isRun()) {
                return part(use, OF_RUN)
                        .or(() -> use.tag().rest().isEmpty()
                                ? Optional.of("Write {{run.id}} or {{run.stamp}}.")
                                : Optional.empty());
            }
            return use.variable()
                    .flatMap(variable -> use.tag().kind() == Tag.Kind.SECTION_START
                            ? section(variable)
                            : part(use, variable.type() == Variable.Type.SQL_SERVER ? OF_SERVER : List.of()));
        }

        private static Optional<String> part(TagUse use, List<String> parts) {
            String head = use.tag().head();
            return use.tag()
                    .rest()
                    .filter(part -> !parts.contains(part))
                    .map(part -> parts.isEmpty()
                            ? "\"" + head + "\" has no parts. Write {{" + head + "}}."
                            : "\"" + head + "\" has no part \"" + part + "\". Its parts are "
                                    + String.join(" and ", parts) + "." + Suggestion.didYouMean(part, parts));
        }

        private static Optional<String> section(Variable variable) {
            return variable.type() == Variable.Type.LIST
                    ? Optional.empty()
                    : Optional.of(
                            "A section repeats for each item of a list or each remembered row. \"" + variable.name()
                                    + "\" is of type " + variable.type().word() + ".");
        }
    }

    /** Tags that the language does not have, and tags that are not well formed. */
    static final class RefusedTag extends Rule {
        RefusedTag() {
            super(About.error(
                            "refused-tag", "A tag is of a kind that the language does not have, or is not well formed.")
                    .always()
                    .because("Mustache knows more than a runbook should: partials, inverted sections, unescaped values."
                            + " They hide logic in a text.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Copy from {{{log_share}}}
                            confirm: Does it answer?
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Copy from {{log_share}}
                            confirm: Does it answer?
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return TagUse.of(runbook)
                    .filter(use -> use.tag().kind() == Tag.Kind.REFUSED)
                    .map(use -> finding(use, use.tag().refusal().orElse("This tag is refused.")))
                    .toList();
        }
    }

    /** A secret where it would be seen: in T-SQL, which the journal keeps, or in text for people. */
    static final class SecretShown extends Rule {
        SecretShown() {
            super(About.error("secret-shown", "A secret stands where people or the journal would see it.")
                    .always()
                    .because("T-SQL, paths and texts are printed, and kept in the journal. Parameters of procedures and"
                            + " cmdlets are bound as data and masked.")
                    .bad("""
                    variables:
                      backup_sql: {type: sql-server}
                      password: {type: secret}
                    steps:
                      - step: 1
                        title: Make a login
                        server: backup_sql
                        sql: CREATE LOGIN [chat] WITH PASSWORD = N'{{password}}'
                        retry: 2
                        rollback: {by-hand: drop the login}
                    """)
                    .good("""
                    variables:
                      backup_sql: {type: sql-server}
                      password: {type: secret}
                    steps:
                      - step: 1
                        title: Make a login
                        server: backup_sql
                        procedure: master.dbo.sp_addlogin
                        parameters: {loginame: chat, passwd: '{{password}}'}
                        retry: 2
                        rollback: {by-hand: drop the login}
                    """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            Stream<Diagnostic> shown = TagUse.of(runbook)
                    .filter(use -> use.text().place() != TextUse.Place.PARAMETER)
                    .filter(use -> use.variable().filter(SecretShown::isSecret).isPresent())
                    .map(use -> finding(
                            use, "\"" + use.tag().head() + "\" is a secret. It may stand in parameters alone."));
            Stream<Diagnostic> written = runbook.variables().values().stream()
                    .filter(SecretShown::isSecret)
                    .flatMap(secret -> Stream.concat(secret.defaultValue().stream(), secret.example().stream()))
                    .filter(Written.Scalar.class::isInstance)
                    .flatMap(Texts::of)
                    .map(text -> finding(
                            Diagnostic.Severity.WARNING,
                            text.origin(),
                            text.origin().span(),
                            "Whoever reads this file would know the secret. Delete it: a site says {prompt: true}, {file:"
                                    + " …} or {environment: …}."));
            return Stream.concat(shown, written).toList();
        }

        private static boolean isSecret(Variable variable) {
            return variable.type() == Variable.Type.SECRET;
        }
    }
}
