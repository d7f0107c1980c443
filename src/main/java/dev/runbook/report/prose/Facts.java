package dev.runbook.report.prose;

import dev.runbook.language.Expectation;
import dev.runbook.language.Fact;
import dev.runbook.language.FactSource;
import dev.runbook.language.Matcher;
import dev.runbook.language.Written;
import java.util.ArrayList;
import java.util.List;

/** Facts in words: where they are looked up, and when they are true. */
final class Facts {
    private Facts() {}

    /** One fact as sentences behind its name. */
    static String of(Fact fact) {
        List<String> sentences = new ArrayList<>();
        fact.description().map(Spoken::text).ifPresent(sentences::add);
        sentences.add(
                fact.forEach().map(name -> "For each of \"" + name + "\", ").orElse("") + source(fact.source()) + ".");
        if (!fact.where().isEmpty()) {
            sentences.add("Only rows count where " + words(fact.where()) + ".");
        }
        if (!fact.expect().isEmpty()) {
            sentences.add("Yes when in every row " + words(fact.expect()) + ".");
        }
        return String.join(" ", sentences);
    }

    private static String source(FactSource source) {
        if (source instanceof FactSource.Query query) {
            return "ask " + query.server();
        }
        if (source instanceof FactSource.Cmdlet cmdlet) {
            String parameters = Spoken.value(cmdlet.parameters());
            return "ask " + cmdlet.cmdlet() + (parameters.isEmpty() ? "" : " (" + parameters + ")");
        }
        return source instanceof FactSource.Files files
                ? "look for the files " + Spoken.text(files.pattern())
                : "see whether " + ((FactSource.Reachable) source).target() + " answers";
    }

    private static String words(Expectation expectation) {
        return Spoken.joined(
                expectation.columns().stream()
                        .map(column -> column.name() + " " + words(column.matcher(), true))
                        .toList(),
                " and ");
    }

    /** What a column is, or is not. */
    private static String words(Matcher matcher, boolean so) {
        String is = so ? "is " : "is not ";
        if (matcher instanceof Matcher.Not not) {
            return words(not.matcher(), !so);
        }
        if (matcher instanceof Matcher.Equal equal) {
            String value = so ? "has no value" : "has a value";
            return Spoken.isNull(equal.value()) ? value : is + Spoken.value(equal.value());
        }
        if (matcher instanceof Matcher.SameSet set) {
            return set.values().isEmpty()
                    ? is + "empty"
                    : is + "exactly " + Spoken.value(new Written.Items(set.values()));
        }
        if (matcher instanceof Matcher.Like like) {
            return (so ? "looks like " : "does not look like ") + Spoken.text(like.pattern());
        }
        if (matcher instanceof Matcher.OneOf oneOf) {
            return is + Spoken.choice(oneOf.values());
        }
        return matcher instanceof Matcher.AtLeast least
                ? is + "at least " + Spoken.value(least.bound())
                : is + "at most " + Spoken.value(((Matcher.AtMost) matcher).bound());
    }
}
