package dev.runbook.report.prose;

import dev.runbook.language.Condition;
import dev.runbook.language.Runbook;
import dev.runbook.language.Variable;
import dev.runbook.language.VariableType;
import dev.runbook.rule.Phrase;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Conditions as half-sentences. */
final class Conditions {
    private static final Set<String> COUNTED = Set.of(
            "answer",
            "backup",
            "connection",
            "database",
            "file",
            "folder",
            "job",
            "mirror",
            "server",
            "session",
            "snapshot");

    private final Runbook runbook;

    Conditions(Runbook runbook) {
        this.runbook = runbook;
    }

    /** All clauses, with {@code and} before the last. */
    String words(Condition condition) {
        return Spoken.joined(each(condition), ", and ");
    }

    /** Each clause by itself. */
    List<String> each(Condition condition) {
        return condition.clauses().stream().map(this::words).toList();
    }

    private String words(Condition.Clause clause) {
        String name = clause.name().text();
        Variable variable =
                runbook.facts().containsKey(name) ? null : runbook.variables().get(name);
        if (variable == null) {
            return fact(name, clause.negated());
        }
        if (variable.type() == VariableType.BOOLEAN) {
            return name + " is " + (clause.negated() ? "false" : "true");
        }
        return "the site " + (clause.negated() ? "has no " : "has ") + name;
    }

    private static String fact(String name, boolean negated) {
        if (Phrase.isSentence(name)) {
            return negated ? "it is not so that " + name : name;
        }
        return (Phrase.isPlural(name) ? "there are " : "there is ") + (negated ? "no " : article(name)) + name;
    }

    /** English wants one before a thing that can be counted. */
    private static String article(String name) {
        String thing = name.split(" ", 2)[0].toLowerCase(Locale.ROOT);
        if (!COUNTED.contains(thing)) {
            return "";
        }
        return "aeiou".indexOf(thing.charAt(0)) >= 0 ? "an " : "a ";
    }
}
