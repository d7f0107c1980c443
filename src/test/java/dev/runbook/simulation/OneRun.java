package dev.runbook.simulation;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.runbook.base.Checked;
import dev.runbook.base.Source;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.engine.Engine;
import dev.runbook.engine.RunControl;
import dev.runbook.event.Actor;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.JournalReader;
import dev.runbook.language.Runbook;
import dev.runbook.lint.Linter;
import dev.runbook.plan.Plan;
import dev.runbook.runs.RunFolder;
import dev.runbook.site.Site;
import dev.runbook.site.SiteBinder;
import dev.runbook.site.SuppliedValue;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;
import dev.runbook.state.StepStatus;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One run of a small runbook in the simulated world, told by a test: steps {@code s1} to {@code s4} with a part of that name each,
 * a person whose answers are known beforehand, and what happens.
 */
final class OneRun {
    private static final String BEFORE = """
            runbook: small
            title: Small
            variables:
              main_sql: {type: sql-server, description: first server}
              side_sql: {type: sql-server, optional: true, description: second server}
              shell: {type: powershell, description: management shell}
              source: {type: path, description: folder}
              target: {type: path, description: folder}
              goal: {type: number, description: state to reach, default: 9}
            facts:
            """;

    private static final Linter LINTER = new Linter();

    final SimulatedWorld world;
    final List<Question> questions = new ArrayList<>();
    final List<Entry> entries = new ArrayList<>();
    RunControl control = new RunControl();
    private final Deque<String> answers = new ArrayDeque<>();
    private final RunFolder folder;
    private Runbook runbook;
    private List<Map<String, SuppliedValue>> values;

    /** A run of these steps, as they stand in a runbook. */
    OneRun(String steps) {
        FileSystem disk = Jimfs.newFileSystem(Configuration.unix());
        world = new SimulatedWorld(disk, List.of("s1", "s2", "s3", "s4"), List.of());
        folder = Bench.folder(disk);
        runbook = read(steps);
        Map<String, SuppliedValue> site = new LinkedHashMap<>();
        site.put("main_sql", SuppliedValue.of("site", "sql1.example.com"));
        site.put("side_sql", SuppliedValue.of("site", "sql2.example.com"));
        site.put("shell", SuppliedValue.of("site", "Parts"));
        site.put("source", SuppliedValue.of("site", "/source"));
        site.put("target", SuppliedValue.of("site", "/target"));
        values = List.of(site);
    }

    private static Runbook read(String steps) {
        StringBuilder text = new StringBuilder(BEFORE);
        for (String part : List.of("s1", "s2", "s3", "s4", "w1", "w2")) {
            String asked =
                    "{server: main_sql, sql: \"SELECT name, state FROM ops.dbo.part WHERE name = N'" + part + "'\"";
            text.append("  " + part + " is on: " + asked + ", expect: {state: 9}}\n");
            text.append("  " + part + " is off: " + asked + ", expect: {state: 2}}\n");
            text.append("  state of " + part + ": " + asked + "}\n");
        }
        Checked<Runbook> checked = LINTER.read(Source.of("small.yaml", text + "steps:\n" + steps));
        return checked.value().orElseThrow(() -> new AssertionError(checked.diagnostics()));
    }

    /** A step that sets its part. */
    static String step(String id, String more) {
        return "  - step: " + id + "\n    title: Set " + id + "\n    server: main_sql\n"
                + "    sql: UPDATE ops.dbo.part SET state = 9 WHERE name = N'" + id + "'\n"
                + (more.contains("retry:") && more.contains("no proof") ? "" : "    done-when: " + id + " is on\n")
                + (more.contains("rollback:")
                        ? ""
                        : "    rollback: {server: main_sql, sql: \"UPDATE ops.dbo.part SET state = 2 WHERE name = N'"
                                + id + "'\"}\n")
                + more.replace("no proof", "")
                        .lines()
                        .map(line -> "    " + line.strip() + "\n")
                        .collect(Collectors.joining());
    }

    /** What a person will type, question after question: a word, and what is given behind it. After that nobody is there. */
    OneRun answering(String... typed) {
        answers.addAll(Arrays.asList(typed));
        return this;
    }

    /** The runbook is another one when the run is resumed. */
    OneRun edited(String steps) {
        runbook = read(steps);
        return this;
    }

    Ending run() {
        return run(Engine.OnFailure.STOP, Map.of());
    }

