package dev.runbook.simulation;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.runbook.base.Checked;
import dev.runbook.base.Source;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.engine.Engine;
import dev.runbook.engine.RollbackPlan;
import dev.runbook.engine.RunControl;
import dev.runbook.event.Actor;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import dev.runbook.journal.Journal;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.JournalReader;
import dev.runbook.language.Runbook;
import dev.runbook.plan.Plan;
import dev.runbook.runs.RunFolder;
import dev.runbook.session.ChangedSteps;
import dev.runbook.session.ChangedValues;
import dev.runbook.session.ExistingRun;
import dev.runbook.session.StepsAgain;
import dev.runbook.simulation.Invariants.Invariant;
import dev.runbook.simulation.Script.Action;
import dev.runbook.simulation.Script.Back;
import dev.runbook.simulation.Script.Command;
import dev.runbook.simulation.Script.StepSpec;
import dev.runbook.simulation.Script.Typed;
import dev.runbook.simulation.SimulatedWorld.Lie;
import dev.runbook.site.Site;
import dev.runbook.site.SiteBinder;
import dev.runbook.site.SuppliedValue;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;
import dev.runbook.terminal.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    /** In one script of so many each process reads the journal of the one before; in the others each does after a crash. */
    private static final int READ_BACK = 4;

    private static final String RUN = Bench.RUN;
    private static final String STAMP = "20261121031209";

    /**
     * What came of a script.
     *
     * @param violations of the invariants; none where all hold
     * @param tally how often each thing happened, by kind and name
     * @param trace what the journal and the world say, line by line
     * @param lines the moments at which a line was written
     */
    record Outcome(
            List<Invariants.Violation> violations,
            Map<String, Integer> tally,
            List<Object> trace,
            List<Integer> lines) {
        /** What broke first; empty where everything holds. */
        Optional<Invariants.Invariant> broken() {
            return violations.stream().map(Invariants.Violation::invariant).findFirst();
        }

        /** For people. */
        String told() {
            return trace.stream()
                    .map(line -> line instanceof Entry entry ? entry.number() + " " + entry.event() : line.toString())
                    .collect(Collectors.joining("\n"));
        }
    }

    private final Script script;
    private final Function<Source, Checked<Runbook>> reader;
    private final FileSystem disk = Jimfs.newFileSystem(Configuration.unix());
    private final SimulatedWorld world;
    private final Map<String, Integer> tally = new TreeMap<>();
    private final List<Object> trace = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Invariants invariants;
    private List<StepSpec> steps;
    private Runbook runbook;
    private List<Map<String, SuppliedValue>> values;
    private RunFolder folder;
    private Optional<Bench> bench = Optional.empty();
    private int answered;
    private int questions;
    private boolean calm;
    private boolean cutOff;

    private Simulation(Script script, Function<Source, Checked<Runbook>> reader, Lie lie) {
        this.script = script;
        this.reader = reader;
        this.world = SimulatedWorld.of(script, disk);
        world.lie = lie;
        this.invariants = new Invariants(world, entries);
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

    /**
     * Plays it.
     *
     * @param reader of runbooks
     */
    static Outcome play(Script script, Function<Source, Checked<Runbook>> reader) {
        return play(script, reader, Lie.NONE);
    }

    /** Plays it in a world that is not as it should be. */
    static Outcome play(Script script, Function<Source, Checked<Runbook>> reader, Lie lie) {
        Simulation simulation = new Simulation(script, reader, lie);
        try {
            simulation.play();
            simulation.disk.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Outcome(
                simulation.invariants.violations(), simulation.tally, simulation.trace, simulation.world.lines);
    }

    private Runbook read(List<StepSpec> written) {
        Checked<Runbook> checked = reader.apply(Source.of("simulated.yaml", Script.yaml(written)));
        return checked.value()
                .orElseThrow(() -> new AssertionError(Script.yaml(written)
                        + checked.diagnostics().stream()
                                .map(found -> "\n" + found.rule() + " " + found.message())
                                .collect(Collectors.joining())));
    }

    private void play() throws IOException {
        script.steps().forEach(step -> {
            count("action", step.action().name());
            count("way back", step.back().name());
            step.features().forEach(feature -> count("step with", feature));
        });
        invariants.runbook(steps);
        folder = Bench.folder(disk);
        process(script.run(), Engine.OnFailure.STOP);
        for (Command command : script.commands()) {
            if (invariants.isBroken()) {
                return;
            }
            process(command, Engine.OnFailure.STOP);
        }
        if (!invariants.isBroken()) {
            end();
        }
        world.happened.forEach((what, times) -> tally.merge("event/" + what, times, Integer::sum));
        invariants.onceForEachWish();
        invariants.looked().forEach((invariant, times) -> tally.merge("invariant/" + invariant, times, Integer::sum));
    }

    /** Without further trouble people get to an end, whatever was before. */
    private void end() throws IOException {
        calm = true;
        world.calm();
        world.begin(() -> {});
        world.pass(Duration.ofHours(1));
        Optional<Ending> last = Optional.empty();
        Typed typed = script.endByRollback() ? Typed.ROLLBACK : Typed.RESUME;
        for (int i = 0; i < ENOUGH && !invariants.isBroken() && !isAtItsEnd(); i++) {
            last = process(new Command(typed, 0), Engine.OnFailure.STOP);
        }
        invariants.look(
                Invariant.ENDS,
                isAtItsEnd(),
                () -> "After " + ENOUGH + " times " + typed + " the run still is at no end.");
        last.ifPresent(ending -> count("at the end", ending.name()));
    }

    private boolean isAtItsEnd() {
        RunState state = RunState.of(entries);
        return script.endByRollback() ? isBack(state) : state.isOver();
    }

    private boolean isBack(RunState state) {
        RollbackPlan plan = RollbackPlan.of(runbook, state);
        return state.ending().filter(Ending.ROLLED_BACK::equals).isPresent()
                || plan.steps().isEmpty();
    }

    // ---- one process

    private Optional<Ending> process(Command command, Engine.OnFailure always) throws IOException {
        String name = command.typed().name();
        trace.add("--- " + command);
        RunControl control = new RunControl();
        world.begin(control::interrupt);
        questions = 0;
        boolean first = entries.isEmpty();
        try {
            Ending ending = first ? start(command, control) : goOn(command, control, always);
            count("command", name);
            count("ending", ending.name());
            trace.add("    ends with " + ending);
            cutOff = false;
            invariants.afterProcess(folder, Optional.of(ending));
            return Optional.of(ending);
        } catch (SimulatedWorld.Crash | Journal.LostException e) {
            count("command", name);
            cutOff = true;
            trace.add("    " + e.getMessage());
            invariants.afterProcess(folder, Optional.empty());
        } catch (Refusal refusal) {
            count("refused", name);
            trace.add("    refused: "
                    + refusal.getMessage().lines().reduce((a, b) -> b).orElse(""));
        } catch (RuntimeException | AssertionError e) {
            trace.add(e + " " + Arrays.toString(e.getStackTrace()));
            invariants.look(Invariant.NO_MISTAKE, false, () -> "A process ends with a mistake of the program: " + e);
        }
        return Optional.empty();
    }

    private Ending start(Command command, RunControl control) {
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
            return work(plan, file, fold, office(command, control, Engine.OnFailure.STOP), Engine::run);
        }
    }

    private Ending goOn(Command command, RunControl control, Engine.OnFailure always) throws IOException {
        Typed typed = command.typed();
        if (world.lie == Lie.SHORT_JOURNAL) {
            shorten();
        }
        JournalReader.Read read = read();
        RunFold fold = RunFold.of(read.entries());
        RunState state = fold.state();
        boolean back = typed.isRollback();
        if (back
                ? state.ending().filter(Ending.ROLLED_BACK::equals).isPresent()
                : state.isOver() && typed != Typed.RESUME_AGAIN) {
            throw Refusal.usage("The run is over.");
        }
        List<StepSpec> edited = steps;
        Runbook now = runbook;
        if (typed == Typed.RESUME_EDITED || typed == Typed.RESUME_ACCEPTED) {
            edited = edited(command);
            now = read(edited);
            ChangedSteps.between(runbook, now, state, typed == Typed.RESUME_ACCEPTED);
        }
        List<String> again = typed == Typed.RESUME_AGAIN
                ? new StepsAgain(List.of(chosen(command)), Optional.empty()).of(now, state)
                : List.of();
        List<Map<String, SuppliedValue>> given = values(command);
        Site site = site(now, given);
        ExistingRun existing = new ExistingRun(folder, read, state);
        ChangedValues.refuse(now, state, existing.lastValues(), site.shown());
        if (back
                && RollbackPlan.of(now, state).steps().isEmpty()
                && state.rollingBack().isEmpty()) {
            invariants.nothingToTakeBack(RollbackPlan.of(now, state).barrier().isPresent());
            throw Refusal.usage("Nothing was touched.");
        }
        steps = edited;
        runbook = now;
        values = given;
        steps.forEach(world::place);
        invariants.runbook(steps);
        Plan plan = new Plan(now, site, digest(edited));
        entries.clear();
        entries.addAll(read.entries());
        try (JournalFile file = JournalFile.goOn(read, world, this::written)) {
            RunEvent.RunResumed resumed = new RunEvent.RunResumed(
                    Optional.of("simulated.yaml"), plan.digest(), site.shown(), new Actor("jdoe", "jump1", 1, "test"));
            file.append(resumed);
            fold.take(world.instant(), resumed);
            return work(plan, file, fold, office(command, control, always), engine -> {
                if (back) {
                    return engine.rollBack("jdoe");
                }
                engine.again(again, "jdoe");
                return engine.run();
            });
        }
    }

    /** The journal as the next process finds it. Read back where it was cut off, and often besides: that takes a third of all time. */
    private JournalReader.Read read() throws IOException {
        if (cutOff || world.lie != Lie.NONE || script.answers().hashCode() % READ_BACK == 0) {
            JournalReader.Result result = folder.read();
            invariants.readBack(result);
            return ((JournalReader.Result.Whole) result).read();
        }
        long size = Files.size(folder.journal());
        return new JournalReader.Read(folder.journal(), entries, size, size, true);
    }

    /** The last three lines are gone, and what would tell it. */
    private void shorten() throws IOException {
        List<String> lines = Files.readAllLines(folder.journal());
        Files.write(folder.journal(), lines.subList(0, Math.max(1, lines.size() - 3)));
        Files.delete(folder.path().resolve("journal.jsonl.last"));
    }

    private String chosen(Command command) {
        return steps.get(command.detail() % steps.size()).step();
    }

    private Bench.Office office(Command command, RunControl control, Engine.OnFailure always) {
        Map<String, Engine.PriorDecision> decisions = command.typed().isDecided()
                ? Map.of(chosen(command), new Engine.PriorDecision(decision(command), "because"))
                : Map.of();
        Engine.OnFailure onFailure = command.typed().isOrBack() ? Engine.OnFailure.ROLLBACK : always;
        return new Bench.Office(control, question -> answer(question, control), onFailure, decisions);
    }

    private static Decision decision(Command command) {
        Decision[] all = {Decision.RETRY, Decision.SKIP, Decision.DONE_BY_HAND, Decision.ROLL_BACK, Decision.PAUSE};
        // the one decision that goes with a rollback
        return command.typed().isRollback() ? Decision.DONE_BY_HAND : all[command.detail() / 7 % all.length];
    }

    private Ending work(Plan plan, JournalFile file, RunFold fold, Bench.Office office, Function<Engine, Ending> work) {
        Bench now = new Bench(world, folder, values);
        bench = Optional.of(now);
        try {
            return now.work(plan, file, fold, office, work);
        } finally {
            // what people changed is on disk, however the process ends
            values = now.values();
        }
    }

    private void written(Entry entry) {
        if (world.isTearing()) {
            return;
        }
        entries.add(entry);
        trace.add(entry);
        if (entry.event() instanceof RunEvent.Decided decided) {
            count("decision", decided.decision().name());
        }
        invariants.written(entry.event(), bench.map(Bench::values).orElse(values));
        world.written(entries.size(), entry.event());
    }

    // ---- people

    private Reply answer(Question question, RunControl control) {
        world.pass(Duration.ofSeconds(20));
        if (++questions > QUESTIONS_A_PROCESS) {
            return Reply.Nobody.END_OF_INPUT;
        }
        if (world.lie == Lie.NOBODY_DECIDES) {
            return Reply.Nobody.NO_TERMINAL;
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
            case "NAME=VALUE" -> goal(question, number) + "=" + (number % 2 == 0 ? "8" : "9");
            default -> "because";
        };
        return new Reply.Answered(word, argument, "jdoe at the terminal");
    }

    /** A variable of the step that is asked about, if it has one. */
    private String goal(Question question, int number) {
        return steps.stream()
                .filter(step -> step.step().equals(question.subject()) && step.goal() && number % 5 > 0)
                .map(step -> "goal_" + step.id())
                .findFirst()
                .orElse("goal_" + (1 + number % 6));
    }

    /** Who wants to get on tries again, then goes past, in one way or another: some ways ask a second question. */
    private String willing(List<String> words) {
        Stream<String> wishes = questions < 4
                ? Stream.of("go", "retry", "done", "skip")
                : questions / 2 % 2 == 0
                        ? Stream.of("go", "done", "skip", "retry")
                        : Stream.of("go", "skip", "done", "retry");
        return wishes.filter(words::contains).findFirst().orElse(words.get(words.size() - 1));
    }

    // ---- what people change

    private List<StepSpec> edited(Command command) {
        List<StepSpec> other = new ArrayList<>(steps);
        int at = command.detail() % steps.size();
        StepSpec step = steps.get(at);
        // what was begun may have acted as it was written: its way back stays as it is
        int ways = command.typed() == Typed.RESUME_EDITED ? 7 : 5;
        switch (command.detail() / 7 % ways) {
            case 0 -> other.set(at, step.edited());
            case 1 -> other.add(other.remove(at));
            case 2 -> {
                if (other.size() > 1) {
                    other.remove(at);
                }
            }
            case 3 -> other.set(at, step.withOneMoreAttempt());
            case 4 -> other.add(at, step.under(1 + invariants.highestId()));
            case 5 -> other.set(at, step.with(any(Action.values(), command), step.back()));
            default -> other.set(at, step.with(step.action(), any(Back.values(), command)));
        }
        return other;
    }

    private static <T> T any(T[] all, Command command) {
        return all[command.detail() / 49 % all.length];
    }

    private List<Map<String, SuppliedValue>> values(Command command) {
        List<Map<String, SuppliedValue>> other = new ArrayList<>(values);
        if (command.typed() == Typed.RESUME_VALUE) {
            List<StepSpec> goals = steps.stream().filter(StepSpec::goal).toList();
            if (!goals.isEmpty()) {
                StepSpec step = goals.get(command.detail() % goals.size());
                other.add(0, Map.of("goal_" + step.id(), SuppliedValue.of("--var", "8")));
            }
        } else if (command.typed() == Typed.RESUME_SERVER || command.typed() == Typed.ROLLBACK_SERVER) {
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

    private void count(String kind, String name) {
        tally.merge(kind + "/" + name, 1, Integer::sum);
    }
}
