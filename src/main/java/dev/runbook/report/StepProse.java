package dev.runbook.report;

import dev.runbook.language.Advice;
import dev.runbook.language.Condition;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import dev.runbook.language.Variable;
import dev.runbook.language.Written;
import dev.runbook.rule.Phrase;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One step in words, in the order in which it happens. */
final class StepProse {
    private static final int TEXT = 3;
    private static final int DEEPER = 7;

    private final Conditions conditions;
    private final RunbookProse.Paragraphs out;

    StepProse(Runbook runbook, RunbookProse.Paragraphs out) {
        this.conditions = new Conditions(runbook);
        this.out = out;
    }

    void add(Step step) {
        out.gap();
        out.heading("Step " + step.id() + ". " + Spoken.text(step.title()));
        step.description().ifPresent(text -> out.add(TEXT, Spoken.flowing(text)));
        documents(step.documents());
        before(step);
        step.task().action().ifPresent(action -> action(step.task(), action, TEXT));
        seen(step.task(), step.hasAction(), TEXT);
        step.rollback().ifPresent(this::rollback);
        advice(step.advice());
    }

    private void documents(List<Name> documents) {
        if (!documents.isEmpty()) {
            out.add(
                    TEXT,
                    "On the page this is "
                            + Spoken.joined(documents.stream().map(Name::text).toList(), " and ") + ".");
        }
    }

    private void before(Step step) {
        if (!step.when().isEmpty()) {
            out.add(TEXT, "Only if " + conditions.words(step.when()) + ". Otherwise skip it.");
        }
        List<String> required = conditions.each(step.require());
        if (required.size() == 1) {
            out.add(TEXT, "Go on only if " + required.get(0) + ".");
        } else if (required.size() > 1) {
            out.add(TEXT, "Go on only if all of this holds:");
            required.forEach(clause -> out.item(TEXT, clause));
        }
        step.remember()
                .forEach((name, fact) ->
                        out.add(TEXT, "Write down \"" + fact + "\", to be called " + name + " from now on."));
        step.confirm().ifPresent(confirm -> confirm(step, confirm));
    }

    private void confirm(Step step, Step.Confirm confirm) {
        out.add(TEXT, "Ask this, and go on only if the answer is " + Spoken.text(step.answer()) + ":");
        out.add(DEEPER, Spoken.text(confirm.message()));
        confirm.terms().forEach(term -> out.add(TEXT, term));
    }

    private void action(Task task, Task.Action action, int indent) {
        List<String> words = Actions.of(task, action);
        out.add(indent, sentence(words.get(0)));
        words.stream().skip(1).forEach(sql -> out.verbatim(indent + 4, sql));
        task.harmlessErrors()
                .forEach((code, why) -> out.add(indent, "Error " + code + " is none: " + Spoken.text(why) + "."));
        task.timeout()
                .ifPresent(timeout -> out.add(indent, "Cut it off after " + Spoken.duration(timeout.length()) + "."));
        task.unsafeToCutOff().ifPresent(why -> out.add(indent, "Never cut it off: " + sentenceEnd(why)));
    }

    private void seen(Task task, boolean acts, int indent) {
        if (!task.doneWhen().isEmpty()) {
            String begin = acts ? "It is done when " : "Wait until ";
            out.add(
                    indent,
                    begin + conditions.words(task.doneWhen()) + ". Look for that up to "
                            + Spoken.duration(task.patience()) + ".");
        }
        retry(task.retry(), indent);
    }

    private void retry(Task.Retry retry, int indent) {
        if (retry.repeatable()) {
            String also = retry.on().isEmpty()
                    ? ""
                    : ", also after error "
                            + Spoken.joined(retry.on().stream().sorted().toList(), " or ");
            out.add(
                    indent,
                    "If it does not work, try again, " + retry.attempts() + " times in all" + also
                            + ": it does no harm to run it twice.");
        }
    }

