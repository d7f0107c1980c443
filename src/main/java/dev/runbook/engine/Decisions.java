package dev.runbook.engine;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Question.Choice;
import dev.runbook.endpoint.Question.Kind;
import dev.runbook.endpoint.Reply;
import dev.runbook.event.Decision;
import dev.runbook.event.Finding;
import dev.runbook.event.OpenQuestion;
import dev.runbook.event.Phase;
import dev.runbook.event.RunEvent;
import dev.runbook.fact.Troubles;
import dev.runbook.language.Condition;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.plan.Operation;
import dev.runbook.plan.Plan;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import dev.runbook.state.StepStatus;
import dev.runbook.template.Fill;
import dev.runbook.template.Filled;
import dev.runbook.template.Scope;
import dev.runbook.template.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The moments at which people decide: what a step asks before it acts, how to continue after a failure or in doubt, and the gates
 * before what is easily regretted. Each asks by itself where a decision was given beforehand, else a person. What was decided is in
 * the journal when a method returns.
 */
final class Decisions {
    private static final Map<String, Decision> WORDS = Map.of(
            "pause", Decision.PAUSE,
            "retry", Decision.RETRY,
            "run", Decision.RETRY,
            "change", Decision.CHANGE,
            "skip", Decision.SKIP,
            "done", Decision.DONE_BY_HAND,
            "back", Decision.ROLL_BACK);
    private static final Choice CHANGE =
            new Choice("change", "NAME=VALUE", "give a variable another value, and try this step again");
    private static final List<Choice> UNDO = List.of(
            Choice.of("pause", "stop here; the rollback can be resumed"),
            Choice.of("retry", "try to take it back again"),
            Choice.withReason("done", "it was taken back by hand: go on with the step before it"));
    private static final Choice NO = Choice.of("no", "back to the choices; nothing is touched");
    private static final Choice GO = Choice.of("go", "take these steps back");
    private static final String TO_THE_CHOICES = "to go back to the choices";

    private final Dialogue dialogue;
    private final Recorder recorder;
    private final Map<String, Engine.PriorDecision> prior;
    private final Function<String, Engine.SiteChange.Outcome> change;
    private Ground ground;

    /**
     * What is decided about; another one after a variable was changed.
     *
     * @param plan what is carried out
     * @param parts the workers for it
     */
    record Ground(Plan plan, Engine.Parts parts) {}

    /** How it goes on after a failure or in doubt. */
    sealed interface Way {
        /**
         * Somebody decided.
         *
         * @param made the decision
         * @param by who made it, and by what way
         * @param changed the variable that has another value now; for a change alone
         */
        record Decided(Engine.PriorDecision made, String by, Optional<Engine.SiteChange.Outcome.Changed> changed)
                implements Way {
            Decision decision() {
                return made.decision();
            }
        }

        /** There is nobody to decide, or what was decided beforehand cannot be, and why. */
        record Undecided(Optional<String> why) implements Way {}

        /** Somebody decided, but a gate before that is open, and nobody can be asked. */
        record Unanswered(String message) implements Way {}
    }

    /** What came of a question that is answered by a word. */
    private sealed interface Gate {
        record Passed() implements Gate {}

        /** Nothing is decided; why, where there is more to say than that a person said no. */
        record Closed(Optional<String> why) implements Gate {}

        record Open(String message) implements Gate {}
    }

    /**
     * Decisions of one process.
     *
     * @param prior given beforehand, by step
     * @param change gives a variable another value: {@code name=value}, as typed
     */
    Decisions(
            Dialogue dialogue,
            Recorder recorder,
            Map<String, Engine.PriorDecision> prior,
            Function<String, Engine.SiteChange.Outcome> change) {
        this.dialogue = dialogue;
        this.recorder = recorder;
        this.prior = new HashMap<>(prior);
        this.change = change;
    }

    /** From now on it is decided about this. */
    void stand(Ground now) {
        ground = now;
    }

    // ---- what a step asks before it acts

    /**
     * Asks what the step asks; empty when the answer means yes, or nothing is asked.
     *
     * @param shown what is sent after a yes; shown at a point of no return
     * @param before what has to be known besides; empty where nothing has
     */
    Optional<StepRunner.Outcome> confirm(Step step, List<Operation> shown, String before) {
        return step.confirm().isEmpty() ? Optional.empty() : asked(own(step, Kind.CONFIRM, shown, before), "");
    }

