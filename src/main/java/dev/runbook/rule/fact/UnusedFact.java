package dev.runbook.rule.fact;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Fact;
import dev.runbook.model.Name;
import dev.runbook.model.Names;
import dev.runbook.model.Runbook;
import dev.runbook.rule.About;
import dev.runbook.rule.Reach;
import dev.runbook.rule.Rule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A fact that no step and no other fact asks. */
public final class UnusedFact implements Rule {
    private static final About ABOUT = About.warning("unused-fact", "Nothing asks a fact.")
            .reaching(Reach.WHOLE)
            .because(
                    "Somebody wrote it to protect a step. A fact that is asked nowhere protects nothing, and looks as if it"
                            + " did.")
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
                    """);

    @Override
    public About about() {
        return ABOUT;
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
                                + "\". Name it in when, require, done-when, remember or for-each, or delete" + " it."))
                .toList();
    }
}
