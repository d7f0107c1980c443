package dev.runbook.simulation;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.runbook.base.Checked;
import dev.runbook.base.Source;
import dev.runbook.change.ChangedSteps;
import dev.runbook.change.ChangedValues;
import dev.runbook.change.StepsAgain;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.engine.Engine;
import dev.runbook.engine.OnFailure;
import dev.runbook.engine.PriorDecision;
import dev.runbook.engine.RollbackPlan;
import dev.runbook.engine.RunControl;
import dev.runbook.event.Actor;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.JournalLostException;
import dev.runbook.journal.JournalReader;
import dev.runbook.language.Runbook;
import dev.runbook.lint.Linter;
import dev.runbook.plan.Plan;
import dev.runbook.runs.RunFolder;
import dev.runbook.session.ExistingRun;
import dev.runbook.simulation.Script.Action;
import dev.runbook.simulation.Script.Back;
import dev.runbook.simulation.Script.Command;
import dev.runbook.simulation.Script.StepSpec;
import dev.runbook.simulation.Script.Typed;
import dev.runbook.simulation.SimulatedWorld.Effect;
import dev.runbook.simulation.SimulatedWorld.Fate;
import dev.runbook.site.Site;
import dev.runbook.site.SiteBinder;
import dev.runbook.site.SuppliedValue;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import dev.runbook.state.StepStatus;
import dev.runbook.terminal.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plays a script, process after process, and looks after each whether what the run says and knows is so. Used once. What a rollback
 * leaves as the runbook or a person says (a step left, or counted as taken back by hand) is not looked at further. What people
 * change is taken from memory, not from the site file of the run; locks, seals and the kept files of a run have tests of their own.
 */
final class Simulation {
    /** A run gets to its end in so many processes if people want it to, and nothing happens any more. */
    private static final int ENOUGH = 8;

    private static final int QUESTIONS_A_PROCESS = 40;
    private static final String RUN = Bench.RUN;
    private static final String STAMP = "20261121031209";

    /**
     * What came of a script.
     *
     * @param violations of the invariants, each as a sentence; none where all hold
     * @param tally how often each thing happened, by kind and name
     * @param trace what the journal and the world say, line by line
     */
    record Outcome(Set<String> violations, Map<String, Integer> tally, List<Object> trace) {
        /** For people. */
        String told() {
            return trace.stream()
                    .map(line -> line instanceof Entry entry ? entry.number() + " " + entry.event() : line.toString())
                    .collect(Collectors.joining("\n"));
        }
    }

    private final Script script;
    private final Linter linter;
    private final FileSystem disk = Jimfs.newFileSystem(Configuration.unix());
    private final SimulatedWorld world;
    private final Set<String> violations = new LinkedHashSet<>();
    private final Map<String, Integer> tally = new TreeMap<>();
    private final List<Object> trace = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private List<StepSpec> steps;
    private Runbook runbook;
    private List<Map<String, SuppliedValue>> values;
    private RunFolder folder;
    private byte[] kept = new byte[0];
    private int answered;
    private int questions;
    private boolean calm;
    /** Lines before this one are of earlier processes. */
    private int begun;

    private Simulation(Script script, Linter linter) {
        this.script = script;
        this.linter = linter;
        this.world = SimulatedWorld.of(script, disk);
        this.steps = script.steps();
        this.runbook = read(steps);
        Map<String, SuppliedValue> site = new LinkedHashMap<>();
        site.put("main_sql", SuppliedValue.of("site", "sql1.example.com"));
        site.put("side_sql", SuppliedValue.of("site", "sql2.example.com"));
        site.put("shell", SuppliedValue.of("site", "Parts"));
        site.put("source", SuppliedValue.of("site", "/source"));
        site.put("target", SuppliedValue.of("site", "/target"));
        this.values = List.of(site);
    }