    /**
     * Asks it once more, after something was sent.
     *
     * @param why what stands before the question
     */
    Optional<StepRunner.Outcome> again(Step step, List<Operation> shown, String why) {
        return step.confirm().isEmpty()
                ? Optional.empty()
                : asked(own(step, Kind.AGAIN, shown, why), "It was not sent again.");
    }

    private Question own(Step step, Kind kind, List<Operation> shown, String before) {
        String id = step.id().text();
        String asked = Fill.forPeople(step.confirm().orElseThrow().message(), scope());
        String expected = Fill.forPeople(step.answer(), scope());
        String declining = kind == Kind.AGAIN
                ? "to stop here (it is not sent again; resume later)"
                : "to stop here (nothing is sent; resume later)";
        String first = before.isEmpty() ? "" : before + "\n";
        Question.Terms terms = terms(step.confirm().orElseThrow(), recorder);
        if (!step.isPointOfNoReturn()) {
            return Question.word(id, kind, first + asked, expected, declining).on(terms);
        }
        StringBuilder message = new StringBuilder(first);
        shown.forEach(operation -> {
            message.append("will send to ").append(operation.target()).append(":\n");
            operation
                    .text()
                    .strip()
                    .lines()
                    .forEach(line -> message.append("    ").append(line).append('\n'));
        });
        message.append(asked.strip()).append('\n');
        notDone(step).forEach(line -> message.append(line).append('\n'));
        List<Step> all = ground.plan().runbook().steps();
        Question.Heading heading = new Question.Heading(
                "step " + (all.indexOf(step) + 1) + " of " + all.size() + ": " + id, title(step), "POINT OF NO RETURN");
        return Question.word(id, kind, message.toString(), expected, declining)
                .under(heading)
                .on(terms);
    }

    /** What a confirm asks of its answer in this run. */
    static Question.Terms terms(Step.Confirm confirm, Recorder recorder) {
        return new Question.Terms(
                confirm.inAdvance(),
                Optional.of(recorder.state().start().by().user()).filter(unused -> confirm.secondPerson()));
    }

    /** What was skipped or done by hand before this step: whoever passes it has to know. */
    private List<String> notDone(Step until) {
        Map<String, List<String>> notNeeded = new LinkedHashMap<>();
        List<String> skipped = new ArrayList<>();
        List<String> byHand = new ArrayList<>();
        for (Step step : ground.plan().runbook().steps()) {
            if (step.id().equals(until.id())) {
                break;
            }
            StepState state = recorder.state().step(step.id().text());
            String note = state.note().filter(text -> !text.isBlank()).orElse("");
            String said = "  " + step.id() + "  " + title(step)
                    + state.person().map(person -> ", by " + person).orElse("")
                    + (note.isEmpty() ? "" : ": " + note);
            if (state.isByHand()) {
                byHand.add(said);
            } else if (state.isSkippedByPerson()) {
                skipped.add(said);
            } else if (state.status() == StepStatus.SKIPPED) {
                notNeeded
                        .computeIfAbsent(note, unused -> new ArrayList<>())
                        .add(step.id().text());
            }
        }
        List<String> lines = new ArrayList<>();
        addUnder("Done by hand so far:", byHand, lines);
        addUnder("Skipped by a person so far:", skipped, lines);
        addUnder(
                "Skipped so far, since they were not needed; asked again just now, and still so:",
                notNeeded.entrySet().stream()
                        .map(each -> "  " + String.join(", ", each.getValue()) + ": " + each.getKey())
                        .toList(),
                lines);
        return lines;
    }

    private static void addUnder(String heading, List<String> found, List<String> lines) {
        if (!found.isEmpty()) {
            lines.add(heading);
            lines.addAll(found);
        }
    }

    private Optional<StepRunner.Outcome> asked(Question question, String declined) {
        String id = question.subject();
        Reply reply = word(question);
        if (reply instanceof Reply.Nobody nobody) {
            return Optional.of(
                    new StepRunner.Outcome.Unanswered("Step " + id + " needs an answer, and there is nobody to ask: "
                            + nobody.why() + ". Give it with " + approve(question) + "."));
        }
        Reply.Answered answer = (Reply.Answered) reply;
        return question.isYes(answer.text())
                ? Optional.empty()
                : Optional.of(new StepRunner.Outcome.Declined(
                        "The answer to step " + id + " was \"" + answer.text() + "\", not \""
                                + question.expected() + "\". "
                                + (declined.isEmpty() ? "Nothing was done for this step." : declined)));
    }

