package dev.runbook.simulation;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Shell;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.files.LocalFiles;
import dev.runbook.event.RunEvent;
import dev.runbook.simulation.Script.Happening;
import dev.runbook.simulation.Script.What;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Servers, a shell and files behind the contracts of the endpoints, with a small truth of their own: parts, each of which has a
 * state that orders set and questions tell. It keeps a ledger of every effect. Time passes only where something waits.
 */
final class SimulatedWorld extends Clock implements Endpoints {
    /** The computer died: whatever still runs in its process has no effect any more. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1;

        Crash() {
            super("the computer died", null, false, false);
        }
    }

    /** What became of an effect. */
    enum Fate {
        REFUSED,
        HAPPENED,
        PENDING,
        CAME_TO_NOTHING
    }

    /** What can be wrong with a world or with what stands between it and the engine: an invariant then has to break. */
    enum Lie {
        NONE,
        /** Every part is said to be as it is wanted. */
        ALL_IS_DONE,
        /** What takes back does nothing, and is said to have done it, by facts too. */
        ALL_IS_BACK,
        /** Nothing is said to be at work. */
        NOTHING_AT_WORK,
        /** An order is refused and was carried out, and no fact tells. */
        REFUSED_AND_DONE,
        /** A question does what its step would do, and no fact tells. */
        QUESTIONS_ACT,
        /** An order is carried out twice. */
        TWICE,
        /** An order ends the process with a mistake of the program. */
        MISTAKE,
        /** The journal has no line of an attempt. */
        FORGETFUL_JOURNAL,
        /** The journal says that a step was skipped which was done. */
        WRONG_JOURNAL,
        /** The journal loses its last lines between two processes. */
        SHORT_JOURNAL,
        /** Whoever is asked wants to pause. */
        NOBODY_DECIDES,
        /** Files of other people are deleted. */
        FILES_GONE
    }

    /** One effect on one part: of the run, or of somebody else where it has no step. */
    static final class Effect {
        final String step;
        final boolean undo;
        final String part;
        final int value;
        /** The line of the journal after which it was sent. */
        final int line;

        Fate fate;
        /** When it happened, counted in effects of the world; 0 where it did not. */
        int at;
        /** When it was said to be done; 0 where it was not. */
        int saidAt;

        private Effect(String step, boolean undo, String part, int value, int line) {
            this.step = step;
            this.undo = undo;
            this.part = part;
            this.value = value;
            this.line = line;
        }

        @Override
        public String toString() {
            return (step.isEmpty() ? "somebody" : step) + (undo ? " undo" : "") + " sets " + part + " to " + value
                    + ": " + fate;
        }
    }

    /** A question that the world answered. */
    record Look(String about, int line, Map<String, Integer> seen) {}

    private record Pending(String host, Instant due, List<Effect> effects, boolean happens) {}

    private static final String UNSEEN = " unseen";
    static final int OFF = 2;
    static final int ON = 9;
    private static final int MOST_MOMENTS = 6000;
    private static final Pattern UPDATE =
            Pattern.compile("UPDATE ops\\.dbo\\.part SET state = (\\d+) WHERE name = N'(\\w+)'");
    private static final Pattern SELECT = Pattern.compile(
            "SELECT name, state FROM ops\\.dbo\\.part WHERE name (=|LIKE) N'(\\w+)(?:\\[a-z\\]%)?'(?: AND state <>"
                    + " (\\d+))?");
    private static final Set<What> ANYWHERE = EnumSet.of(What.OUTSIDE, What.OUTSIDE_FILE, What.STOP, What.STOP_TWICE);
    private static final Set<What> QUESTIONS =
            EnumSet.of(What.QUESTION_LOST, What.QUESTION_DENIED, What.QUESTION_WRONG);
    private static final Set<What> ORDERS = EnumSet.of(
            What.REFUSED,
            What.BUSY,
            What.DENIED,
            What.LOST_BEFORE,
            What.LOST_AFTER,
            What.LATE,
            What.LATE_IN_VAIN,
            What.HALF,
            What.HANG,
            What.IN_VAIN,
            What.SLOW,
            What.CRASH_BEFORE,
            What.CRASH_AFTER);
    private static final Set<What> WRITTEN = EnumSet.of(What.CRASH_WRITTEN);
    private static final Set<What> TORN = EnumSet.of(What.CRASH_TORN);
    private static final Set<What> FULL = EnumSet.of(What.DISK_FULL);

