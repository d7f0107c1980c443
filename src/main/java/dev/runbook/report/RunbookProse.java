package dev.runbook.report;

import dev.runbook.language.Expectation;
import dev.runbook.language.Fact;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Variable;
import dev.runbook.language.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Tells a runbook, without values: what it needs, every step in order, and what the questions mean that the steps ask. */
public final class RunbookProse {
    private final Runbook runbook;
    private final Paragraphs out;

    private RunbookProse(Runbook runbook, Paragraphs out) {
        this.runbook = runbook;
        this.out = out;
    }

    /** The lines, none of them wider than that; T-SQL stays as it was written. */
    public static List<String> of(Runbook runbook, int width, Paint paint) {
        Paragraphs out = new Paragraphs(width, paint);
        RunbookProse prose = new RunbookProse(runbook, out);
        prose.beginning();
        StepProse steps = new StepProse(runbook, out);
        runbook.steps().forEach(steps::add);
        prose.facts();
        return out.lines();
    }

    private void beginning() {
        out.heading(Spoken.text(runbook.title()));
        runbook.description().ifPresent(text -> out.add(0, Spoken.flowing(text)));
        runbook.pages().forEach(page -> out.add(0, "It follows " + page.title() + ": " + page.url()));
        runbook.rto().ifPresent(rto -> out.add(0, "It should take no more than " + Spoken.duration(rto) + "."));
        out.gap();
        out.add(0, counts());
        if (!runbook.variables().isEmpty()) {
            out.gap();
            out.heading("What differs from site to site");
            runbook.variables().values().forEach(this::variable);
        }
    }

    private String counts() {
        int steps = runbook.steps().size();
        List<String> barriers = runbook.steps().stream()
                .filter(Step::isPointOfNoReturn)
                .map(step -> step.id().text())
                .toList();
        String way = barriers.isEmpty()
                ? "Every step can be taken back."
                : "There is no way back from step " + Spoken.joined(barriers, " and ") + ".";
        return "It has " + steps + (steps == 1 ? " step. " : " steps. ") + way;
    }

    private void variable(Variable variable) {
        String what = variable.description().isEmpty()
                ? ""
                : ": " + variable.description().strip();
        String given = variable.defaultValue()
                .map(value -> "; " + Spoken.value(value) + " unless somebody says otherwise")
                .orElse(variable.optional() ? "; may be left out" : "");
        out.item(0, variable.name() + what + given);
    }

    private void facts() {
        if (!runbook.facts().isEmpty()) {
            out.gap();
            out.heading("What the questions mean");
            out.add(
                    0,
                    "Asking changes nothing. Where nothing else is said, the answer is yes as soon as anything is"
                            + " found.");
            for (Fact fact : runbook.facts().values()) {
                out.item(0, fact.name() + ": " + Facts.of(fact));
            }
        }
    }

    /** Facts in words: where they are looked up, and when they are true. */
    private static final class Facts {
        private Facts() {}

        /** One fact as sentences after its name. */
        static String of(Fact fact) {
            List<String> sentences = new ArrayList<>();
            fact.description().map(Spoken::text).ifPresent(sentences::add);
            sentences.add(
                    fact.forEach().map(name -> "For each of \"" + name + "\", ").orElse("") + source(fact.source())
                            + ".");
            if (!fact.where().isEmpty()) {
                sentences.add("Only rows count where " + words(fact.where()) + ".");
            }
            if (!fact.expect().isEmpty()) {
                sentences.add("Yes when in every row " + words(fact.expect()) + ".");
            }
            return String.join(" ", sentences);
        }

        private static String source(Fact.Source source) {
            if (source instanceof Fact.Source.Query query) {
                return "ask " + query.server();
            }
            if (source instanceof Fact.Source.Cmdlet cmdlet) {
                String parameters = Spoken.value(cmdlet.parameters());
                return "ask " + cmdlet.cmdlet() + (parameters.isEmpty() ? "" : " (" + parameters + ")");
            }
            return source instanceof Fact.Source.Files files
                    ? "look for the files " + Spoken.text(files.pattern())
                    : "see whether " + ((Fact.Source.Reachable) source).target() + " answers";
        }

        private static String words(Expectation expectation) {
            return Spoken.joined(
                    expectation.columns().stream()
                            .map(column -> column.name() + " " + words(column.matcher(), true))
                            .toList(),
                    " and ");
        }

        /** What a column is, or is not. */
        private static String words(Expectation.Matcher matcher, boolean so) {
            String is = so ? "is " : "is not ";
            if (matcher instanceof Expectation.Matcher.Not not) {
                return words(not.matcher(), !so);
            }
            if (matcher instanceof Expectation.Matcher.Equal equal) {
                String value = so ? "has no value" : "has a value";
                return Spoken.isNull(equal.value()) ? value : is + Spoken.value(equal.value());
            }
            if (matcher instanceof Expectation.Matcher.SameSet set) {
                return set.values().isEmpty()
                        ? is + "empty"
                        : is + "exactly " + Spoken.value(new Written.Items(set.values()));
            }
            if (matcher instanceof Expectation.Matcher.Like like) {
                return (so ? "looks like " : "does not look like ") + Spoken.text(like.pattern());
            }
            if (matcher instanceof Expectation.Matcher.OneOf oneOf) {
                return is + Spoken.choice(oneOf.values());
            }
            return matcher instanceof Expectation.Matcher.AtLeast least
                    ? is + "at least " + Spoken.value(least.bound())
                    : is + "at most " + Spoken.value(((Expectation.Matcher.AtMost) matcher).bound());
        }
    }

    /** Collects lines that fit. */
    static final class Paragraphs {
        private static final Pattern ITEM = Pattern.compile("(- |\\d+\\. )(.+)");

        private final int width;
        private final Paint paint;
        private final List<String> lines = new ArrayList<>();

        Paragraphs(int width, Paint paint) {
            this.width = width;
            this.paint = paint;
        }

        void gap() {
            lines.add("");
        }

        void heading(String text) {
            Columns.wrapped(text, width).forEach(line -> lines.add(paint.strong(line)));
        }

        /** A text; each of its lines is a paragraph, or an item of a list. */
        void add(int indent, String text) {
            for (String line : text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList()) {
                java.util.regex.Matcher item = ITEM.matcher(line);
                if (item.matches()) {
                    item(indent, item.group(1), item.group(2));
                } else {
                    lines.addAll(Columns.wrapped(" ".repeat(indent) + line, width));
                }
            }
        }

        /** An item of a list. */
        void item(int indent, String text) {
            item(indent, "- ", text.replaceAll("\\s*\\R\\s*", " "));
        }

        private void item(int indent, String mark, String text) {
            List<String> wrapped = Columns.wrapped(" ".repeat(indent + mark.length()) + text, width);
            lines.add(" ".repeat(indent) + mark + wrapped.get(0).strip());
            lines.addAll(wrapped.subList(1, wrapped.size()));
        }

        /** Lines that stay as they are, such as T-SQL. */
        void verbatim(int indent, String text) {
            text.lines().forEach(line -> lines.add(" ".repeat(indent) + line.stripTrailing()));
        }

        List<String> lines() {
            return List.copyOf(lines);
        }
    }
}