    /** Asks for a word, and takes down the answer. */
    private Reply word(Question question) {
        Reply reply = dialogue.reply(question);
        if (reply instanceof Reply.Answered answer) {
            Optional<String> gate = Optional.of(question.kind().gate()).filter(name -> !name.isEmpty());
            recorder.append(new RunEvent.Answered(
                    question.subject(),
                    question.text(),
                    answer.text(),
                    question.isYes(answer.text()),
                    answer.by(),
                    gate));
        }
        return reply;
    }

    /** How the answer is given beforehand. Double quotes mean the same to cmd, PowerShell and sh. */
    private static String approve(Question question) {
        return "--approve \"" + question.key() + "=" + question.expected() + "\"";
    }

    private Gate gate(Question question) {
        Reply reply = word(question);
        if (reply instanceof Reply.Nobody) {
            return new Gate.Open(
                    "Nobody can be asked here. What is asked needs an answer of its own: " + approve(question) + ".");
        }
        return question.isYes(((Reply.Answered) reply).text()) ? new Gate.Passed() : new Gate.Closed(Optional.empty());
    }

    // ---- after a failure, or in doubt

    /** The decision. It is in the journal when this returns. */
    Way decide(Step step, Kind kind, String message) {
        Engine.PriorDecision given = prior.remove(step.id().text());
        Optional<String> refused = Optional.empty();
        if (given != null && mayBe(given.decision(), kind)) {
            Gate gate = before(step, given, kind);
            if (gate instanceof Gate.Passed) {
                return takeDown(step, given, given.by());
            }
            if (gate instanceof Gate.Open open) {
                return unanswered(step, given, open);
            }
            refused = ((Gate.Closed) gate).why();
        }
        String said = refused.map(why -> message + "\n" + why).orElse(message);
        while (true) {
            Optional<Reply.Answered> reply = ask(step, kind, said, choices(kind));
            if (reply.isEmpty()) {
                return new Way.Undecided(refused);
            }
            Reply.Answered answer = reply.get();
            Engine.PriorDecision made = new Engine.PriorDecision(WORDS.get(answer.text()), answer.reason());
            if (made.decision() == Decision.CHANGE) {
                Engine.SiteChange.Outcome outcome = change.apply(made.reason());
                if (outcome instanceof Engine.SiteChange.Outcome.Changed changed) {
                    takeDown(step, made, answer.by());
                    return new Way.Decided(made, answer.by(), Optional.of(changed));
                }
                said = ((Engine.SiteChange.Outcome.Refused) outcome).message();
                continue;
            }
            Gate gate = made.decision() == Decision.ROLL_BACK ? backAtTheChoices(step, kind) : before(step, made, kind);
            if (gate instanceof Gate.Passed) {
                return takeDown(step, made, answer.by());
            }
            if (gate instanceof Gate.Open) {
                // whoever decided is gone
                return new Way.Undecided(Optional.empty());
            }
            said = ((Gate.Closed) gate).why().orElse(message);
        }
    }

    private static Way unanswered(Step step, Engine.PriorDecision given, Gate.Open open) {
        return new Way.Unanswered(
                "--decide \"" + step.id() + "=" + given.words() + "\" is not enough. " + open.message());
    }

    private static boolean mayBe(Decision decision, Kind kind) {
        return kind != Kind.DOUBT || decision != Decision.SKIP;
    }

    /** What stands before a decision that is easily regretted. */
    private Gate before(Step step, Engine.PriorDecision made, Kind kind) {
        return switch (made.decision()) {
            case SKIP -> beforeSkip(step, kind);
            case DONE_BY_HAND -> kind == Kind.DOUBT ? beforeDone(step) : beforeDoneUnbegun(step);
            case ROLL_BACK -> beforeRollback(Map.of());
            case RETRY, CHANGE, PAUSE -> new Gate.Passed();
        };
    }

    private Optional<Reply.Answered> ask(Step step, Kind kind, String message, List<Choice> choices) {
        return dialogue.ask(Question.choice(step.id().text(), kind, message, choices));
    }

    /** The decisions that were given before the run and not needed, a line each. */
    List<String> unused() {
        return prior.entrySet().stream()
                .map(given -> "Not used: --decide " + given.getKey() + "="
                        + given.getValue().words() + ". That step needed no decision.")
                .sorted()
                .toList();
    }