    final List<Effect> ledger = new ArrayList<>();
    final List<Look> looks = new ArrayList<>();
    final Map<What, Integer> happened = new TreeMap<>();
    /** What is wrong with it. */
    Lie lie = Lie.NONE;
    /** What the run sent while the same was still at work. */
    final List<String> twiceAtWork = new ArrayList<>();
    /** What the run deleted that was not its own. */
    final List<String> foreignDeleted = new ArrayList<>();
    /** The moments at which a line was written. */
    final List<Integer> lines = new ArrayList<>();

    private final Map<String, Integer> parts = new LinkedHashMap<>();
    private final Set<String> grudging = new TreeSet<>();
    private final List<String> copying = new ArrayList<>();
    /** What somebody else put there. */
    private final Set<String> foreign = new TreeSet<>();

    private final List<Pending> pending = new ArrayList<>();
    private final List<Happening> ahead = new ArrayList<>();
    private final LocalFiles files;
    private final FileSystem disk;
    private Instant now = Instant.parse("2026-11-21T03:12:09Z");
    private int moment;
    private Optional<RunEvent.Sent> sent = Optional.empty();
    private int line;
    private int sequence;
    private boolean tearing;
    private int troubled;
    private What trouble = What.QUESTION_LOST;
    private boolean dead;
    private int orders;
    private final Map<Integer, What> waiting = new TreeMap<>();
    private final List<String> saying = new ArrayList<>();
    private Runnable whileAsking = () -> {};
    private Runnable stop = () -> {};

