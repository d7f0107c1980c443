package dev.runbook.rule.fact;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.model.Texts;
import dev.runbook.model.Variable;
import dev.runbook.rule.About;
import dev.runbook.rule.Reach;
import dev.runbook.rule.Rule;
import dev.runbook.site.VariablesUsed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A variable that nothing uses. */
public final class UnusedVariable implements Rule {
    private static final About ABOUT = About.warning("unused-variable", "Nothing uses a variable.")
            .reaching(Reach.WHOLE)
            .because(
                    "Every site has to find a value for it. Often it is the rest of a step that was deleted, or the name is"
                            + " misspelt where it should stand.")
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
                    """);

    @Override
    public About about() {
        return ABOUT;
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
                        name.origin(), "Nothing uses \"" + name + "\". Delete it, or use it where it was meant to be."))
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