    /** A decision that was given before the run and waits for this step. */
    boolean hasPrior(Step step) {
        return prior.containsKey(step.id().text());
    }

    /** Writes the decision into the journal. */
    Way.Decided takeDown(Step step, Engine.PriorDecision made, String by) {
        prior.remove(step.id().text(), made);
        // a changed value may be a secret: it has an event of its own, which knows what may be shown
        String reason = made.decision() == Decision.CHANGE ? "" : made.reason();
        recorder.append(new RunEvent.Decided(step.id().text(), made.decision(), reason, by));
        return new Way.Decided(made, by, Optional.empty());
    }

    private static List<Choice> choices(Kind kind) {
        boolean doubt = kind == Kind.DOUBT;
        List<Choice> choices = new ArrayList<>();
        choices.add(Choice.of("pause", "stop here; the run can be resumed"));
        choices.add(Choice.of("retry", doubt ? "run it again" : "try this step again"));
        if (!doubt) {
            choices.add(CHANGE);
        }
        choices.add(Choice.withReason(
                "done",
                doubt ? "it did happen: count it as done by hand" : "it was done by hand: look again and go on"));
        // left out, nobody would ever look whether it happened
        if (!doubt) {
            choices.add(Choice.withReason("skip", "leave this step out"));
        }
        choices.add(Choice.of("back", "take back what was started; the list is shown first"));
        return choices;
    }

    // ---- the gate before a step is skipped

    /**
     * A step that asks, or records what others need, is not skipped in passing: what needs it is listed, its facts are asked and
     * recorded all the same, and so is its question. Where such a fact cannot be had, it is not skipped at all.
     */
    private Gate beforeSkip(Step step, Kind kind) {
        Map<String, List<String>> needs = needs(step);
        boolean asks = step.confirm().isPresent() && kind != Kind.CONDITION;
        if (kind != Kind.CONDITION && !asks && needs.isEmpty()) {
            return new Gate.Passed();
        }
        Optional<String> missing = kind == Kind.CONDITION ? Optional.empty() : record(step, needs, "skipped");
        if (missing.isPresent()) {
            return new Gate.Closed(missing);
        }
        List<String> lines = new ArrayList<>();
        lines.add("Leave out step " + step.id() + ", " + title(step) + "?");
        needs.forEach((name, users) -> lines.add("It records \"" + name + "\", which is used by "
                + String.join(", ", users) + (kind == Kind.CONDITION ? "." : ". That is recorded all the same.")));
        if (asks) {
            lines.add("What it asks is asked all the same, next.");
        }
        if (kind == Kind.CONDITION) {
            lines.add("Its condition is as it says that the step is needed: whoever leaves it out knows why.");
        }
        Gate gate = gate(
                Question.word(step.id().text(), Kind.SKIP, String.join("\n", lines), Kind.SKIP.word(), TO_THE_CHOICES));
        if (!(gate instanceof Gate.Passed) || !asks) {
            return gate;
        }
        return askAllTheSame(step, "is left out");
    }

    private Gate askAllTheSame(Step step, String what) {
        String asked = Fill.forPeople(step.confirm().orElseThrow().message(), scope());
        return gate(Question.word(
                step.id().text(),
                Kind.CONFIRM,
                "Step " + step.id() + " " + what + ". What it asks is asked all the same:\n" + asked,
                Fill.forPeople(step.answer(), scope()),
                TO_THE_CHOICES));
    }

    /** What the step records, and what uses it: later steps, and the rollback of any step. */
    private Map<String, List<String>> needs(Step step) {
        Map<String, List<String>> needs = new LinkedHashMap<>();
        List<Step> all = ground.plan().runbook().steps();
        int here = all.indexOf(step);
        for (String name : step.remember().keySet()) {
            List<String> users = new ArrayList<>();
            for (Step other : all) {
                boolean own = other.id().equals(step.id());
                Stream<Text> back = other.rollback().stream().flatMap(Texts::of);
                List<Text> undone = own ? List.of() : back.toList();
                if (all.indexOf(other) > here
                        && Texts.of(other)
                                .filter(text -> !undone.contains(text))
                                .anyMatch(uses(name))) {
                    users.add("step " + other.id());
                }
                if (undone.stream().anyMatch(uses(name))) {
                    users.add("the rollback of step " + other.id());
                }
            }
            if (!users.isEmpty()) {
                needs.put(name, users);
            }
        }
        return needs;
    }

