package dev.runbook.rule.step;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Condition;
import dev.runbook.model.Runbook;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Tasks;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code no mgc is online}, which nobody would say. */
public final class NoBeforeSentence implements Rule {
    private static final About ABOUT = About.hint(
                    "no-before-sentence", "A condition puts no before a fact that is a sentence.")
            .because(
                    "Conditions are read aloud. no before a thing reads well (no connections to mgc); before a sentence it does"
                            + " not, and it is true as soon as one row is not as expected, which is seldom what is meant.")
            .bad("""
                    steps:
                      - {step: 1, title: Look, require: no mgc is online}
                    facts:
                      mgc is online:
                        server: backup_sql
                        sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                        expect: {state_desc: ONLINE}
                    """)
            .good("""
                    steps:
                      - {step: 1, title: Look, require: mgc is not online}
                    facts:
                      mgc is not online:
                        server: backup_sql
                        sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                        expect: {state_desc: {not: ONLINE}}
                    """);

    /** Words that make a sentence of a phrase, where they stand behind its first word. */
    private static final Set<String> VERBS = Set.of(
            "is", "are", "was", "were", "has", "have", "had", "can", "could", "may", "must", "will", "does", "do",
            "did", "runs", "reads", "answers", "exists", "holds", "comes", "knows");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return Tasks.clauses(runbook)
                .filter(Condition.Clause::negated)
                .map(Condition.Clause::name)
                .filter(name -> runbook.facts().containsKey(name.text()) && isSentence(name.text()))
                .map(name -> finding(
                        name.origin(),
                        "\"no " + name + "\" reads badly. Give the fact a name for a thing, or write one that says the"
                                + " opposite."))
                .toList();
    }

    /** A relative sentence ({@code an mgc that can be read}) is a thing. */
    private static boolean isSentence(String name) {
        List<String> words = Arrays.asList(name.toLowerCase(Locale.ROOT).split(" "));
        return !words.contains("that")
                && !words.contains("which")
                && words.stream().skip(1).anyMatch(VERBS::contains);
    }
}