    /**
     * A world.
     *
     * @param names of the parts, each of which is off
     * @param events that come of themselves
     */
    SimulatedWorld(FileSystem disk, List<String> names, List<Happening> events) {
        this.disk = disk;
        this.files = new LocalFiles(disk);
        ahead.addAll(events);
        parts.put("w1", ON);
        parts.put("w2", ON);
        names.forEach(part -> parts.put(part, OFF));
        try {
            Files.createDirectories(disk.getPath("/source"));
            Files.createDirectories(disk.getPath("/target"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The world of a script. */
    static SimulatedWorld of(Script script, FileSystem disk) {
        SimulatedWorld world = new SimulatedWorld(disk, List.of(), script.events());
        script.steps().forEach(world::place);
        return world;
    }

    /** What a step works on is there. */
    void place(Script.StepSpec step) {
        step.parts().forEach(part -> parts.putIfAbsent(part, OFF));
        if (step.harmless()) {
            grudging.addAll(step.parts());
        }
        if (step.action() == Script.Action.COPY && !copying.contains(step.step())) {
            copying.add(step.step());
            backups(step.step());
        }
    }

    /** Three backups lie there to be copied, and one of them was copied before. */
    void backups(String step) {
        try {
            for (int i = 1; i <= 3; i++) {
                Files.writeString(disk.getPath("/source/" + step + "_" + i + ".trn"), "backup " + i);
            }
            Files.writeString(disk.getPath("/target/" + step + "_2.trn"), "backup 2");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file lies there. */
    void put(String path, String content) {
        try {
            Files.writeString(disk.getPath(path), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This happens to the next thing to which it can. */
    void next(What what) {
        next(what, 0);
    }

    /** The same, in one of several ways. */
    void next(What what, int detail) {
        ahead.add(new Happening(0, what, detail));
    }

    /** This happens when so many more things were done or asked. */
    void after(int moments, What what) {
        ahead.add(new Happening(moment + moments, what, 0));
    }

    /** This happens to an order when so many went before it. */
    void afterOrders(int count, What what) {
        waiting.put(count + orders, what);
    }

    /** The next order says this before it is answered. */
    void say(String message) {
        saying.add(message);
    }

    /** This happens while a person thinks. */
    void whenAsked(Runnable meanwhile) {
        whileAsking = meanwhile;
    }

    /** The time that passed, for whoever measures it. */
    long nanos() {
        return Duration.between(Instant.EPOCH, now).toNanos();
    }

    /** A question stands before a person. */
    void ponder() {
        tick();
        whileAsking.run();
    }

    /** Somebody sets a part. */
    void set(String part, int value) {
        parts.put(part, value);
    }

    // ---- the driver's side

    /** A process begins. */
    void begin(Runnable whenSomebodyStops) {
        dead = false;
        tearing = false;
        stop = whenSomebodyStops;
        sent = Optional.empty();
        troubled = 0;
    }

    /** The process is gone, whatever its threads of thought still try. */
    void die() {
        dead = true;
    }

    /** Nothing happens any more that people do not do. */
    void calm() {
        ahead.clear();
    }

    /** A line is in the journal. */
    void written(int number, RunEvent event) {
        line = number;
        if (event instanceof RunEvent.Sent order) {
            sent = Optional.of(order);
        }
        lines.add(++moment);
        due(WRITTEN).ifPresent(due -> crash());
    }

    /** Whether the disk is full for this line. */
    boolean isDiskFull() {
        if (dead) {
            throw new Crash();
        }
        return due(FULL).isPresent();
    }

    /** Where the computer dies in the middle of this line: after so much of it, from 0 to 1; empty where it does not. */
    Optional<Double> tears() {
        Optional<Happening> torn = due(TORN);
        tearing = torn.isPresent();
        return torn.map(event -> event.detail() % 100 / 100.0);
    }

    /** Whether what is written now is lost with the computer. */
    boolean isTearing() {
        return tearing;
    }

    boolean isDead() {
        return dead;
    }

    int state(String part) {
        return part.startsWith("/") ? (Files.exists(disk.getPath(part)) ? ON : OFF) : parts.getOrDefault(part, OFF);
    }

    /** Whether an order of an earlier process or connection still works. */
    boolean isAtWork() {
        return !pending.isEmpty();
    }

    // ---- time

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    /** Lets time pass. */
    void pass(Duration time) {
        tick();
        moveOn(time);
    }

    private void moveOn(Duration time) {
        now = now.plus(time);
        for (Pending order : List.copyOf(pending)) {
            if (!order.due().isAfter(now)) {
                pending.remove(order);
                order.effects().forEach(effect -> {
                    effect.fate = Fate.CAME_TO_NOTHING;
                    if (order.happens()) {
                        happen(effect);
                    }
                });
            }
        }
    }

    private void happen(Effect effect) {
        effect.fate = Fate.HAPPENED;
        effect.at = ++sequence;
        parts.put(effect.part, effect.value);
    }

    /** Something is done or asked. */
    void tick() {
        if (dead) {
            throw new Crash();
        }
        moment++;
        if (moment > MOST_MOMENTS) {
            throw new AssertionError("The run does not end.");
        }
        now = now.plusMillis(20);
        for (Optional<Happening> due = due(ANYWHERE); due.isPresent(); due = due(ANYWHERE)) {
            int detail = due.get().detail();
            if (due.get().what() == What.OUTSIDE_FILE && !copying.isEmpty()) {
                outsideFile(copying.get(detail % copying.size()), detail / 7);
            } else if (due.get().what() == What.OUTSIDE || due.get().what() == What.OUTSIDE_FILE) {
                outside(detail);
            } else {
                stop.run();
                if (due.get().what() == What.STOP_TWICE) {
                    stop.run();
                }
            }
        }
    }

    private void outside(int detail) {
        List<String> names = List.copyOf(parts.keySet());
        Effect effect =
                new Effect("", false, names.get(detail % names.size()), new int[] {OFF, 5, ON}[detail / 7 % 3], line);
        ledger.add(effect);
        happen(effect);
    }

    private void outsideFile(String step, int detail) {
        String copy = "/target/" + step + "_" + (1 + detail / 5 % 3) + ".trn";
        try {
            switch (detail % 5) {
                case 0 -> {
                    Files.deleteIfExists(disk.getPath(copy));
                    foreign.remove(copy);
                    elsewhere(copy, OFF);
                }
                case 1, 2 -> {
                    Files.writeString(disk.getPath(copy), detail % 5 == 1 ? "another" : "changed!");
                    foreign.add(copy);
                    elsewhere(copy, ON);
                }
                case 3 -> Files.writeString(disk.getPath("/source/" + step + "_4.trn"), "backup 4");
                default -> Files.writeString(disk.getPath("/source/" + step + "_1.trn"), "backup 1 is longer now");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void elsewhere(String path, int value) {
        Effect effect = new Effect("", false, path, value, line);
        effect.fate = Fate.HAPPENED;
        effect.at = ++sequence;
        ledger.add(effect);
    }

    private Optional<Happening> due(Set<What> kinds) {
        if (ahead.isEmpty()) {
            return Optional.empty();
        }
        Optional<Happening> found = ahead.stream()
                .filter(event -> event.moment() <= moment && kinds.contains(event.what()))
                .findFirst();
        found.ifPresent(event -> {
            ahead.remove(event);
            happened.merge(event.what(), 1, Integer::sum);
        });
        return found;
    }

    /** The computer dies. */
    void crash() {
        dead = true;
        throw new Crash();
    }

    // ---- orders

    private Answer order(String host, List<Map.Entry<String, Integer>> sets, Limits limits, boolean procedure) {
        tick();
        RunEvent.Sent told = sent.orElseThrow(() -> new AssertionError("An order has no line in the journal."));
        boolean undo = told.work().isUndo();
        String step = told.work().step();
        List<Effect> effects = sets.stream()
                .map(set -> new Effect(step, undo, set.getKey(), set.getValue(), line))
                .toList();
        if (lie == Lie.MISTAKE) {
            throw new IllegalStateException("A mistake of the program.");
        }
        takenInBefore(effects);
        stillAtWork(host, effects);
        ledger.addAll(effects);
        if (lie == Lie.TWICE) {
            effects.forEach(effect -> ledger.add(copy(effect)));
        }
        if (limits.cancellation().isRequested()) {
            return refuse(
                    effects, Failure.definite(Failure.Kind.CANCELLED, "cancelled", "Cancelled before it was sent."));
        }
        saying.forEach(limits.progress()::said);
        saying.clear();
        Optional.ofNullable(waiting.remove(orders++)).ifPresent(this::next);
        Optional<Happening> due = due(ORDERS);
        if (lie == Lie.REFUSED_AND_DONE) {
            plain(effects, procedure);
            return Answer.failed(Failure.definite(Failure.Kind.LASTING, "50000", "Refused."));
        }
        if (lie == Lie.ALL_IS_BACK && undo) {
            return inVain(effects);
        }
        return due.map(event -> troubled(host, effects, limits, procedure, event))
                .orElseGet(() -> plain(effects, procedure));
    }

    private Effect copy(Effect effect) {
        Effect twin = new Effect(effect.step, effect.undo, effect.part, effect.value, effect.line);
        happen(twin);
        return twin;
    }

    /** What a server has taken in and shows later comes before what it takes in after that. */
    private void takenInBefore(List<Effect> effects) {
        for (Pending order : List.copyOf(pending)) {
            boolean same = order.effects().stream()
                    .anyMatch(effect -> effects.stream().anyMatch(next -> next.part.equals(effect.part)));
            if (same && order.host().endsWith(UNSEEN)) {
                pending.remove(order);
                order.effects().forEach(this::happen);
            }
        }
    }

    private void stillAtWork(String host, List<Effect> effects) {
        pending.stream()
                .filter(order -> order.host().equals(host))
                .flatMap(order -> order.effects().stream())
                .filter(earlier -> effects.stream().anyMatch(effect -> effect.part.equals(earlier.part)))
                .forEach(earlier -> twiceAtWork.add("While \"" + earlier + "\" is still at work on " + host
                        + ", the run sends: " + effects.get(0) + "."));
    }

    private Answer plain(List<Effect> effects, boolean procedure) {
        for (int i = 0; i < effects.size(); i++) {
            Effect effect = effects.get(i);
            if (effect.value != OFF && grudging.contains(effect.part) && state(effect.part) == effect.value) {
                effects.subList(i, effects.size()).forEach(rest -> rest.fate = Fate.REFUSED);
                return Answer.failed(
                        i > 0 || procedure
                                ? partly("50001", "It was so already.")
                                : Failure.definite(Failure.Kind.LASTING, "50001", "It was so already."));
            }
            happen(effect);
        }
        return Answer.nothing();
    }

    private Answer inVain(List<Effect> effects) {
        effects.forEach(effect -> effect.saidAt = ++sequence);
        return nothing(effects, Answer.nothing());
    }

    private static Answer refuse(List<Effect> effects, Failure failure) {
        effects.forEach(effect -> effect.fate = Fate.REFUSED);
        return Answer.failed(failure);
    }

    private static Answer nothing(List<Effect> effects, Answer answer) {
        effects.forEach(effect -> effect.fate = Fate.CAME_TO_NOTHING);
        return answer;
    }

    private static Answer lost() {
        return Answer.failed(Failure.unknown(Failure.Kind.TRANSIENT, "connection-lost", "The connection was lost."));
    }

    private Answer troubled(String host, List<Effect> effects, Limits limits, boolean procedure, Happening event) {
        boolean sql = !host.equals("shell");
        switch (event.what()) {
            case REFUSED:
                return refuse(effects, Failure.definite(Failure.Kind.LASTING, "50000", "Refused."));
            case BUSY:
                return refuse(effects, Failure.definite(Failure.Kind.TRANSIENT, "1205", "Deadlock victim."));
            case DENIED:
                return refuse(effects, Failure.definite(Failure.Kind.ACCESS, "229", "Permission denied."));
            case CRASH_BEFORE:
                nothing(effects, lost());
                crash();
                return lost();
            case CRASH_AFTER:
                plain(effects, procedure);
                crash();
                return lost();
            case LOST_AFTER:
                plain(effects, procedure);
                return lost();
            case HALF:
                return half(effects, procedure);
            case IN_VAIN:
                return inVain(effects);
            case SLOW:
                later(host + UNSEEN, effects, 1 + event.detail() % 40, true);
                effects.forEach(effect -> effect.saidAt = ++sequence);
                return Answer.nothing();
            case HANG:
                return hang(effects, limits, event);
            case LATE:
            case LATE_IN_VAIN:
                if (sql) {
                    later(host, effects, 1 + event.detail() % 400, event.what() == What.LATE);
                    return lost();
                }
                return event.what() == What.LATE ? after(plain(effects, procedure)) : nothing(effects, lost());
            default:
                return nothing(effects, lost());
        }
    }

    private static Answer after(Answer unused) {
        return lost();
    }

    /** Of two things the first happens; a procedure does its work and then complains. */
    private Answer half(List<Effect> effects, boolean procedure) {
        if (effects.size() == 1 && !procedure) {
            return refuse(effects, Failure.definite(Failure.Kind.LASTING, "50000", "Refused."));
        }
        happen(effects.get(0));
        effects.stream().skip(1).forEach(effect -> effect.fate = Fate.REFUSED);
        return Answer.failed(partly("50002", "The second half failed."));
    }

    /** An error after which nobody may say that nothing happened. */
    private static Failure partly(String code, String message) {
        return new Failure(Failure.Outcome.PARTLY, Failure.Kind.LASTING, code, message, OptionalInt.empty(), List.of());
    }

    private void later(String host, List<Effect> effects, int seconds, boolean happens) {
        effects.forEach(effect -> effect.fate = Fate.PENDING);
        pending.add(new Pending(host, now.plusSeconds(seconds), effects, happens));
    }

    private Answer hang(List<Effect> effects, Limits limits, Happening event) {
        effects.forEach(effect -> effect.fate = Fate.PENDING);
        Instant end = now.plus(limits.timeout().orElse(Duration.ofMinutes(10)));
        while (now.isBefore(end) && !limits.cancellation().isRequested()) {
            pass(Duration.ofSeconds(15));
        }
        if (event.detail() % 2 == 0) {
            effects.forEach(this::happen);
        } else {
            nothing(effects, lost());
        }
        boolean cut = limits.cancellation().isRequested() || limits.timeout().isPresent();
        return cut ? Answer.failed(Failure.unknown(Failure.Kind.CANCELLED, "cancelled", "It was cut off.")) : lost();
    }

    // ---- questions

    private Answer asked(String about, Supplier<Answer> answer) {
        tick();
        if (troubled == 0) {
            due(QUESTIONS).ifPresent(event -> {
                trouble = event.what();
                troubled = 1 + event.detail() % 5;
            });
        }
        if (troubled > 0) {
            troubled--;
            return switch (trouble) {
                case QUESTION_DENIED ->
                    Answer.failed(Failure.definite(Failure.Kind.ACCESS, "229", "Permission denied."));
                case QUESTION_WRONG -> Answer.failed(Failure.definite(Failure.Kind.LASTING, "208", "No such object."));
                default -> lost();
            };
        }
        look(about);
        return answer.get();
    }

    private void look(String about) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        parts.forEach((part, state) -> {
            String name = part.substring(part.indexOf(':') + 1);
            if (name.equals(about) || isOneOf(name, about)) {
                seen.put(part, state);
            }
        });
        Look look = new Look(about, line, seen);
        if (looks.isEmpty() || !looks.get(looks.size() - 1).equals(look)) {
            looks.add(look);
        }
        if (lie == Lie.QUESTIONS_ACT && parts.containsKey(about) && !about.startsWith("w")) {
            ledger.add(copy(new Effect(about, false, about, ON, line)));
        }
    }

    /** Whether it is one of several parts of a step: the name of the step and a letter. */
    private static boolean isOneOf(String name, String step) {
        return name.length() == step.length() + 1
                && name.startsWith(step)
                && Character.isLetter(name.charAt(name.length() - 1));
    }

    /** What is said of a part. */
    private int said(String part) {
        return switch (lie) {
            case ALL_IS_DONE -> ON;
            case REFUSED_AND_DONE, QUESTIONS_ACT -> part.startsWith("w") ? state(part) : OFF;
            case ALL_IS_BACK -> sent.filter(order -> order.work().isUndo()).isPresent() ? OFF : state(part);
            default -> state(part);
        };
    }

    private List<Row> rows(String home, boolean one, String name, Optional<Integer> not, boolean cmdlet) {
        // every server has the same parts
        Stream<String> names = one
                ? Stream.of(home + name)
                : parts.keySet().stream().filter(part -> isOneOf(part, name)).map(part -> home + part);
        return names.filter(part -> not.filter(value -> value == said(part)).isEmpty())
                .map(part -> {
                    Map<String, Value> columns = new LinkedHashMap<>();
                    columns.put(cmdlet ? "Name" : "name", Value.of(part.substring(home.length())));
                    columns.put(cmdlet ? "State" : "state", Value.of(said(part)));
                    return new Row(columns);
                })
                .toList();
    }

    /** The parts of the first two servers have plain names; those of any other one begin with its own. */
    private static String home(String host) {
        return host.startsWith("sql") ? "" : host + ":";
    }

    @Override
    public SqlServer sqlServer(SqlTarget target) {
        return new Server(target.host());
    }

    @Override
    public Shell shell(ShellTarget target) {
        return new PartShell();
    }

    @Override
    public FileSystemEndpoint files() {
        return new Disk();
    }

    @Override
    public void close() {
        // nothing is open
    }

    private final class Server implements SqlServer {
        private final String host;

        private Server(String host) {
            this.host = host;
        }

        @Override
        public Answer query(String sql, Limits limits) {
            Matcher select = SELECT.matcher(sql);
            if (!select.matches()) {
                throw new AssertionError("not a question: " + sql);
            }
            Optional<Integer> not = Optional.ofNullable(select.group(3)).map(Integer::valueOf);
            return asked(
                    select.group(2),
                    () -> Answer.of(rows(home(host), select.group(1).equals("="), select.group(2), not, false)));
        }

        @Override
        public Answer execute(String sql, Limits limits) {
            List<Map.Entry<String, Integer>> sets = new ArrayList<>();
            for (String statement : sql.split("; ")) {
                Matcher update = UPDATE.matcher(statement);
                if (!update.matches()) {
                    throw new AssertionError("not an order: " + sql);
                }
                sets.add(Map.entry(home(host) + update.group(2), Integer.valueOf(update.group(1))));
            }
            return order(host, sets, limits, false);
        }

        @Override
        public Answer call(String procedure, Map<String, Value> parameters, Limits limits) {
            return order(host, List.of(set(home(host), parameters, "name", "state")), limits, true);
        }

        @Override
        public Answer reach(Limits limits) {
            return asked(host, () -> Answer.of(List.of(SqlServer.present(host))));
        }

        @Override
        public Answer oldSessions(Limits limits) {
            return asked(
                    "sessions",
                    () -> Answer.of(pending.stream()
                            .filter(order -> order.host().equals(host) && lie != Lie.NOTHING_AT_WORK)
                            .map(order -> Row.of("session_id", Value.of(57))
                                    .with(Row.of("command", Value.of("UPDATE")))
                                    .with(Row.of("status", Value.of("running"))))
                            .toList()));
        }

        @Override
        public Answer lock(String name, Limits limits) {
            return Answer.of(List.of(Row.of("granted", Value.of(true))));
        }

        @Override
        public Answer release(String name, Limits limits) {
            return Answer.nothing();
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private static Map.Entry<String, Integer> set(
            String home, Map<String, Value> parameters, String name, String state) {
        return Map.entry(
                home + parameters.get(name).text(),
                Integer.valueOf(parameters.get(state).text()));
    }

    private final class PartShell implements Shell {
        @Override
        public Answer invoke(String cmdlet, Map<String, Value> parameters, List<String> select, Limits limits) {
            if (cmdlet.equals("Set-CsPart")) {
                return order("shell", List.of(set("", parameters, "Name", "State")), limits, true);
            }
            String name = parameters.get("Name").text();
            return asked(name, () -> Answer.of(rows("", true, name, Optional.empty(), true)));
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    /** The real files of a disk in memory, with faults. */
    private final class Disk implements FileSystemEndpoint {
        @Override
        public Answer list(String pattern, Limits limits) {
            return asked(pattern, () -> files.list(pattern, limits));
        }

        @Override
        public Answer reach(String path, Limits limits) {
            return asked(path, () -> files.reach(path, limits));
        }

        @Override
        public Answer missing(Copy copy, Limits limits) {
            return asked(step(copy.include()), () -> files.missing(copy, limits));
        }

        private static String step(String name) {
            return name.substring(0, name.indexOf('_'));
        }

        @Override
        public Answer copy(Copy copy, Whole whole, Limits limits) {
            tick();
            if (sent.isEmpty()) {
                throw new AssertionError("An order has no line in the journal.");
            }
            if (limits.cancellation().isRequested()) {
                return Answer.failed(Failure.definite(Failure.Kind.CANCELLED, "cancelled", "Cancelled."));
            }
            Optional<What> due = due(ORDERS).map(Happening::what);
            if (due.filter(what -> what == What.CRASH_BEFORE).isPresent()) {
                crash();
            }
            boolean fails = due.filter(what -> what != What.CRASH_AFTER && what != What.SLOW && what != What.IN_VAIN)
                    .isPresent();
            String include = fails ? copy.include().replace("*", "1") : copy.include();
            Answer answer = files.copy(
                    new Copy(copy.from(), copy.to(), include, true),
                    rows -> {
                        whole.are(rows);
                        rows.forEach(
                                row -> copied(row.get("target").orElseThrow().text()));
                    },
                    limits);
            if (due.filter(what -> what == What.CRASH_AFTER).isPresent()) {
                crash();
            }
            return fails
                    ? Answer.failed(
                            Failure.definite(Failure.Kind.TRANSIENT, "file-system", "The share does not answer."))
                    : answer;
        }

        private void copied(String path) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            Effect effect = new Effect(step(name), false, path, ON, line);
            effect.fate = Fate.HAPPENED;
            effect.at = ++sequence;
            ledger.add(effect);
            foreign.remove(path);
        }

        private void delete(String path) {
            try {
                Files.deleteIfExists(disk.getPath(path));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Answer delete(Copies copies, Limits limits) {
            tick();
            Optional<What> due = due(ORDERS).map(Happening::what);
            if (due.filter(what -> what == What.CRASH_BEFORE).isPresent()) {
                crash();
            }
            if (due.filter(what -> what != What.CRASH_AFTER && what != What.SLOW && what != What.IN_VAIN)
                    .isPresent()) {
                return Answer.failed(
                        Failure.definite(Failure.Kind.TRANSIENT, "file-system", "The share does not answer."));
            }
            Answer answer = files.delete(copies, limits);
            if (lie == Lie.FILES_GONE) {
                foreign.forEach(path -> delete(path));
            }
            foreign.stream()
                    .filter(path -> state(path) == OFF)
                    .forEach(path -> foreignDeleted.add("The rollback deletes " + path + ", which is not its own."));
            for (Row file : copies.files()) {
                String path = file.get("target").orElseThrow().text();
                if (state(path) == OFF) {
                    Effect effect = new Effect(step(path.substring(path.lastIndexOf('/') + 1)), true, path, OFF, line);
                    effect.fate = Fate.HAPPENED;
                    effect.at = ++sequence;
                    ledger.add(effect);
                }
            }
            if (due.filter(what -> what == What.CRASH_AFTER).isPresent()) {
                crash();
            }
            return answer;
        }
    }
}