    private static Predicate<Text> uses(String name) {
        return text -> Tag.in(text).stream().map(Tag::head).anyMatch(name::equals);
    }

    /** Records what the step records; why that cannot be, where something needs it. */
    private Optional<String> record(Step step, Map<String, List<String>> needs, String what) {
        RunState run = recorder.state();
        for (Map.Entry<String, Name> kept : step.remember().entrySet()) {
            String name = kept.getKey();
            if (run.step(step.id().text()).started() && run.remembered().containsKey(name)) {
                continue;
            }
            Finding finding = ground.parts()
                    .conditions()
                    .find(step.id().text(), Phase.REMEMBER, kept.getValue().text());
            RunEvent.Remembered remembered = new RunEvent.Remembered(step.id().text(), name, finding.rows());
            Optional<String> trouble = finding.trouble()
                    .map(found -> found.message())
                    .or(() -> recorder.shown(remembered).equals(remembered)
                            ? Optional.empty()
                            : Optional.of("It holds the text of a password or another secret."));
            if (trouble.isEmpty()) {
                recorder.append(remembered);
            } else if (needs.containsKey(name)) {
                return Optional.of("Step " + step.id() + " cannot be " + what + ": it records \"" + name + "\" ("
                        + kept.getValue()
                        + "), which is used by " + String.join(", ", needs.get(name)) + ", and that cannot be had: "
                        + trouble.get());
            }
        }
        return Optional.empty();
    }

    // ---- the gates before a step counts as done

    /**
     * A step that had sent nothing when it failed has not asked yet what it asks, and perhaps not recorded what others need: who
     * has done it by hand is asked, and that is recorded, as if the step had got that far.
     */
    private Gate beforeDoneUnbegun(Step step) {
        if (recorder.state().step(step.id().text()).started()) {
            return new Gate.Passed();
        }
        Optional<String> missing = record(step, needs(step), "counted as done");
        if (missing.isPresent()) {
            return new Gate.Closed(missing);
        }
        return step.confirm().isPresent() ? askAllTheSame(step, "is counted as done by hand") : new Gate.Passed();
    }

    /** Against what its facts say, it takes a second word. */
    private Gate beforeDone(Step step) {
        if (!Conditions.Proof.exists(step.task())) {
            return new Gate.Passed();
        }
        Conditions.Verdict verdict = ground.parts().proof().ask(step.id().text(), step.task(), scope());
        if (verdict.holds()) {
            return new Gate.Passed();
        }
        String says = verdict instanceof Conditions.Verdict.DoesNotHold not
                ? "The check says that step " + step.id() + " is not done"
                        + (not.clause().isEmpty() ? ". " : ": not so: " + not.clause() + ". ") + not.why()
                : "Whether step " + step.id() + " is done cannot be asked: "
                        + ((Conditions.Verdict.Unknown) verdict).trouble().message();
        return gate(Question.word(
                step.id().text(),
                Kind.DONE,
                says + "\nCounted as done by hand, it is not looked at again, and later steps rely on it.",
                Kind.DONE.word(),
                TO_THE_CHOICES));
    }

    // ---- the gates before a rollback

    /** Whoever wants to go back sees first what that means. */
    private Gate backAtTheChoices(Step step, Kind kind) {
        Optional<String> nothing = nothingToTakeBack();
        if (nothing.isPresent()) {
            return new Gate.Closed(nothing);
        }
        if (outline().list().barrier().isPresent()) {
            return beforeRollback(Map.of());
        }
        Optional<String> unfilled = unfilled(Map.of());
        if (unfilled.isPresent()) {
            return new Gate.Closed(unfilled);
        }
        boolean sure = ask(step, kind, String.join("\n", outline().lines()), List.of(NO, GO))
                .filter(answer -> answer.text().equals(GO.word()))
                .isPresent();
        return sure ? new Gate.Passed() : new Gate.Closed(Optional.empty());
    }

    /** Why a rollback does not begin. */
    record NoRollback(boolean unanswered, String why) {}

