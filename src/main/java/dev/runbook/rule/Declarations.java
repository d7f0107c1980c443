package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.language.Fact;
import dev.runbook.language.Name;
import dev.runbook.language.Names;
import dev.runbook.language.Runbook;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.language.Variable;
import dev.runbook.site.TypeChecker;
import dev.runbook.site.VariablesUsed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Variables and facts as they are declared: ambiguous, unused, or with a value that does not fit. */
final class Declarations {
    private Declarations() {}

    /** A fact and a variable of one name: a condition could mean either. */
    static final class AmbiguousName extends Rule {
        AmbiguousName() {
            super(About.error("ambiguous-name", "A fact and a variable have one name.")
                    .always()
                    .because("A condition that names it could mean either.")
                    .bad("""
                        variables:
                          mirrored: {type: boolean, default: true}
                          backup_sql: {type: sql-server}
                        facts:
                          mirrored:
                            server: backup_sql
                            sql: SELECT name FROM sys.databases WHERE name = N'mgc'
                        """)
                    .good("""
                        variables:
                          mirrored: {type: boolean, default: true}
                          backup_sql: {type: sql-server}
                        steps:
                          - {step: 1, title: Look, when: mirrored, require: mgc is there}
                        facts:
                          mgc is there:
                            server: backup_sql
                            sql: SELECT name FROM sys.databases WHERE name = N'mgc'
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return runbook.facts().values().stream()
                    .map(fact -> fact.name())
                    .filter(name -> runbook.variables().containsKey(name.text()))
                    .map(name -> finding(
                            name.origin(), "There is a variable \"" + name + "\" too. Give the fact another name."))
                    .toList();
        }
    }

    /** A fact that no step and no other fact asks. */
    static final class UnusedFact extends Rule {
        UnusedFact() {
            super(About.warning("unused-fact", "Nothing asks a fact.")
                    .reaching(About.Reach.WHOLE)
                    .because("Somebody wrote it to protect a step. A fact that is asked nowhere protects nothing, and"
                            + " looks as if it did.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Take mgc out of its mirror
                            server: backup_sql
                            sql: ALTER DATABASE [mgc] SET PARTNER OFF
                            retry: 2
                            rollback: {by-hand: mirror it again}
                        facts:
                          mgc is online:
                            server: backup_sql
                            sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                            expect: {state_desc: ONLINE}
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Take mgc out of its mirror
                            require: mgc is online
                            server: backup_sql
                            sql: ALTER DATABASE [mgc] SET PARTNER OFF
                            retry: 2
                            rollback: {by-hand: mirror it again}
                        facts:
                          mgc is online:
                            server: backup_sql
                            sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                            expect: {state_desc: ONLINE}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            Set<String> asked = Stream.concat(
                            runbook.steps().stream().flatMap(Names::of),
                            runbook.facts().values().stream().flatMap(Names::of))
                    .map(Name::text)
                    .collect(Collectors.toSet());
            return runbook.facts().values().stream()
                    .map(Fact::name)
                    .filter(name -> !asked.contains(name.text()))
                    .map(name -> finding(
                            name.origin(),
                            "Nothing asks \"" + name
                                    + "\". Name it in when, require, done-when, remember or for-each, or delete"
                                    + " it."))
                    .toList();
        }
    }

    /** A variable that nothing uses. */
    static final class UnusedVariable extends Rule {
        UnusedVariable() {
            super(About.warning("unused-variable", "Nothing uses a variable.")
                    .reaching(About.Reach.WHOLE)
                    .because(
                            "Every site has to find a value for it. Often it is the rest of a step that was deleted, or"
                                    + " the name is misspelt where it should stand.")
                    .bad("""
                        variables:
                          backup_sql: {type: sql-server}
                          log_share: {type: path}
                        facts:
                          mgc is there:
                            server: backup_sql
                            sql: SELECT name FROM sys.databases WHERE name = N'mgc'
                        """)
                    .good("""
                        variables:
                          backup_sql: {type: sql-server}
                        facts:
                          mgc is there:
                            server: backup_sql
                            sql: SELECT name FROM sys.databases WHERE name = N'mgc'
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            Set<String> used = used(runbook);
            return runbook.variables().values().stream()
                    .map(Variable::name)
                    .filter(name -> !used.contains(name.text()))
                    // a fact of that name is a mistake of its own, and a condition could mean either
                    .filter(name -> !runbook.facts().containsKey(name.text()))
                    .map(name -> finding(
                            name.origin(),
                            "Nothing uses \"" + name + "\". Delete it, or use it where it was meant to be."))
                    .toList();
        }

        private static Set<String> used(Runbook runbook) {
            Set<String> used = new HashSet<>();
            runbook.steps().forEach(step -> used.addAll(VariablesUsed.of(runbook, step)));
            runbook.facts().values().forEach(fact -> used.addAll(VariablesUsed.of(runbook, fact)));
            Stream<Text> defaults = runbook.variables().values().stream()
                    .flatMap(variable -> variable.defaultValue().stream())
                    .flatMap(Texts::of);
            Stream.of(defaults, Stream.of(runbook.title()), runbook.description().stream())
                    .flatMap(texts -> texts)
                    .forEach(text -> used.addAll(VariablesUsed.of(runbook, text)));
            return used;
        }
    }

    /** A default or an example that the variable's own type refuses. */
    static final class VariableValue extends Rule {
        VariableValue() {
            super(About.error("variable-value", "A default or an example is not of the type of its variable.")
                    .always()
                    .because("The default would stop every run that gives no other value. The example is what people"
                            + " copy, and what a rehearsal uses.")
                    .bad("""
                        variables:
                          servers: {type: list, items: fqdn, at-most: 4, example: [pc21]}
                        steps:
                          - step: 1
                            title: Ask
                            confirm: Do {{servers}} run?
                        """)
                    .good("""
                        variables:
                          servers: {type: list, items: fqdn, at-most: 4, example: [pc21.litwareinc.com]}
                        steps:
                          - step: 1
                            title: Ask
                            confirm: Do {{servers}} run?
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return runbook.variables().values().stream().flatMap(this::findings).toList();
        }

        private Stream<Diagnostic> findings(Variable variable) {
            return Stream.concat(variable.defaultValue().stream(), variable.example().stream())
                    .flatMap(value -> TypeChecker.problems(variable, value).stream())
                    .map(problem -> new Diagnostic(
                            problem.source(), problem.span(), about().severity(), id(), problem.message()));
        }
    }

    /** An optional variable with a default, which is never absent. */
    static final class NeedlessOptional extends Rule {
        NeedlessOptional() {
            super(About.warning("needless-optional", "An optional variable has a default.")
                    .because("It is never absent, so a condition on it is always true, and whoever reads optional: true"
                            + " expects otherwise.")
                    .bad("""
                        variables:
                          service: {type: text, optional: true, default: RTCCHAT}
                        steps:
                          - step: 1
                            title: Ask
                            confirm: Does {{service}} run?
                        """)
                    .good("""
                        variables:
                          service: {type: text, default: RTCCHAT}
                        steps:
                          - step: 1
                            title: Ask
                            confirm: Does {{service}} run?
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return runbook.variables().values().stream()
                    .filter(variable ->
                            variable.optional() && variable.defaultValue().isPresent())
                    .map(variable -> Diagnostic.warning(
                            variable.name().origin(),
                            id(),
                            "\"" + variable.name()
                                    + "\" has a default, so it is never left out. Delete optional or default."))
                    .toList();
        }
    }
}
