package dev.runbook.report;

import dev.runbook.event.Finding;
import dev.runbook.event.Trouble;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The steps of a runbook as a report names them.
 *
 * @param runbook its id
 * @param title for people
 * @param lines a step each, in order
 * @param factAdvice what the author says about a fact, by its name and why it cannot be asked; empty where it is not as
 *     required
 */
public record Outline(
        String runbook, String title, List<Line> lines, BiFunction<String, Finding, Optional<String>> factAdvice) {
    /**
     * A step.
     *
     * @param number counted from 1
     * @param step as written
     * @param fill fills the step's texts for people, with the values of the moment at which they are read
     */
    record Line(int number, Step step, Function<Text, String> fill) {
        /** For people. */
        String title() {
            return fill.apply(step.title());
        }

        /** The step's id. */
        String id() {
            return step.id().text();
        }

        /** The documented sub-steps that it carries out, with commas. */
        String documents() {
            return String.join(", ", step.documents().stream().map(Name::text).toList());
        }

        /** What the author tells the operator at this trouble. */
        Optional<String> advice(Trouble trouble) {
            return step.advice()
                    .on(trouble.code(), !trouble.isNoAnswer())
                    .map(fill)
                    .map(String::strip);
        }
    }

    /** Copies the lines. */
    public Outline {
        lines = List.copyOf(lines);
    }

    /** The steps of a runbook, their texts filled by {@code fill}. */
    public static Outline of(Runbook runbook, Function<Text, String> fill) {
        List<Line> lines = new ArrayList<>();
        for (Step step : runbook.steps()) {
            lines.add(new Line(lines.size() + 1, step, fill));
        }
        return new Outline(
                runbook.id().text(),
                fill.apply(runbook.title()),
                lines,
                (fact, finding) -> runbook.adviceOn(
                                fact,
                                finding.truth() == Finding.Truth.TRUE ? Optional.of(fact) : finding.decidedBy(),
                                finding.trouble().map(Trouble::code).orElse(""),
                                finding.trouble().filter(Trouble::isNoAnswer).isEmpty())
                        .map(fill)
                        .map(String::strip));
    }

    /** The step of that id; empty where the runbook has none any more. */
    Optional<Line> line(String step) {
        return lines.stream().filter(line -> line.id().equals(step)).findFirst();
    }

    /** {@code 4.2, Bring mgc online}; the id alone where the runbook has no such step any more. */
    String named(String step) {
        return line(step).map(line -> step + ", " + line.title()).orElse(step);
    }

    /** How wide the longest id is. */
    int widestId() {
        return lines.stream().mapToInt(line -> line.id().length()).max().orElse(1);
    }

    /** How wide the longest list of documented sub-steps is. */
    int widestDocuments() {
        return lines.stream().mapToInt(line -> line.documents().length()).max().orElse(1);
    }
}