    /**
     * Asks what has to be asked before a rollback; empty when it may begin.
     *
     * @param byHand steps that are taken back by hand already
     */
    Optional<NoRollback> mayRollBack(Map<String, Engine.PriorDecision> byHand) {
        Gate gate = beforeRollback(byHand);
        if (gate instanceof Gate.Open open) {
            return Optional.of(new NoRollback(true, "Nothing was touched. " + open.message()));
        }
        return gate instanceof Gate.Closed closed
                ? Optional.of(new NoRollback(
                        false, "Nothing was touched. " + closed.why().orElse("The answer was no.")))
                : Optional.empty();
    }

    private Gate beforeRollback(Map<String, Engine.PriorDecision> byHand) {
        Optional<String> unfilled = unfilled(byHand);
        if (unfilled.isPresent()) {
            return new Gate.Closed(unfilled);
        }
        RollbackPlan list = outline().list();
        if (list.barrier().isEmpty() || list.steps().isEmpty()) {
            return new Gate.Passed();
        }
        Step barrier = list.barrier().get();
        List<String> lines = new ArrayList<>(outline().lines());
        lines.add("What results: " + staying(list));
        lines.add("Nobody but you can know whether that serves anybody. It is half of the way back.");
        List<Step> all = ground.plan().runbook().steps();
        Question question = Question.word(
                        barrier.id().text(),
                        Kind.ROLLBACK,
                        String.join("\n", lines),
                        Kind.ROLLBACK.word(),
                        "to leave all as it is")
                .under(new Question.Heading(
                        "roll back past step " + (all.indexOf(barrier) + 1) + " of " + all.size() + ": " + barrier.id(),
                        title(barrier),
                        "PAST A POINT OF NO RETURN"));
        return gate(question);
    }

    /** What stays as it is when these steps are taken back. */
    private String staying(RollbackPlan list) {
        List<String> gone = list.steps().stream().map(step -> step.id().text()).toList();
        List<String> stays = ground.plan().runbook().steps().stream()
                .filter(step -> !gone.contains(step.id().text()))
                .filter(step -> recorder.state().step(step.id().text()).status() == StepStatus.DONE)
                .map(step -> step.id() + " " + title(step))
                .toList();
        return "steps " + String.join(", ", gone) + " are taken back, while these stay done: "
                + String.join("; ", stays) + ".";
    }

    private Optional<String> nothingToTakeBack() {
        RollbackPlan.Outline outline = outline();
        return outline.list().steps().isEmpty() ? Optional.of(String.join(" ", outline.lines())) : Optional.empty();
    }

    private RollbackPlan.Outline outline() {
        return RollbackPlan.Outline.of(ground.plan(), recorder.state());
    }

    /** The first rollback in the list that cannot be filled in, and why; empty where all can. */
    private Optional<String> unfilled(Map<String, Engine.PriorDecision> byHand) {
        for (Step step : outline().list().steps()) {
            if (byHand.containsKey(step.id().text())
                    || !(step.rollback().orElse(null) instanceof Step.Rollback.Actions actions)) {
                continue;
            }
            for (Step.Rollback.Entry entry : actions.entries()) {
                Optional<String> missing = unfilled(step, entry);
                if (missing.isPresent() && applies(step, entry.when())) {
                    return Optional.of(missing.get() + ", so the rollback of step " + step.id()
                            + " cannot be filled in. Nothing can be taken back like that: take step " + step.id()
                            + " back by hand, and say so: rollback … --go --decide \"" + step.id()
                            + "=done-by-hand:REASON\".");
                }
            }
        }
        return Optional.empty();
    }

    private boolean applies(Step step, Condition when) {
        return !(ground.parts().conditions().ask(step.id().text(), Phase.WHEN, when)
                instanceof Conditions.Verdict.DoesNotHold);
    }

    private Optional<String> unfilled(Step step, Step.Rollback.Entry entry) {
        if (ground.parts().absences().leftOut(entry.task()).isPresent()
                || entry.task().action().isEmpty()) {
            return Optional.empty();
        }
        Runbook runbook = ground.plan().runbook();
        Map<String, ?> remembered = recorder.state().remembered();
        List<String> heads = Texts.of(entry.task().action().get())
                .flatMap(text -> Tag.in(text).stream())
                .map(Tag::head)
                .toList();
        for (Step recording : runbook.steps()) {
            Optional<String> never = recording.remember().keySet().stream()
                    .filter(heads::contains)
                    .filter(name -> !remembered.containsKey(name))
                    .findFirst();
            if (never.isPresent()) {
                return Optional.of("Step " + recording.id() + " never recorded \"" + never.get() + "\"");
            }
        }
        if (entry.task().forEach().isPresent()) {
            return Optional.empty();
        }
        Filled<Operation> bound =
                ground.parts().binder().bind(entry.task().action().get(), scope());
        return bound.problems().stream()
                .findFirst()
                .map(problem -> Troubles.of(List.of(problem)).message().replaceFirst("\\.$", ""));
    }

