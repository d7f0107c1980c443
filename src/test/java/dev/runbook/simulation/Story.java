package dev.runbook.simulation;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.runbook.base.Checked;
import dev.runbook.base.Source;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.engine.Engine;
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
import dev.runbook.language.RunbookReader;
import dev.runbook.plan.Plan;
import dev.runbook.runs.RunFolder;
import dev.runbook.simulation.Script.What;
import dev.runbook.site.Site;
import dev.runbook.site.SiteBinder;
import dev.runbook.site.SuppliedValue;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run that a file tells: steps, {@code ---}, and what happens, a line each; behind another {@code ---} the steps as somebody has
 * edited them. Played, it tells all that the journal holds, that a person is asked, that is waited for, and what is known in the
 * end.
 *
 * <p>{@code - set s1} is a step that sets its part, {@code order 2: LOST_AFTER} is what happens to the second order from there,
 * {@code soon: QUESTION_LOST 3} what happens as soon as it
 * can, {@code after 14 STOP} what happens so many moments later, {@code at question 1: set w2 2} and {@code at pause 1: stop} what
 * happens meanwhile, {@code answers: yes | retry} what a person types. {@code run}, {@code resume}, {@code rollback} and
 * {@code again} are the commands, {@code --decide} and {@code --on-failure rollback} what may stand behind them.
 */
final class Story {
    private static final String HEAD = """
        runbook: small
        title: Small
        variables:
          main_sql: {type: sql-server, description: first server}
          side_sql: {type: sql-server, optional: true, description: second server}
          shell: {type: powershell, description: management shell}
          source: {type: path, description: folder}
          target: {type: path, description: folder}
          goal: {type: number, description: state to reach, default: 9}
          word: {type: secret, description: a password}
        """;

    private static final Pattern SET = Pattern.compile("- set (s\\d)");
    private static final Pattern MEANWHILE = Pattern.compile("at (question|pause) (\\d+): (.*)");
    private static final Pattern ORDER = Pattern.compile("order (\\d+): (\\w+)");
    private static final Pattern DECIDED = Pattern.compile("--decide (\\w+)=([\\w-]+)(?::(.*?))?(?= --|$)");

    private final FileSystem disk = Jimfs.newFileSystem(Configuration.unix());
    private final RunFolder folder = Bench.folder(disk);
    private final SimulatedWorld world;
    private final List<Entry> entries = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private final Map<String, String> meanwhile = new HashMap<>();
    private final Telling told = new Telling();
    private final String[] parts;
    private List<Map<String, SuppliedValue>> values;
    private Runbook runbook;
    private int questions;
    private int pauses;
    private RunControl control = new RunControl();
    private Optional<Ending> before = Optional.empty();
    private Optional<String> lostTo = Optional.empty();

    Story(String text) {
        parts = text.split("(?m)^---\\n");
        world = new SimulatedWorld(disk, List.of("s1", "s2", "s3", "s4", "s1a", "s1b", "s1c"), List.of());
        runbook = read(parts[0]);
        Map<String, SuppliedValue> site = new LinkedHashMap<>();
        site.put("main_sql", SuppliedValue.of("site", "sql1.example.com"));
        site.put("side_sql", SuppliedValue.of("site", "sql2.example.com"));
        site.put("shell", SuppliedValue.of("site", "Parts"));
        site.put("source", SuppliedValue.of("site", "/source"));
        site.put("target", SuppliedValue.of("site", "/target"));
        site.put("word", SuppliedValue.of("site", new Value.Secret("hush")));
        values = List.of(site);
    }

    /** All that was told. */
    String play() {
        parts[1].lines().filter(line -> !line.isBlank()).forEach(this::line);
        return told.toString();
    }