    private void rollback(Step.Rollback rollback) {
        if (rollback instanceof Step.Rollback.Actions actions) {
            out.add(TEXT, "To take it back:");
            actions.entries().forEach(this::entry);
        } else if (rollback instanceof Step.Rollback.NotNeeded notNeeded) {
            out.add(TEXT, "Nothing has to be taken back: " + sentenceEnd(notNeeded.why()));
        } else if (rollback instanceof Step.Rollback.ByHand byHand) {
            out.add(TEXT, "To take it back, somebody has to act: " + sentenceEnd(byHand.what()));
        } else if (rollback instanceof Step.Rollback.Impossible impossible) {
            out.add(TEXT, "THERE IS NO WAY BACK from here: " + sentenceEnd(impossible.why()));
        } else {
            out.add(TEXT, "To take it back, delete the files that this step has added.");
        }
    }

    private void entry(Step.Rollback.Entry entry) {
        entry.title().ifPresent(title -> out.add(DEEPER, Spoken.text(title).replaceFirst("\\.$", "") + ":"));
        if (!entry.when().isEmpty()) {
            out.add(DEEPER, "Only if " + conditions.words(entry.when()) + ".");
        }
        if (!entry.require().isEmpty()) {
            out.add(DEEPER, "Go back only if " + conditions.words(entry.require()) + "; if not, stop here.");
        }
        entry.confirm().ifPresent(confirm -> {
            out.add(DEEPER, "Ask: " + flat(confirm.message()));
            out.add(
                    DEEPER,
                    "Go back only if the answer is \""
                            + confirm.type().map(Spoken::text).orElse("yes") + "\".");
            confirm.terms().forEach(term -> out.add(DEEPER, term));
        });
        entry.task().action().ifPresent(action -> action(entry.task(), action, DEEPER));
        seen(entry.task(), true, DEEPER);
    }

    private void advice(Advice advice) {
        for (Map.Entry<String, Text> error : advice.byError().entrySet()) {
            out.add(TEXT, "At error " + error.getKey() + ": " + flat(error.getValue()));
        }
        String when = advice.byError().isEmpty() ? "If it fails: " : "At any other failure: ";
        advice.otherwise().ifPresent(text -> out.add(TEXT, when + flat(text)));
    }

    private static String flat(Text text) {
        return Spoken.text(text).replaceAll("\\s*\\R\\s*", " ");
    }

    private static String sentenceEnd(Text text) {
        String words = flat(text);
        return words.endsWith(".") ? words : words + ".";
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** What is done, in words; T-SQL stands as it is. */
    private static final class Actions {
        private Actions() {}

        /** The sentence that says what a task does, and the lines of T-SQL below it. */
        static List<String> of(Task task, Task.Action action) {
            String each =
                    task.forEach().map(name -> "For each of \"" + name + "\": ").orElse("");
            if (action instanceof Task.Action.Sql sql) {
                return List.of(
                        each + "on " + sql.server() + ", run this:",
                        sql.sql().raw().strip());
            }
            if (action instanceof Task.Action.Procedure call) {
                return List.of(
                        each + "on " + call.server() + ", call " + call.procedure() + with(call.parameters()) + ".");
            }
            if (action instanceof Task.Action.Cmdlet cmdlet) {
                String shell = cmdlet.shell().map(name -> "in " + name).orElse("in the management shell");
                return List.of(each + shell + ", run " + cmdlet.cmdlet() + with(cmdlet.parameters()) + ".");
            }
            Task.Action.CopyFiles copy = (Task.Action.CopyFiles) action;
            return List.of(each + "copy " + Spoken.text(copy.include()) + " from " + Spoken.text(copy.from()) + " to "
                    + Spoken.text(copy.to()) + ": what is missing there, or differs.");
        }

        private static String with(Written.Fields parameters) {
            return parameters.values().isEmpty()
                    ? ""
                    : parameters.values().entrySet().stream()
                            .map(parameter -> parameter.getKey() + " = " + Spoken.value(parameter.getValue()))
                            .collect(Collectors.joining(", ", " with ", ""));
        }
    }

    /** Conditions as half-sentences. */
    private static final class Conditions {
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
            Variable variable = runbook.facts().containsKey(name)
                    ? null
                    : runbook.variables().get(name);
            if (variable == null) {
                return fact(name, clause.negated());
            }
            if (variable.type() == Variable.Type.BOOLEAN) {
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
}
