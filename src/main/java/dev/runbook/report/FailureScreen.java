package dev.runbook.report;

import dev.runbook.event.Phase;
import dev.runbook.event.RunEvent.FactAsked;
import dev.runbook.event.Trouble;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The one screen at a failure: which step, which line, what went wrong, what to do, and what is changed or in doubt by now. */
final class FailureScreen {
    private final Outline outline;
    private final RunState run;
    private final Paint paint;
    private final List<String> lines = new ArrayList<>();

    private FailureScreen(Outline outline, RunState run, Paint paint) {
        this.outline = outline;
        this.run = run;
        this.paint = paint;
    }

    /** The screen for a step that failed or is in doubt. */
    static List<String> of(String step, Trouble trouble, Outline outline, RunState run, Paint paint) {
        FailureScreen screen = new FailureScreen(outline, run, paint);
        screen.describe(step, trouble);
        return screen.lines;
    }

    private void describe(String step, Trouble trouble) {
        StepState track = run.step(step);
        row("where", trouble.place().orElseGet(() -> placeOf(step)));
        row("what", paint.bad(FindingText.trouble(trouble)));
        trouble.details().stream()
                .filter(detail -> !detail.equals(trouble.message()))
                .distinct()
                .forEach(detail -> row("", detail));
        Set<String> told = new HashSet<>();
        for (FactAsked asked : track.course().unfulfilled().values()) {
            // asked for two reasons, and found the same: it is told once
            if (told.add(asked.fact() + asked.wanted() + asked.finding())) {
                fact(asked, trouble);
            }
            adviceOn(asked, trouble).ifPresent(advice -> row("advice", paint.notable(advice)));
        }
        outline.line(step)
                .flatMap(line -> line.advice(trouble))
                .ifPresent(advice -> row("advice", paint.notable(advice)));
        row("tried", tried(step, track));
        row("changed", changed(track));
        List<String> doubts = run.inDoubt();
        row("in doubt", doubts.isEmpty() ? "nothing" : paint.bad("step " + String.join(", step ", doubts)));
    }

    /** A fact that could not be asked for the very reason that is told above does not tell it again. */
    private void fact(FactAsked asked, Trouble trouble) {
        String clause = FindingText.clause(asked.fact(), asked.wanted());
        boolean told = asked.finding()
                .trouble()
                .map(FindingText::trouble)
                .filter(FindingText.trouble(trouble)::equals)
                .isPresent();
        row("fact", told ? clause + ": cannot be asked" : clause);
        if (!told) {
            row("", FindingText.found(asked.finding(), asked.wanted()));
        }
    }

    /** What the author says about a fact counts where the fact is what failed, not where it only was not so yet. */
    private Optional<String> adviceOn(FactAsked asked, Trouble trouble) {
        Optional<Trouble> unknown = asked.finding().trouble();
        boolean required = asked.phase() == Phase.REQUIRE && trouble.code().equals("required");
        boolean notDone = asked.phase() == Phase.DONE_WHEN && trouble.code().equals("not-done");
        return unknown.isPresent() || required || notDone
                ? outline.factAdvice().apply(asked.fact(), asked.finding())
                : Optional.empty();
    }

    private String placeOf(String step) {
        return outline.line(step)
                .map(line -> line.step().id().origin())
                .map(origin -> origin.source().name() + ":" + origin.position().line() + ":"
                        + origin.position().column())
                .orElse("step " + step);
    }

    /** A step that was sent and is not done may have changed something too. */
    private String changed(StepState failed) {
        Optional<String> before = run.lastChange().map(outline::named);
        if (failed.attempts() == 0) {
            return before.map("last by step "::concat).orElse("nothing by this run");
        }
        return before.map(last -> "last by step " + last + "; and perhaps by this step")
                .orElse("perhaps by this step, and nothing before it");
    }

    private String tried(String step, StepState track) {
        if (track.attempts() == 0) {
            return "nothing was sent";
        }
        int allowed = outline.line(step)
                .map(line -> line.step().task().retry().attempts())
                .orElse(1);
        // attempts count on over a resume, so there may be more than the author allows for one process
        return allowed >= track.attempts() ? track.attempts() + " of " + allowed : track.attempts() + " times";
    }

    private void row(String label, String text) {
        String name = label;
        for (String line : text.strip().lines().toList()) {
            lines.add(String.format(Locale.ROOT, "      %-9s %s", name, line));
            name = "";
        }
    }
}