    /** Plays it. */
    static Outcome play(Script script, Linter linter) {
        Simulation simulation = new Simulation(script, linter);
        try {
            simulation.play();
            simulation.disk.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Outcome(simulation.violations, simulation.tally, simulation.trace);
    }

    private Runbook read(List<StepSpec> written) {
        Checked<Runbook> checked = linter.read(Source.of("simulated.yaml", Script.yaml(written)));
        return checked.value()
                .orElseThrow(() -> new AssertionError(checked.diagnostics() + "\n" + Script.yaml(written)));
    }

    private void play() throws IOException {
        script.steps().forEach(step -> {
            count("action", step.action().name());
            count("way back", step.back().name());
        });
        folder = Bench.folder(disk);
        process("RUN", Optional.empty(), Optional.empty());
        for (Command command : script.commands()) {
            if (!violations.isEmpty()) {
                return;
            }
            process(command.typed().name(), Optional.of(command), Optional.empty());
        }
        if (violations.isEmpty()) {
            end();
        }
        world.happened.forEach((what, times) -> tally.merge("event/" + what, times, Integer::sum));
        oncePerPerson();
    }

    /** Without further trouble people get to an end, whatever was before. */
    private void end() throws IOException {
        calm = true;
        world.calm();
        world.begin(() -> {});
        world.pass(Duration.ofHours(1));
        Optional<Ending> last = Optional.empty();
        for (int i = 0; i < ENOUGH && violations.isEmpty(); i++) {
            RunState state = RunState.of(entries);
            if (script.endByRollback() ? isBack(state) : state.isOver()) {
                return;
            }
            Typed typed = script.endByRollback() ? Typed.ROLLBACK : Typed.RESUME;
            last = process("at the end " + typed, Optional.of(new Command(typed, 0)), Optional.of(OnFailure.STOP));
        }
        RunState state = RunState.of(entries);
        if (violations.isEmpty() && !(script.endByRollback() ? isBack(state) : state.isOver())) {
            violations.add("The run gets to no end: after " + ENOUGH + " times it still ends with " + last + ".");
        }
    }

    private boolean isBack(RunState state) {
        RollbackPlan plan = RollbackPlan.of(runbook, state);
        return state.ending().filter(Ending.ROLLED_BACK::equals).isPresent()
                || plan.steps().isEmpty();
    }

    // ---- one process

    private Optional<Ending> process(String name, Optional<Command> command, Optional<OnFailure> always)
            throws IOException {
        trace.add("--- " + name);
        RunControl control = new RunControl();
        world.begin(control::interrupt);
        questions = 0;
        try {
            Optional<Ending> ending = command.isEmpty() ? start(control) : goOn(command.get(), control, always);
            ending.ifPresent(end -> {
                count("ending", end.name());
                trace.add("    ends with " + end);
            });
            check(ending);
            return ending;
        } catch (SimulatedWorld.Crash | JournalLostException e) {
            trace.add("    " + e.getMessage());
            if (e instanceof SimulatedWorld.Crash && world.tears()) {
                Files.writeString(folder.journal(), "{\"number\":7,\"ti", StandardOpenOption.APPEND);
            }
            check(Optional.empty());
        } catch (Refusal refusal) {
            count("refused", name);
            trace.add("    refused: "
                    + refusal.getMessage().lines().reduce((a, b) -> b).orElse(""));
        } catch (RuntimeException | AssertionError e) {
            violations.add("A process ends with 70: " + e);
            trace.add(e + " " + Arrays.toString(e.getStackTrace()));
        }
        return Optional.empty();
    }

    private Optional<Ending> start(RunControl control) throws IOException {
        Site site = site(runbook, values);
        Plan plan = new Plan(runbook, site, digest(steps));
        try (JournalFile file = JournalFile.create(folder.journal(), world, this::written)) {
            RunEvent.RunStarted started = new RunEvent.RunStarted(
                    1,
                    RUN,
                    STAMP,
                    "simulated",
                    "simulated.yaml",
                    plan.digest(),
                    site.shown(),
                    new Actor("jdoe", "jump1", 1, "test"));
            file.append(started);
            RunFold fold = new RunFold(world.instant(), started);
            return work(plan, file, fold, control, OnFailure.STOP, Map.of(), Engine::run);
        }
    }

    private Optional<Ending> goOn(Command command, RunControl control, Optional<OnFailure> always) throws IOException {
        Typed typed = command.typed();
        JournalReader.Result result = folder.read();
        if (!(result instanceof JournalReader.Result.Whole whole)) {
            violations.add("The journal is broken: " + result);
            return Optional.empty();
        }
        RunState state = RunState.of(whole.read().entries());
        boolean back = typed == Typed.ROLLBACK;
        String chosen = steps.get(command.detail() % steps.size()).step();
        if (back
                ? state.ending().filter(Ending.ROLLED_BACK::equals).isPresent()
                : state.isOver() && typed != Typed.RESUME_AGAIN) {
            throw Refusal.usage("The run is over.");
        }
        List<StepSpec> edited = steps;
        Runbook now = runbook;
        if (typed == Typed.RESUME_EDITED || typed == Typed.RESUME_ACCEPTED) {
            edited = edited(command.detail());
            now = read(edited);
            ChangedSteps.between(runbook, now, state, typed == Typed.RESUME_ACCEPTED);
        }
        List<String> again = typed == Typed.RESUME_AGAIN
                ? new StepsAgain(List.of(chosen), Optional.empty()).of(now, state)
                : List.of();
        List<Map<String, SuppliedValue>> given = values(command);
        Site site = site(now, given);
        ExistingRun existing = new ExistingRun(folder, whole.read(), state);
        ChangedValues.refuse(now, state, existing.lastValues(), site.shown());
        if (back
                && RollbackPlan.of(now, state).steps().isEmpty()
                && state.rollingBack().isEmpty()) {
            throw Refusal.usage("Nothing was touched.");
        }
        Map<String, PriorDecision> decisions = typed == Typed.RESUME_DECIDED
                ? Map.of(chosen, new PriorDecision(decision(command.detail()), "because"))
                : Map.of();
        OnFailure onFailure = always.orElse(typed == Typed.RESUME_OR_BACK ? OnFailure.ROLLBACK : OnFailure.STOP);
        steps = edited;
        runbook = now;
        values = given;
        Plan plan = new Plan(now, site, digest(edited));
        entries.clear();
        entries.addAll(whole.read().entries());
        begun = entries.size();
        try (JournalFile file = JournalFile.goOn(whole.read(), world, this::written)) {
            RunEvent.RunResumed resumed = new RunEvent.RunResumed(
                    Optional.of("simulated.yaml"), plan.digest(), site.shown(), new Actor("jdoe", "jump1", 1, "test"));
            file.append(resumed);
            RunFold fold = RunFold.of(whole.read().entries());
            fold.take(world.instant(), resumed);
            return work(plan, file, fold, control, onFailure, decisions, engine -> {
                if (back) {
                    return engine.rollBack("jdoe");
                }
                engine.again(again, "jdoe");
                return engine.run();
            });
        }
    }

    private static Decision decision(int detail) {
        Decision[] all = {Decision.RETRY, Decision.SKIP, Decision.DONE_BY_HAND, Decision.ROLL_BACK, Decision.PAUSE};
        return all[detail / 7 % all.length];
    }

    private Optional<Ending> work(
            Plan plan,
            JournalFile file,
            RunFold fold,
            RunControl control,
            OnFailure onFailure,
            Map<String, PriorDecision> decisions,
            Function<Engine, Ending> work) {
        Bench bench = new Bench(world, folder, values);
        try {
            return Optional.of(bench.work(
                    plan,
                    file,
                    fold,
                    new Bench.Office(control, question -> answer(question, control), onFailure, decisions),
                    work));
        } finally {
            // what people changed is on disk, however the process ends
            values = bench.values();
        }
    }

    private void written(Entry entry) {
        entries.add(entry);
        RunEvent event = entry.event();
        trace.add(entry);
        if (event instanceof RunEvent.Decided decided) {
            count("decision", decided.decision().name());
        } else if (event instanceof RunEvent.StepDone || event instanceof RunEvent.StepAlreadyDone) {
            seenDone(((RunEvent.OfStep) event).step(), event);
        } else if (event instanceof RunEvent.Sent order && order.work().isUndo()) {
            noFurtherBack(order.work().step());
        }
        world.written(entries.size(), event);
    }

    // ---- people

    private Reply answer(Question question, RunControl control) {
        world.pass(Duration.ofSeconds(20));
        if (++questions > QUESTIONS_A_PROCESS) {
            return Reply.Nobody.END_OF_INPUT;
        }
        int number = calm || answered >= script.answers().size()
                ? 0
                : script.answers().get(answered++);
        Reply reply = question.choices().isEmpty() ? typed(question, number) : chosen(question, number);
        count("question", question.kind().name());
        trace.add("    asked " + question.kind() + " of " + question.subject() + ": "
                + question.message().lines().findFirst().orElse("") + " -> " + reply);
        return control.isStopRequested() && !calm && number % 2 == 1 ? Reply.Nobody.END_OF_INPUT : reply;
    }

    private static Reply typed(Question question, int number) {
        return switch (number % 6) {
            case 1 -> Reply.Nobody.NO_TERMINAL;
            case 2 -> new Reply.Answered("no", "", "jdoe at the terminal");
            case 3 -> new Reply.Answered("maybe", "", "jdoe at the terminal");
            default -> new Reply.Answered(question.expected(), "", "jdoe at the terminal");
        };
    }

    private Reply chosen(Question question, int number) {
        List<String> words =
                question.choices().stream().map(Question.Choice::word).toList();
        if (number % 8 == 7) {
            return Reply.Nobody.NO_TERMINAL;
        }
        String word = number > 0 ? words.get(number % words.size()) : willing(words);
        Question.Choice choice = question.choices().get(words.indexOf(word));
        String argument = switch (choice.argument()) {
            case "" -> "";
            case "NAME=VALUE" -> "goal_" + (1 + number % 6) + "=" + (number % 2 == 0 ? "8" : "9");
            default -> "because";
        };
        return new Reply.Answered(word, argument, "jdoe at the terminal");
    }

    /** Who wants to get on tries again, then goes past. */
    private String willing(List<String> words) {
        Stream<String> wishes = questions < 4
                ? Stream.of("go", "retry", "done", "skip")
                : questions % 2 == 0
                        ? Stream.of("go", "done", "skip", "retry")
                        : Stream.of("go", "skip", "done", "retry");
        return wishes.filter(words::contains).findFirst().orElse(words.get(words.size() - 1));
    }

    // ---- what people change

    private List<StepSpec> edited(int detail) {
        List<StepSpec> other = new ArrayList<>(steps);
        int at = detail % steps.size();
        switch (detail / 7 % 4) {
            case 0 -> other.set(at, steps.get(at).edited());
            case 1 -> other.add(other.remove(at));
            case 2 -> {
                if (other.size() > 1) {
                    other.remove(at);
                }
            }
            default ->
                other.set(
                        at,
                        new StepSpec(
                                steps.get(at).id(),
                                steps.get(at).action(),
                                steps.get(at).back(),
                                1 + steps.get(at).attempts(),
                                steps.get(at).within(),
                                steps.get(at).shape()));
        }
        return other;
    }

    private List<Map<String, SuppliedValue>> values(Command command) {
        List<Map<String, SuppliedValue>> other = new ArrayList<>(values);
        if (command.typed() == Typed.RESUME_VALUE) {
            List<StepSpec> goals = steps.stream().filter(StepSpec::goal).toList();
            if (!goals.isEmpty()) {
                StepSpec step = goals.get(command.detail() % goals.size());
                other.add(0, Map.of("goal_" + step.id(), SuppliedValue.of("--var", "8")));
            }
        } else if (command.typed() == Typed.RESUME_SERVER) {
            other.add(0, Map.of("main_sql", SuppliedValue.of("--var", "other.example.com")));
        } else if (command.typed() == Typed.RESUME_WITHOUT) {
            return other.stream()
                    .<Map<String, SuppliedValue>>map(map -> {
                        Map<String, SuppliedValue> rest = new LinkedHashMap<>(map);
                        rest.remove("side_sql");
                        return rest;
                    })
                    .toList();
        }
        return other;
    }

    private static Site site(Runbook runbook, List<Map<String, SuppliedValue>> given) {
        List<Map<String, SuppliedValue>> known = given.stream()
                .<Map<String, SuppliedValue>>map(map -> {
                    Map<String, SuppliedValue> rest = new LinkedHashMap<>(map);
                    rest.keySet().retainAll(runbook.variables().keySet());
                    return rest;
                })
                .toList();
        Checked<Site> site = SiteBinder.withoutSecrets().bind(runbook, known, RUN, STAMP);
        return site.value().orElseThrow(() -> new AssertionError(site.diagnostics()));
    }

    private static String digest(List<StepSpec> steps) {
        return Integer.toHexString(Script.yaml(steps).hashCode());
    }

    // ---- the invariants

    private void check(Optional<Ending> ending) throws IOException {
        byte[] content = Files.readAllBytes(folder.journal());
        JournalReader.Result result = folder.read();
        if (!(result instanceof JournalReader.Result.Whole whole)) {
            violations.add("The journal is broken: " + result);
            return;
        }
        JournalReader.Read read = whole.read();
        if (content.length < kept.length || Arrays.mismatch(content, 0, kept.length, kept, 0, kept.length) >= 0) {
            violations.add("The journal lost lines that it had.");
        }
        kept = Arrays.copyOf(content, (int) read.length());
        RunState state = RunState.of(read.entries());
        for (StepSpec step : steps) {
            boolean open = world.ledger.stream().anyMatch(effect -> isOpen(effect) && effect.step.equals(step.step()));
            if (open && !state.step(step.step()).started() && !isLeft(step)) {
                violations.add("What " + step.step() + " sent is not known to the journal.");
            }
        }
        ending.ifPresent(end -> isTrue(end, state));
    }

    /** Whether it is an effect of the run that may have happened and was not taken back. */
    private boolean isOpen(Effect effect) {
        if (effect.step.isEmpty() || effect.undo || effect.fate != Fate.HAPPENED && effect.fate != Fate.PENDING) {
            return false;
        }
        int at = world.ledger.indexOf(effect);
        return world.ledger.stream()
                .skip(at + 1L)
                .noneMatch(later -> later.part.equals(effect.part)
                        && (later.undo && later.fate == Fate.HAPPENED || later.step.isEmpty()));
    }

    private StepSpec spec(String step) {
        return Stream.concat(steps.stream(), script.steps().stream())
                .filter(each -> each.step().equals(step))
                .findFirst()
                .orElseThrow();
    }

    private int goal(StepSpec step) {
        return step.goal()
                ? values.stream()
                        .filter(map -> map.containsKey("goal_" + step.id()))
                        .findFirst()
                        .map(map -> 8)
                        .orElse(SimulatedWorld.ON)
                : SimulatedWorld.ON;
    }

    private List<String> parts(StepSpec step) {
        boolean elsewhere = values.stream().anyMatch(map -> map.containsKey("main_sql") && map.size() == 1);
        boolean side = (step.shape() & 32) != 0;
        if (step.action() == Action.NONE) {
            return List.of("w2");
        }
        return step.action() == Action.COPY
                ? Stream.of(1, 2, 3)
                        .map(i -> "/target/" + step.step() + "_" + i + ".trn")
                        .toList()
                : step.parts().stream()
                        .map(part -> elsewhere && !side && step.action() != Action.CMDLET
                                ? "other.example.com:" + part
                                : part)
                        .toList();
    }

    /** Nothing is called done that is not. */
    private void seenDone(String id, RunEvent event) {
        StepSpec step = spec(id);
        boolean shows = step.proof() || step.action() == Action.COPY;
        if (!shows || byHand(id) || step.goal()) {
            return;
        }
        parts(step).stream()
                .filter(part -> world.state(part) != goal(step))
                .forEach(part -> violations.add("Step " + id + " is called "
                        + event.getClass().getSimpleName() + ", and " + part + " is " + world.state(part) + "."));
    }

    /** Whether the last word on a step is that of a person who says that it is done. */
    private boolean byHand(String id) {
        return entries.stream()
                .map(Entry::event)
                .filter(event -> event instanceof RunEvent.Decided decided
                                && decided.step().equals(id)
                        || event instanceof RunEvent.AttemptStarted attempt
                                && attempt.work().step().equals(id))
                .reduce((first, second) -> second)
                .filter(event ->
                        event instanceof RunEvent.Decided decided && decided.decision() == Decision.DONE_BY_HAND)
                .isPresent();
    }

    /** A point of no return is not crossed on the way back, unless it is known that it did not happen, or a person said so. */
    private void noFurtherBack(String id) {
        List<String> ids = steps.stream().map(StepSpec::step).toList();
        steps.stream()
                .filter(step -> step.back() == Back.IMPOSSIBLE && ids.indexOf(step.step()) > ids.indexOf(id))
                .filter(step -> world.ledger.stream()
                        .anyMatch(effect -> effect.step.equals(step.step())
                                && (effect.fate == Fate.HAPPENED || effect.fate == Fate.PENDING)))
                .forEach(step -> violations.add("The rollback of " + id + " goes past the point of no return "
                        + step.step() + ", which happened."));
    }

    /** Whether somebody decided that what it did stays. */
    private boolean isLeft(StepSpec step) {
        return entries.stream()
                .map(Entry::event)
                .anyMatch(event -> event instanceof RunEvent.StepUndone undone
                                && undone.step().equals(step.step())
                                && !undone.how().equals("by its rollback")
                                && !undone.how().endsWith("deleted")
                        || event instanceof RunEvent.StepLeft left
                                && left.step().equals(step.step()));
    }

    private boolean isTouched(String part) {
        return world.ledger.stream().anyMatch(effect -> effect.step.isEmpty() && effect.part.equals(part));
    }

    private void isTrue(Ending ending, RunState state) {
        if (ending == Ending.DONE) {
            for (StepSpec step : steps) {
                StepState known = state.step(step.step());
                if (!known.status().isFinished()) {
                    violations.add("The run is done, and step " + step.step() + " is " + known.status() + ".");
                }
                boolean sent =
                        world.ledger.stream().anyMatch(effect -> isOpen(effect) && effect.step.equals(step.step()));
                if (known.status() == StepStatus.SKIPPED && sent && !skippedByPerson(step)) {
                    violations.add("Step " + step.step() + " is called skipped, and did something.");
                }
            }
        }
        if (ending == Ending.FAILED_UNCHANGED) {
            world.ledger.stream()
                    .filter(this::isOpen)
                    .findFirst()
                    .ifPresent(effect -> violations.add("The run says that it changed nothing, and " + effect + "."));
        }
        if (ending == Ending.ROLLED_BACK) {
            world.ledger.stream()
                    .filter(this::isOpen)
                    .filter(effect -> !isLeft(spec(effect.step)))
                    .findFirst()
                    .ifPresent(effect ->
                            violations.add("The run says that it is rolled back, and open is: " + effect + "."));
            for (StepSpec step : steps) {
                boolean acted = world.ledger.stream()
                        .anyMatch(effect ->
                                effect.step.equals(step.step()) && !effect.undo && effect.fate == Fate.HAPPENED);
                boolean actions = step.back() == Back.ACTION
                        || step.back() == Back.TWO_ACTIONS
                        || step.back() == Back.EACH_ROW
                        || step.back() == Back.REMEMBERED;
                if (acted && actions && !isLeft(step)) {
                    parts(step).stream()
                            .filter(part -> !isTouched(part) && world.state(part) != SimulatedWorld.OFF)
                            .forEach(part -> violations.add("The run says that it is rolled back, and " + part
                                    + " is left at " + world.state(part) + "."));
                }
            }
        }
    }

    private boolean skippedByPerson(StepSpec step) {
        return entries.stream()
                .map(Entry::event)
                .anyMatch(event -> event instanceof RunEvent.Decided decided
                        && decided.step().equals(step.step())
                        && decided.decision() == Decision.SKIP);
    }

    /** What may be tried once is done once, unless a person wants it again; and nothing is done twice that nobody looked at. */
    private void oncePerPerson() {
        for (StepSpec step : script.steps()) {
            Map<String, Effect> last = new LinkedHashMap<>();
            for (Effect effect : world.ledger) {
                boolean own = effect.step.equals(step.step());
                if (effect.step.isEmpty() || own && effect.undo) {
                    last.remove(effect.part);
                } else if (own && (effect.fate == Fate.HAPPENED || effect.fate == Fate.PENDING)) {
                    Effect before = last.put(effect.part, effect);
                    if (before != null && !wanted(step, before, effect)) {
                        violations.add("Step " + step.step() + " with " + step.attempts()
                                + " attempts did its work twice, and nobody wanted that: " + effect + ".");
                    }
                }
            }
        }
    }

    private boolean wanted(StepSpec step, Effect before, Effect effect) {
        boolean person = entries.subList(before.line, Math.min(effect.line, entries.size())).stream()
                .map(Entry::event)
                .anyMatch(event -> event instanceof RunEvent.Decided decided
                                && decided.step().equals(step.step())
                                && (decided.decision() == Decision.RETRY || decided.decision() == Decision.CHANGE)
                        || event instanceof RunEvent.Answered answer
                                && answer.step().equals(step.step())
                                && answer.accepted()
                        || event instanceof RunEvent.StepUndone undone
                                && undone.step().equals(step.step()));
        boolean looked = !step.proof()
                || world.looks.stream()
                        .anyMatch(look -> look.about().equals(step.step())
                                && look.line() >= before.line
                                && look.line() <= effect.line);
        return person || step.attempts() > 1 && looked;
    }

    private void count(String kind, String name) {
        tally.merge(kind + "/" + name, 1, Integer::sum);
    }
}
