package dev.runbook.engine;

import dev.runbook.base.Value;
import dev.runbook.endpoint.Pause;
import dev.runbook.event.Finding;
import dev.runbook.event.Phase;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.fact.FactAsker;
import dev.runbook.language.Condition;
import dev.runbook.language.Runbook;
import dev.runbook.language.Task;
import dev.runbook.site.ResolvedValue;
import dev.runbook.site.Site;
import dev.runbook.template.Scope;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Asks conditions and facts, and takes down what was found: the first time in each phase of a step, and every change. */
final class Conditions {
    /** A fact that cannot be asked for a reason that may go away is asked so often in all. */
    static final int PATIENCE = 3;

    private final Runbook runbook;
    private final Site site;
    private final FactAsker facts;
    private final Recorder recorder;
    private final Pause pause;
    private final RunControl control;
    private final Map<String, Finding> known = new HashMap<>();

    Conditions(Runbook runbook, Site site, FactAsker facts, Recorder recorder, World world) {
        this.runbook = runbook;
        this.site = site;
        this.facts = facts;
        this.recorder = recorder;
        this.pause = world.pause();
        this.control = world.control();
    }

    /** Forgets what was found, so that a new turn of a step takes everything down again. */
    void forget() {
        known.clear();
    }

    /** Asks the clauses in order up to the first that does not hold; a reason that may go away is given time. */
    Verdict ask(String step, Phase phase, Condition condition) {
        return ask(step, phase, condition, PATIENCE);
    }

    /** The same, once: for a condition that is asked again and again anyway. */
    Verdict askOnce(String step, Phase phase, Condition condition) {
        return ask(step, phase, condition, 1);
    }

    /** Asks a fact for its rows. */
    Finding find(String step, Phase phase, String fact) {
        return takeDown(step, phase, fact, true, patiently(() -> facts.ask(fact), PATIENCE));
    }

    private Verdict ask(String step, Phase phase, Condition condition, int patience) {
        for (Condition.Clause clause : condition.clauses()) {
            Verdict verdict = runbook.facts().containsKey(clause.name().text())
                    ? fact(step, phase, clause, patience)
                    : variable(clause);
            if (!verdict.holds()) {
                return verdict;
            }
        }
        return new Verdict.Holds();
    }

    private Verdict variable(Condition.Clause clause) {
        String name = clause.name().text();
        ResolvedValue bound = site.find(name).orElseGet(ResolvedValue.Absent::new);
        boolean truth = bound instanceof ResolvedValue.Plain plain && plain.value() instanceof Value.Truth value
                ? value.value()
                : !(bound instanceof ResolvedValue.Absent);
        if (truth != clause.negated()) {
            return new Verdict.Holds();
        }
        String is = bound instanceof ResolvedValue.Plain plain ? plain.value().text() : truth ? "given" : "not given";
        return new Verdict.DoesNotHold(clause.toString(), "The variable " + name + " is " + is + ".");
    }

    private Verdict fact(String step, Phase phase, Condition.Clause clause, int patience) {
        String fact = clause.name().text();
        Finding finding = takeDown(step, phase, fact, !clause.negated(), patiently(() -> facts.ask(fact), patience));
        return switch (finding.truth()) {
            case CANNOT_BE_ASKED ->
                new Verdict.Unknown(clause.toString(), finding.trouble().orElseThrow());
            case TRUE ->
                clause.negated() ? new Verdict.DoesNotHold(clause.toString(), found(finding)) : new Verdict.Holds();
            case NOT_TRUE ->
                clause.negated() ? new Verdict.Holds() : new Verdict.DoesNotHold(clause.toString(), notFound(finding));
        };
    }

    private Finding patiently(Supplier<Finding> question, int patience) {
        Finding finding = question.get();
        for (int asked = 1; asked < patience && isTransient(finding) && !control.isCancelled(); asked++) {
            pause.pause(Duration.ofSeconds(asked), control.cancellation());
            finding = question.get();
        }
        return finding;
    }

    private static boolean isTransient(Finding finding) {
        return finding.trouble()
                .filter(trouble -> trouble.kind().equals("transient"))
                .isPresent();
    }

    private Finding takeDown(String step, Phase phase, String fact, boolean wanted, Finding finding) {
        Finding kept = facts.worthKeeping(finding);
        Finding before = known.put(step + "/" + phase + "/" + fact, kept);
        if (!kept.equals(before)) {
            recorder.append(new RunEvent.FactAsked(step, phase, fact, wanted, kept));
        }
        return finding;
    }

    private static String found(Finding finding) {
        return "Found " + finding.count() + (finding.count() == 1 ? " row" : " rows") + ", wanted none.";
    }

    private static String notFound(Finding finding) {
        if (finding.mismatches().isEmpty()) {
            return "Nothing was found.";
        }
        return finding.mismatches().stream()
                .map(mismatch -> mismatch.column() + ": found " + mismatch.found() + ", wanted " + mismatch.wanted())
                .collect(Collectors.joining("; ", "", "."));
    }

    /** Sees whether an action is done: by its {@code done-when}, and for copied files by looking at them. */
    static final class Proof {
        private static final Verdict NO_PROOF = new Verdict.DoesNotHold("", "Nothing shows whether it is done.");

        private final Conditions conditions;
        private final FileCopying copying;

        Proof(Conditions conditions, FileCopying copying) {
            this.conditions = conditions;
            this.copying = copying;
        }

        /** Whether there is anything by which to see it. */
        static boolean exists(Task task) {
            return !task.doneWhen().isEmpty() || copies(task);
        }

        /** Looks; a reason that may go away is given time. Without anything to look at it is not seen to be done. */
        Verdict ask(String step, Task task, Scope scope) {
            return look(step, task, scope, true);
        }

        /** The same, once: for what is looked at again and again anyway. */
        Verdict askOnce(String step, Task task, Scope scope) {
            return look(step, task, scope, false);
        }

        private Verdict look(String step, Task task, Scope scope, boolean patient) {
            if (!exists(task)) {
                return NO_PROOF;
            }
            Verdict files = task.action().orElse(null) instanceof Task.Action.CopyFiles copy
                    ? copying.look(step, task, copy, scope)
                    : new Verdict.Holds();
            if (!files.holds()) {
                return files;
            }
            return patient
                    ? conditions.ask(step, Phase.DONE_WHEN, task.doneWhen())
                    : conditions.askOnce(step, Phase.DONE_WHEN, task.doneWhen());
        }

        private static boolean copies(Task task) {
            return task.action().filter(Task.Action.CopyFiles.class::isInstance).isPresent();
        }
    }

    /** What came of asking a condition. */
    sealed interface Verdict {
        /** All clauses hold. */
        record Holds() implements Verdict {}

        /**
         * A clause does not hold.
         *
         * @param clause as written
         * @param why what was found and what was wanted, in one sentence
         */
        record DoesNotHold(String clause, String why) implements Verdict {}

        /** A clause cannot be asked. */
        record Unknown(String clause, Trouble trouble) implements Verdict {}

        /** Whether all clauses hold. */
        default boolean holds() {
            return this instanceof Holds;
        }
    }
}