    /** Begins. */
    Ending run(Engine.OnFailure onFailure, Map<String, Engine.PriorDecision> decisions) {
        Plan plan = plan();
        try (JournalFile file = JournalFile.create(folder.journal(), world, this::written)) {
            RunEvent.RunStarted started = new RunEvent.RunStarted(
                    1,
                    Bench.RUN,
                    "20261121031209",
                    "small",
                    "small.yaml",
                    plan.digest(),
                    plan.site().shown(),
                    new Actor("jdoe", "jump1", 1, "test"));
            file.append(started);
            return work(plan, file, new RunFold(world.instant(), started), onFailure, decisions, Engine::run);
        }
    }

    Ending resume() {
        return goOn(Engine.OnFailure.STOP, Map.of(), Engine::run);
    }

    Ending resume(Map<String, Engine.PriorDecision> decisions) {
        return goOn(Engine.OnFailure.STOP, decisions, Engine::run);
    }

    Ending rollBack() {
        return goOn(Engine.OnFailure.STOP, Map.of(), engine -> engine.rollBack("jdoe"));
    }

    Ending rollBack(Map<String, Engine.PriorDecision> decisions) {
        return goOn(Engine.OnFailure.STOP, decisions, engine -> engine.rollBack("jdoe"));
    }

    /** Goes on in another process. */
    Ending goOn(
            Engine.OnFailure onFailure, Map<String, Engine.PriorDecision> decisions, Function<Engine, Ending> work) {
        JournalReader.Read read = ((JournalReader.Result.Whole) folder.read()).read();
        Plan plan = plan();
        entries.clear();
        entries.addAll(read.entries());
        try (JournalFile file = JournalFile.goOn(read, world, this::written)) {
            RunEvent.RunResumed resumed = new RunEvent.RunResumed(
                    Optional.of("small.yaml"),
                    plan.digest(),
                    plan.site().shown(),
                    new Actor("jdoe", "jump1", 1, "test"));
            file.append(resumed);
            RunFold fold = RunFold.of(read.entries());
            fold.take(world.instant(), resumed);
            return work(plan, file, fold, onFailure, decisions, work);
        }
    }

    private Ending work(
            Plan plan,
            JournalFile file,
            RunFold fold,
            Engine.OnFailure onFailure,
            Map<String, Engine.PriorDecision> decisions,
            Function<Engine, Ending> work) {
        control = new RunControl();
        world.begin(control::interrupt);
        Bench bench = new Bench(world, folder, values);
        Ending ending =
                bench.work(plan, file, fold, new Bench.Office(control, this::answer, onFailure, decisions), work);
        values = bench.values();
        return ending;
    }

    private Plan plan() {
        Site site = SiteBinder.withoutSecrets()
                .bind(runbook, values, Bench.RUN, "20261121031209")
                .value()
                .orElseThrow();
        return new Plan(runbook, site, "00");
    }

    private void written(Entry entry) {
        entries.add(entry);
        world.written(entries.size(), entry.event());
    }

    private Reply answer(Question question) {
        questions.add(question);
        world.ponder();
        if (answers.isEmpty()) {
            return Reply.Nobody.NO_TERMINAL;
        }
        String typed = answers.remove();
        if (question.choices().isEmpty()) {
            return new Reply.Answered(typed, "", "jdoe at the terminal");
        }
        String[] words = typed.split(" ", 2);
        return new Reply.Answered(words[0], words.length > 1 ? words[1] : "", "jdoe at the terminal");
    }

    // ---- what there is to see

    RunState state() {
        return RunState.of(entries);
    }

    StepStatus status(String step) {
        return state().step(step).status();
    }

    /** What the run said when it ended. */
    String said() {
        return ((RunEvent.RunStopped) entries.get(entries.size() - 1).event()).message();
    }

    /** The texts that were sent, in order. */
    List<String> sent() {
        return entries.stream()
                .map(Entry::event)
                .filter(RunEvent.Sent.class::isInstance)
                .map(event -> ((RunEvent.Sent) event).text())
                .map(text -> text.replaceAll(".*SET state = (\\d+) WHERE name = N'(\\w+)'.*", "$2=$1"))
                .toList();
    }

    /** What people decided, in order. */
    List<String> decided() {
        return entries.stream()
                .map(Entry::event)
                .filter(RunEvent.Decided.class::isInstance)
                .map(event -> (RunEvent.Decided) event)
                .map(event -> event.step() + " " + event.decision()
                        + (event.reason().isEmpty() ? "" : " " + event.reason()) + " by " + event.by())
                .toList();
    }

    /** The words that the last question lets a person type. */
    List<String> choices() {
        return questions.get(questions.size() - 1).choices().stream()
                .map(Question.Choice::word)
                .toList();
    }

    /** The events of one kind. */
    <T extends RunEvent> List<T> all(Class<T> type) {
        return entries.stream()
                .map(Entry::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The size of the journal. */
    long length() throws IOException {
        return Files.size(folder.journal());
    }
}
