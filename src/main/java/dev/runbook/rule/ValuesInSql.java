package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.language.Variable;
import dev.runbook.language.Written;
import dev.runbook.template.Fill;
import dev.runbook.template.Tag;
import dev.runbook.tsql.Context;
import dev.runbook.tsql.Statement;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Values that reach T-SQL: where tags may stand in it, and what their values have to be. */
final class ValuesInSql {
    private ValuesInSql() {}

    /**
     * A tag where no escaping protects T-SQL from its value: in a comment, inside double quotes, as part of a word, in a batch that
     * runs text as code. And, as a warning, inside {@code '…'} without the {@code N}, where other alphabets are lost.
     */
    static final class TagInSql extends Rule {
        TagInSql() {
            super(About.error("tag-in-sql", "A tag stands where nothing protects T-SQL from its value.")
                    .always()
                    .because("Inside N'…' quotes are doubled, inside […] brackets, and elsewhere only a whole number"
                            + " may stand. In a comment, inside \"…\", as part of a word, or in a text that the"
                            + " server runs as code, no escaping helps.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Set mgc back
                            server: backup_sql
                            sql: ALTER DATABASE [mgc] SET PARTNER OFF -- asked for by {{pool_fqdn}}
                            retry: 2
                            rollback: {not-needed: it can be mirrored again}
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Set mgc of {{pool_fqdn}} back
                            server: backup_sql
                            sql: ALTER DATABASE [mgc] SET PARTNER OFF
                            retry: 2
                            rollback: {not-needed: it can be mirrored again}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            List<Diagnostic> findings = new ArrayList<>();
            for (TextUse use : TextUse.of(runbook)) {
                boolean wellFormed = Tag.in(use.text()).stream().noneMatch(tag -> tag.kind() == Tag.Kind.REFUSED);
                if (use.place() == TextUse.Place.SQL && wellFormed) {
                    Fill.mistakes(use.text()).forEach(problem -> findings.add(problem.diagnostic(id())));
                    dynamic(use.text()).ifPresent(findings::add);
                    findings.addAll(plainStrings(use));
                }
            }
            Tasks.actions(runbook)
                    .filter(Task.Action.Procedure.class::isInstance)
                    .forEach(action -> procedure((Task.Action.Procedure) action).ifPresent(findings::add));
            return findings;
        }

        /** Parameters are data, but not those of a procedure that runs them as code. */
        private Optional<Diagnostic> procedure(Task.Action.Procedure action) {
            boolean tags = Texts.of(action).anyMatch(Text::hasTags);
            return Statement.DynamicSql.in(action.procedure().text())
                    .filter(token -> tags)
                    .map(token -> finding(action.procedure().origin(), codeNotData(token)));
        }

        private static String codeNotData(Token token) {
            return token.text()
                    + " runs a text as code, so it may hold no tags: nothing would protect it from their values.";
        }

        private Optional<Diagnostic> dynamic(Text sql) {
            return Statement.DynamicSql.in(sql.raw())
                    .map(token -> Diagnostic.error(
                            sql.origin(), sql.origin().span(token.start(), token.end()), id(), codeNotData(token)));
        }

        private List<Diagnostic> plainStrings(TextUse use) {
            List<Token> tokens = Tokenizer.tokens(use.text().raw());
            return use.tags().stream()
                    .filter(tag -> Context.at(tokens, tag.tag().start()) == Context.STRING)
                    .map(this::withoutN)
                    .toList();
        }

        private Diagnostic withoutN(TagUse use) {
            return finding(
                    Diagnostic.Severity.WARNING,
                    use,
                    "Write N before the quote: N'…'. Without it, letters of other alphabets are refused.");
        }
    }

    /** A tag in T-SQL whose value cannot stand there: a text outside of quotes, a list anywhere. */
    static final class ValueInSql extends Rule {
        private static final Set<Variable.Type> NUMBERS = Set.of(Variable.Type.NUMBER);

        ValueInSql() {
            super(About.error("value-in-sql", "A tag stands where T-SQL takes no value of its type.")
                    .always()
                    .because("Outside of quotes and brackets only a whole number is let through, so that nothing can be"
                            + " slipped in. A list would need a section that repeats for each item.")
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
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return TextUse.of(runbook).stream()
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
            if (variable.filter(each -> each.type() == Variable.Type.LIST).isPresent()) {
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
                    .filter(variable -> use.tag().rest().isEmpty() && variable.type() != Variable.Type.IDENTIFIER)
                    .map(variable ->
                            use.tag() + " is of type " + variable.type().word()
                                    + ", and between brackets stands a name. Give the variable the type identifier, or"
                                    + " write N'"
                                    + use.tag() + "' for a text.");
        }

        /** What the value is, if it is known to be no number. */
        private static Optional<String> type(TagUse use) {
            Optional<Variable> variable = use.variable();
            if (variable.isPresent()) {
                boolean part = use.tag().rest().isPresent();
                Variable.Type type = variable.get().type();
                return part || !NUMBERS.contains(type)
                        ? Optional.of(part ? "a text" : "of type " + type.word())
                        : Optional.empty();
            }
            Runbook runbook = use.text().view().runbook();
            Optional<Name> rows = rows(use);
            String column = use.section().isPresent()
                    ? use.tag().path()
                    : use.tag().rest().orElse("");
            return rows.flatMap(name -> ColumnTypes.of(runbook, name.text(), column))
                    .filter(type -> type != ColumnTypes.ColumnType.NUMBER)
                    .map(ColumnTypes.ColumnType::words);
        }

        private static Optional<Name> rows(TagUse use) {
            if (use.section().isPresent()) {
                return use.sectionFact();
            }
            return use.isEach() ? use.text().view().each() : use.remembered();
        }
    }

    /** A tag in a pattern of LIKE, where signs of its value are wildcards. */
    static final class TagInLike extends Rule {
        TagInLike() {
            super(About.error("tag-in-like", "A tag stands in a pattern of LIKE or PATINDEX.")
                    .because("In a pattern %, _ and [ of the value are wildcards, which no quoting takes away: a file"
                            + " named mgc_%.trn matches every other, and a question that opens a gate is answered"
                            + " by the wrong row.")
                    .bad("""
                        facts:
                          last copied log backup:
                            for-each: files in the copy folder
                            server: backup_sql
                            sql: SELECT 1 AS copied FROM msdb.dbo.log_shipping_monitor_secondary WHERE last_copied_file LIKE N'%{{each.name}}'
                          files in the copy folder: {files: '{{copy_dir}}/*.trn'}
                        """)
                    .good("""
                        facts:
                          last copied log backup:
                            for-each: files in the copy folder
                            server: backup_sql
                            sql: SELECT 1 AS copied FROM msdb.dbo.log_shipping_monitor_secondary WHERE RIGHT(last_copied_file, LEN(N'{{each.name}}') + 1) = N'\\{{each.name}}'
                          files in the copy folder: {files: '{{copy_dir}}/*.trn'}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return Tasks.Batches.of(runbook).flatMap(this::findings).toList();
        }

        private Stream<Diagnostic> findings(Text sql) {
            return patterns(Tokenizer.significant(sql.raw())).stream()
                    .filter(token -> token.text().contains("{{"))
                    .map(token -> finding(
                            sql,
                            token,
                            "In a pattern, %, _ and [ of a value are wildcards. Compare with =, where need be of"
                                    + " RIGHT(…, LEN(…)), LEFT or CHARINDEX."));
        }

        /** The texts of which patterns are made: after LIKE, with + between them, and the first argument of PATINDEX. */
        private static List<Token> patterns(List<Token> tokens) {
            List<Token> patterns = new ArrayList<>();
            boolean pattern = false;
            for (Token token : tokens) {
                boolean begins = token.isWord("LIKE") || token.isWord("PATINDEX");
                boolean text = token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.NATIONAL_STRING;
                if (pattern && text) {
                    patterns.add(token);
                }
                pattern = begins || pattern && (text || token.isOperator("+") || token.isOperator("("));
            }
            return patterns;
        }
    }

    /** A parameter of a stored procedure that is a list or a map. */
    static final class ProcedureValue extends Rule {
        ProcedureValue() {
            super(About.error("procedure-value", "A parameter of a stored procedure is a list or a map.")
                    .always()
                    .because("A procedure takes one value for each parameter. Only cmdlets take lists and maps.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Describe the copy job
                            server: backup_sql
                            procedure: msdb.dbo.sp_update_job
                            parameters: {job_name: LSCopy_mgc, description: '{{chat_servers}}'}
                            retry: 2
                            rollback: {not-needed: a description does nothing}
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Describe the copy job
                            server: backup_sql
                            procedure: msdb.dbo.sp_update_job
                            parameters: {job_name: LSCopy_mgc, description: 'for {{#chat_servers}}{{.}} {{/chat_servers}}'}
                            retry: 2
                            rollback: {not-needed: a description does nothing}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return Tasks.actions(runbook)
                    .filter(Task.Action.Procedure.class::isInstance)
                    .map(action -> ((Task.Action.Procedure) action).parameters())
                    .flatMap(parameters -> findings(parameters, runbook))
                    .toList();
        }

        private Stream<Diagnostic> findings(Written.Fields parameters, Runbook runbook) {
            return parameters.keys().stream().flatMap(key -> {
                Written value = parameters.values().get(key.text());
                return kind(value, runbook)
                        .map(kind -> finding(
                                origin(key, value),
                                "@" + key + " is " + kind
                                        + ", and a procedure takes one value. Write a section {{#name}}…{{/name}}"
                                        + " that makes one text of it, or for-each over it."))
                        .stream();
            });
        }

        private static Optional<String> kind(Written value, Runbook runbook) {
            if (value instanceof Written.Scalar scalar) {
                boolean list = Tag.in(scalar.text()).stream().anyMatch(tag -> isList(tag, scalar.text(), runbook));
                return list ? Optional.of("a list") : Optional.empty();
            }
            return value instanceof Written.Literal
                    ? Optional.empty()
                    : Optional.of(value instanceof Written.Items ? "a list" : "a map");
        }

        /** Only a tag that is the whole value keeps its type. */
        private static boolean isList(Tag tag, Text text, Runbook runbook) {
            Variable variable = runbook.variables().get(tag.path());
            return tag.start() == 0
                    && tag.end() == text.raw().length()
                    && variable != null
                    && variable.type() == Variable.Type.LIST;
        }

        private static Origin origin(Name key, Written value) {
            return Texts.of(value).map(Text::origin).findFirst().orElse(key.origin());
        }
    }
}