    /**
     * How to continue with a step that could not be taken back: try again, or count it as taken back by hand. Empty where there is
     * nobody, or the person wants to stop. It is in the journal when this returns.
     */
    Optional<Engine.PriorDecision> decideUndo(Step step, String message) {
        return ask(step, Kind.FAILURE, message, UNDO)
                .map(answer -> takeDown(
                        step, new Engine.PriorDecision(WORDS.get(answer.text()), answer.reason()), answer.by()))
                .map(Way.Decided::made)
                .filter(made -> made.decision() != Decision.PAUSE);
    }

    // ---- a step that was skipped by its condition, which holds by now

    /**
     * How to continue where the condition by which a step was skipped holds by now, or cannot be asked: run the step
     * ({@code retry}), leave it out with a reason, or pause. It is in the journal when this returns.
     *
     * @param message what was found
     * @param mayRun whether the run may go back to that step
     */
    Way decideSkipped(Step step, String message, boolean mayRun) {
        Engine.PriorDecision given = prior.get(step.id().text());
        boolean fits = given != null
                && (given.decision() == Decision.SKIP
                        || given.decision() == Decision.PAUSE
                        || given.decision() == Decision.RETRY && mayRun);
        String said = message;
        if (fits) {
            prior.remove(step.id().text());
            Gate gate = before(step, given, Kind.CONDITION);
            if (gate instanceof Gate.Passed) {
                return takeDown(step, given, given.by());
            }
            if (gate instanceof Gate.Open open) {
                return unanswered(step, given, open);
            }
        }
        List<Choice> choices = new ArrayList<>();
        choices.add(Choice.of("pause", "stop here; the run can be resumed"));
        if (mayRun) {
            choices.add(Choice.of("run", "go back to step " + step.id() + ", and on from there"));
        }
        choices.add(Choice.withReason("skip", "go on without it"));
        while (true) {
            Optional<Reply.Answered> reply = ask(step, Kind.CONDITION, said, choices);
            if (reply.isEmpty()) {
                return new Way.Unanswered(message + " Say how to continue: "
                        + (mayRun ? "--decide " + step.id() + "=retry runs the step; " : "") + "--decide \"" + step.id()
                        + "=skip:REASON\" with --approve \"" + step.id() + "/skip=" + Kind.SKIP.word()
                        + "\" goes on without it.");
            }
            Engine.PriorDecision made = new Engine.PriorDecision(
                    WORDS.get(reply.get().text()), reply.get().reason());
            Gate gate = before(step, made, Kind.CONDITION);
            if (gate instanceof Gate.Passed) {
                return takeDown(step, made, reply.get().by());
            }
            if (gate instanceof Gate.Open open) {
                return unanswered(step, made, open);
            }
        }
    }

    // ----

    private Scope scope() {
        return ground.parts().scope().withRows(recorder.state().remembered());
    }

    private String title(Step step) {
        return Fill.forPeople(step.title(), scope());
    }

    /**
     * Talks with the operator, who sees no secret.
     *
     * @param operator who answers
     * @param recorder knows the secrets
     */
    record Dialogue(Operator operator, Recorder recorder) {
        /** The answer; empty where there is nobody to give one. */
        Optional<Reply.Answered> ask(Question question) {
            return reply(question) instanceof Reply.Answered answer ? Optional.of(answer) : Optional.empty();
        }

        /** The answer, or why there is none. */
        Reply reply(Question question) {
            Question shown = question.withMessage(recorder.shown(question.message()));
            recorder.append(new RunEvent.QuestionAsked(question.subject(), Optional.of(open(shown))));
            return operator.ask(shown);
        }

        private static OpenQuestion open(Question question) {
            return new OpenQuestion(
                    question.id(),
                    question.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    question.key(),
                    question.text(),
                    Optional.of(question.expected()).filter(word -> !word.isEmpty()),
                    question.choices().stream()
                            .map(choice -> new OpenQuestion.Way(choice.word(), choice.argument(), choice.meaning()))
                            .toList());
        }
    }
}