    private static Runbook read(String text) {
        StringBuilder facts = new StringBuilder("facts:\n");
        for (String part : List.of("s1", "s2", "s3", "s4", "w1", "w2")) {
            String asked =
                    "{server: main_sql, sql: \"SELECT name, state FROM ops.dbo.part WHERE name = N'" + part + "'\"";
            facts.append("  " + part + " is on: " + asked + ", expect: {state: 9}}\n");
            facts.append("  " + part + " is off: " + asked + ", expect: {state: 2}}\n");
            facts.append("  state of " + part + ": " + asked + "}\n");
        }
        int begin = text.indexOf("steps:\n");
        StringBuilder variables = new StringBuilder(HEAD);
        StringBuilder more = variables;
        for (String line : text.substring(0, begin).lines().toList()) {
            if (line.startsWith(" ")) {
                more.append(line).append('\n');
            } else {
                more = line.equals("facts:") ? facts : variables;
            }
        }
        Checked<Runbook> loaded = new RunbookReader()
                .read(Source.of("small.yaml", variables.append(facts) + steps(text.substring(begin))));
        return loaded.value()
                .orElseThrow(() -> new AssertionError(loaded.diagnostics().stream()
                        .map(found -> found.span() + " " + found.message())
                        .toList()));
    }

    private static String steps(String text) {
        StringBuilder steps = new StringBuilder();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher set = SET.matcher(lines.get(i).strip());
            if (!set.matches()) {
                steps.append(lines.get(i)).append('\n');
                continue;
            }
            StringBuilder more = new StringBuilder();
            while (i + 1 < lines.size() && lines.get(i + 1).startsWith("    ")) {
                i++;
                more.append(lines.get(i).substring(4)).append('\n');
            }
            steps.append(OneRun.step(set.group(1), more.toString()));
        }
        return steps.toString();
    }

    // ---- a line of what happens

    private void line(String line) {
        Matcher hook = MEANWHILE.matcher(line);
        Matcher order = ORDER.matcher(line);
        if (hook.matches()) {
            meanwhile.put(hook.group(1) + " " + hook.group(2), hook.group(3));
        } else if (order.matches()) {
            world.afterOrders(Integer.parseInt(order.group(1)) - 1, What.valueOf(order.group(2)));
        } else if (line.startsWith("answers: ")) {
            answers.addAll(Arrays.asList(line.substring(9).split(" \\| ")));
        } else if (line.matches("(run|resume|rollback|again)\\b.*")) {
            command(line);
        } else {
            happen(line);
        }
    }

    private void happen(String line) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
            case "set" -> world.set(words[1], Integer.parseInt(words[2]));
            case "stop" -> control.interrupt();
            case "cancel" -> control.cancel();
            case "soon:" -> world.next(What.valueOf(words[1]), words.length > 2 ? Integer.parseInt(words[2]) : 0);
            case "backups" -> world.backups(words[1]);
            case "after" -> world.after(Integer.parseInt(words[1]), What.valueOf(words[2]));
            case "write" -> write(words[1], words[2]);
            case "delete" -> delete(words[1]);
            case "folder" -> folder(words[1]);
            case "give" -> give(words[1], words[2]);
            case "leave-out" -> leaveOut(words[1]);
            case "edit" -> runbook = read(parts[2]);
            case "crash" -> {
                world.die();
                throw new SimulatedWorld.Crash();
            }
            case "lose" -> lostTo = Optional.of(line.substring(5));
            case "say" -> world.say(line.substring(4));
            case "over" -> before = Optional.of(Ending.valueOf(words[1]));
            default -> throw new AssertionError("not a line of a story: " + line);
        }
    }

    private void write(String path, String text) {
        try {
            Files.writeString(disk.getPath(path), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(String path) {
        try {
            Files.delete(disk.getPath(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void folder(String path) {
        try {
            Files.createDirectory(disk.getPath(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void give(String name, String value) {
        Map<String, SuppliedValue> site = new LinkedHashMap<>(values.get(0));
        site.put(name, SuppliedValue.of("site", value));
        values = List.of(site);
    }

    private void leaveOut(String name) {
        Map<String, SuppliedValue> site = new LinkedHashMap<>(values.get(0));
        site.remove(name);
        values = List.of(site);
    }

    private void command(String line) {
        Map<String, Engine.PriorDecision> decisions = new LinkedHashMap<>();
        Matcher decided = DECIDED.matcher(line);
        while (decided.find()) {
            Decision decision =
                    Decision.valueOf(decided.group(2).toUpperCase(Locale.ROOT).replace('-', '_'));
            decisions.put(
                    decided.group(1),
                    new Engine.PriorDecision(
                            decision, Optional.ofNullable(decided.group(3)).orElse("")));
        }
        Engine.OnFailure onFailure =
                line.contains("--on-failure rollback") ? Engine.OnFailure.ROLLBACK : Engine.OnFailure.STOP;
        Engine.Settings settings = new Engine.Settings(onFailure, decisions, null, before);
        told.line("> " + line);
        questions = 0;
        pauses = 0;
        control = new RunControl();
        world.begin(control::interrupt);
        try {
            told.line("= " + process(line.split(" ")[0], List.of(line.split(" ")), settings));
        } catch (SimulatedWorld.Crash e) {
            told.line("= the computer died");
        } catch (Journal.LostException e) {
            told.line("= the journal is lost: " + e.getMessage());
        }
        lostTo = Optional.empty();
        told.state(RunState.of(entries));
        told.line("");
        meanwhile.clear();
        before = Optional.empty();
    }

    private Ending process(String word, List<String> words, Engine.Settings settings) {
        if (word.equals("run")) {
            Plan plan = plan();
            try (JournalFile file = JournalFile.create(folder.journal(), world, this::written, () -> lostTo)) {
                RunEvent.RunStarted started = new RunEvent.RunStarted(
                        1, Bench.RUN, "20261121031209", "small", "small.yaml", "00", Map.of(), actor());
                file.append(started);
                return work(plan, file, new RunFold(world.instant(), started), settings, Engine::run);
            }
        }
        JournalReader.Read read = ((JournalReader.Result.Whole) folder.read()).read();
        Plan plan = plan();
        entries.clear();
        entries.addAll(read.entries());
        try (JournalFile file = JournalFile.goOn(read, world, this::written, () -> lostTo)) {
            RunEvent.RunResumed resumed = new RunEvent.RunResumed(Optional.of("small.yaml"), "00", Map.of(), actor());
            file.append(resumed);
            RunFold fold = RunFold.of(read.entries());
            fold.take(world.instant(), resumed);
            return work(plan, file, fold, settings, way(word, words.subList(1, words.size())));
        }
    }

    private static Function<Engine, Ending> way(String word, List<String> steps) {
        return switch (word) {
            case "rollback" -> engine -> engine.rollBack("jdoe");
            case "again" ->
                engine -> {
                    engine.again(steps, "jdoe");
                    return engine.run();
                };
            default -> Engine::run;
        };
    }

    private Ending work(
            Plan plan, JournalFile file, RunFold fold, Engine.Settings settings, Function<Engine, Ending> work) {
        Bench bench = new Bench(world, folder, values);
        bench.watch(told, this::pausing);
        Ending ending = bench.work(
                plan,
                file,
                fold,
                new Bench.Office(control, this::answer, settings.onFailure(), settings.decisions(), settings.before()),
                engine -> {
                    Ending end = work.apply(engine);
                    engine.unusedDecisions().forEach(told::line);
                    return end;
                });
        values = bench.values();
        return ending;
    }

    private static Actor actor() {
        return new Actor("jdoe", "jump1", 1, "test");
    }

    private Plan plan() {
        Site site = new SiteBinder(new Bench.NoSecrets())
                .bind(runbook, values, Bench.RUN, "20261121031209")
                .value()
                .orElseThrow();
        return new Plan(runbook, site, "00");
    }

    // ---- what is told

    private void written(Entry entry) {
        entries.add(entry);
        told.event(entry.event());
        world.written(entries.size(), entry.event());
    }

    private void pausing() {
        pauses++;
        Optional.ofNullable(meanwhile.get("pause " + pauses)).ifPresent(this::happen);
    }

    private Reply answer(Question question) {
        questions++;
        told.question(question);
        world.ponder();
        Optional.ofNullable(meanwhile.get("question " + questions)).ifPresent(this::happen);
        if (answers.isEmpty() || answers.peek().equals("nobody")) {
            answers.poll();
            told.line("  ! nobody is there");
            return Reply.Nobody.NO_TERMINAL;
        }
        String typed = answers.remove();
        told.line("  ! " + typed);
        if (question.choices().isEmpty()) {
            return new Reply.Answered(typed, "", "jdoe at the terminal");
        }
        String[] words = typed.split(" ", 2);
        if (question.choices().stream().noneMatch(choice -> choice.word().equals(words[0]))) {
            throw new AssertionError("\"" + typed + "\" is no choice here:\n" + told);
        }
        return new Reply.Answered(words[0], words.length > 1 ? words[1] : "", "jdoe at the terminal");
    }
}
