package dev.runbook.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All that is drawn from a seed: the steps of a runbook, what happens to the run and when, what people answer, and the commands
 * that they type one after the other. Played twice it plays the same.
 *
 * @param steps of the runbook, in order
 * @param events by the moment at which they are due
 * @param answers one number for each question, in order; zero is the answer of a person who wants to get on
 * @param run how the run is begun
 * @param commands after that
 * @param endByRollback whether people go back in the end, or forward
 */
record Script(
        List<StepSpec> steps,
        List<Happening> events,
        List<Integer> answers,
        Command run,
        List<Command> commands,
        boolean endByRollback) {
    /** What a step does. */
    enum Action {
        NONE,
        STATEMENT,
        TWO_STATEMENTS,
        PROCEDURE,
        CMDLET,
        EACH_ROW,
        EACH_ITEM,
        COPY
    }

    /** How it is taken back. */
    enum Back {
        ACTION,
        TWO_ACTIONS,
        EACH_ROW,
        REMEMBERED,
        NOT_NEEDED,
        BY_HAND,
        IMPOSSIBLE,
        BUILT_IN
    }

    /**
     * A step.
     *
     * @param id counted from 1; it keeps its parts of the world when other steps are left out
     * @param attempts in all
     * @param within seconds; 0 for what the language takes
     * @param shape bits of what else it has, see the methods
     */
    record StepSpec(int id, Action action, Back back, int attempts, int within, int shape) {
        private static final int WHEN = 1;
        private static final int REQUIRE = 2;
        private static final int CONFIRM = 4;
        private static final int DONE_WHEN = 8;
        private static final int HARMLESS = 16;
        private static final int SIDE = 32;
        private static final int TIMEOUT = 64;
        private static final int GOAL = 128;
        private static final int REMEMBER = 256;
        private static final int BACK_PROOF = 512;
        private static final int WHEN_OFF = 1024;
        private static final int EDITED = 2048;
        private static final int BACK_WHEN = 4096;
        private static final int BACK_REQUIRE = 8192;
        private static final int BACK_CONFIRM = 16384;
        private static final int UNSAFE = 32768;
        private static final int ALL = 65535;

        /** Makes of any numbers a step that the language takes. */
        StepSpec {
            boolean acts = action != Action.NONE;
            boolean one = action == Action.STATEMENT || action == Action.PROCEDURE || action == Action.CMDLET;
            if (action == Action.COPY) {
                back = back == Back.ACTION
                                || back == Back.TWO_ACTIONS
                                || back == Back.EACH_ROW
                                || back == Back.REMEMBERED
                        ? Back.BUILT_IN
                        : back;
                shape &= ~(GOAL | HARMLESS | REMEMBER | SIDE | TIMEOUT | DONE_WHEN | WHEN_OFF | UNSAFE);
            } else if (back == Back.BUILT_IN) {
                back = Back.ACTION;
            }
            if (back == Back.REMEMBERED) {
                back = one ? back : Back.ACTION;
                shape |= one ? REMEMBER : 0;
            }
            if (!acts) {
                back = Back.NOT_NEEDED;
                attempts = 1;
                shape &= ~(GOAL | HARMLESS | SIDE | TIMEOUT | WHEN_OFF | UNSAFE);
                shape |= (shape & (REQUIRE | CONFIRM | DONE_WHEN)) == 0 ? CONFIRM : 0;
            }
            if (!one) {
                shape &= ~REMEMBER;
            }
            if (action == Action.CMDLET) {
                shape &= ~(SIDE | HARMLESS);
            }
            if ((shape & UNSAFE) != 0) {
                shape &= ~TIMEOUT;
            }
            if (back == Back.IMPOSSIBLE) {
                shape |= CONFIRM;
            }
            if (acts && action != Action.COPY && attempts == 1) {
                shape |= DONE_WHEN;
            }
        }

        private boolean has(int bit) {
            return (shape & bit) != 0;
        }

        boolean harmless() {
            return has(HARMLESS);
        }

        boolean proof() {
            return has(DONE_WHEN);
        }

        boolean goal() {
            return has(GOAL);
        }

        /** Whether it is on the second server. */
        boolean side() {
            return has(SIDE);
        }

        /** Whether actions take it back. */
        boolean undoes() {
            return back == Back.ACTION || back == Back.TWO_ACTIONS || back == Back.EACH_ROW || back == Back.REMEMBERED;
        }

        /** Whether its way back looks whether it did anything. */
        boolean backProof() {
            boolean alone = back != Back.EACH_ROW || action == Action.CMDLET;
            return undoes() && alone && has(BACK_PROOF) && back != Back.REMEMBERED && parts().size() == 1;
        }

        /** Whether its way back is left out where a part of the world is off. */
        boolean backWhen() {
            return undoes() && has(BACK_WHEN);
        }

        String step() {
            return "s" + id;
        }

        /** The parts of the world that it sets. */
        List<String> parts() {
            return switch (action) {
                case NONE, COPY -> List.of();
                case STATEMENT, PROCEDURE, CMDLET -> List.of(step());
                case TWO_STATEMENTS -> List.of(step() + "a", step() + "b");
                case EACH_ROW, EACH_ITEM -> List.of(step() + "a", step() + "b", step() + "c");
            };
        }

        StepSpec edited() {
            return new StepSpec(id, action, back, attempts, within, shape ^ EDITED);
        }

        StepSpec withOneMoreAttempt() {
            return new StepSpec(id, action, back, 1 + attempts, within, shape);
        }

        StepSpec with(Action otherAction, Back otherBack) {
            return new StepSpec(id, otherAction, otherBack, attempts, within, shape);
        }

        /** The same with parts of its own. */
        StepSpec under(int otherId) {
            return new StepSpec(otherId, action, back, attempts, within, shape);
        }

        /** What else it has, in the words of the language. */
        List<String> features() {
            List<String> all = new ArrayList<>();
            Map<Integer, String> words = new LinkedHashMap<>();
            words.put(WHEN, "when");
            words.put(WHEN_OFF, "when that its own effect makes untrue");
            words.put(REQUIRE, "require");
            words.put(REMEMBER, "remember");
            words.put(CONFIRM, "confirm");
            words.put(DONE_WHEN, "done-when");
            words.put(HARMLESS, "harmless-errors");
            words.put(TIMEOUT, "timeout");
            words.put(UNSAFE, "unsafe-to-cut-off");
            words.put(SIDE, "server that may be left out");
            words.put(GOAL, "variable that may change");
            words.forEach((bit, word) -> {
                if (has(bit)) {
                    all.add(word);
                }
            });
            if (attempts > 1) {
                all.add("retry");
            }
            if (within > 0 && (proof() || action == Action.COPY)) {
                all.add("within");
            }
            if (undoes()) {
                all.addAll(backFeatures());
            }
            return all;
        }

        private List<String> backFeatures() {
            List<String> all = new ArrayList<>();
            if (backProof()) {
                all.add("way back: done-when");
            }
            if (back == Back.TWO_ACTIONS) {
                all.add("way back: retry");
            }
            if (has(BACK_WHEN)) {
                all.add("way back: when");
            }
            if (has(BACK_REQUIRE)) {
                all.add("way back: require");
            }
            if (has(BACK_CONFIRM)) {
                all.add("way back: confirm");
            }
            return all;
        }

        /** Simpler steps that show the same fault perhaps. */
        Stream<StepSpec> simpler() {
            List<StepSpec> all = new ArrayList<>();
            for (int bit = 1; bit <= ALL; bit *= 2) {
                if (has(bit)) {
                    all.add(new StepSpec(id, action, back, attempts, within, shape & ~bit));
                }
            }
            all.add(new StepSpec(id, Action.STATEMENT, back, attempts, within, shape));
            all.add(new StepSpec(id, action, Back.NOT_NEEDED, attempts, within, shape));
            if (back != Back.NOT_NEEDED) {
                all.add(new StepSpec(id, action, Back.ACTION, attempts, within, shape));
            }
            all.add(new StepSpec(id, action, back, 1, within, shape));
            all.add(new StepSpec(id, action, back, attempts, 0, shape));
            return all.stream().filter(other -> !other.equals(this));
        }

        private String server() {
            return has(SIDE) ? "side_sql" : "main_sql";
        }

        private String value() {
            return goal() ? "{{goal_" + id + "}}" : "9";
        }

        String variables() {
            String text = goal() ? "  goal_" + id + ": {type: number, description: state to reach, default: 9}\n" : "";
            return action == Action.EACH_ITEM
                    ? text + "  list_" + id + ": {type: list, items: identifier, description: parts, default: ["
                            + String.join(", ", parts()) + "]}\n"
                    : text;
        }

        String facts() {
            if (parts().isEmpty()) {
                return "";
            }
            String read = "SELECT name, state FROM ops.dbo.part WHERE name LIKE N'" + step() + "[a-z]%'";
            if (parts().size() == 1) {
                read = "SELECT name, state FROM ops.dbo.part WHERE name = N'" + step() + "'";
            }
            String goal = goal() ? "'{{goal_" + id + "}}'" : "9";
            String asked = action == Action.CMDLET
                    ? "cmdlet: Get-CsPart, parameters: {Name: " + step() + "}"
                    : "server: " + server() + ", sql: \"" + read + "\"";
            return "  " + step() + " is on: {" + asked + ", expect: {state: " + goal + "}}\n"
                    + "  " + step() + " is off: {" + asked + ", expect: {state: 2}}\n"
                    + "  state of " + step() + ": {" + asked + "}\n"
                    + (action == Action.CMDLET
                            ? ""
                            : "  parts of " + step() + " to do: {server: " + server() + ", sql: \"" + read
                                    + " AND state <> "
                                    + value() + "\"}\n"
                                    + "  parts of " + step() + " to undo: {server: " + server() + ", sql: \"" + read
                                    + " AND state <> 2\"}\n");
        }

        String yaml() {
            StringBuilder text = new StringBuilder(
                    "  - step: " + step() + "\n    title: Step " + id + (has(EDITED) ? " as edited" : "") + "\n");
            if (has(WHEN)) {
                text.append("    when: w1 is on\n");
            } else if (has(WHEN_OFF)) {
                text.append("    when: " + step() + " is off\n");
            }
            if (has(REQUIRE)) {
                text.append("    require: w2 is on\n");
            }
            if (has(REMEMBER)) {
                text.append("    remember: {old_" + id + ": state of " + step() + "}\n");
            }
            if (has(CONFIRM)) {
                text.append(
                        back == Back.IMPOSSIBLE
                                ? "    confirm: {type: GO " + step().toUpperCase() + ", message: This is for good.}\n"
                                : "    confirm: Do " + step() + "?\n");
            }
            text.append(order());
            if (has(HARMLESS)) {
                text.append("    harmless-errors: {50001: it was so already}\n");
            }
            if (proof()) {
                text.append("    done-when: " + (action == Action.NONE ? "w2" : step()) + " is on\n");
            }
            if (within > 0 && (proof() || action == Action.COPY)) {
                text.append("    within: " + within + "s\n");
            }
            if (attempts > 1) {
                text.append("    retry: " + attempts + "\n");
            }
            if (has(TIMEOUT)) {
                text.append("    timeout: 2m\n");
            }
            if (has(UNSAFE)) {
                text.append("    unsafe-to-cut-off: Half of it would be there.\n");
            }
            return text.append(action == Action.NONE ? "" : rollback()).toString();
        }

        private String set(String name, String value) {
            return "UPDATE ops.dbo.part SET state = " + value + " WHERE name = N'" + name + "'";
        }

        private String order() {
            String on = "    server: " + server() + "\n    ";
            return switch (action) {
                case NONE -> "";
                case STATEMENT -> on + "sql: \"" + set(step(), value()) + "\"\n";
                case TWO_STATEMENTS ->
                    on + "sql: \"" + set(step() + "a", value()) + "; " + set(step() + "b", value()) + "\"\n";
                case PROCEDURE ->
                    on + "procedure: ops.dbo.set_part\n    parameters: {name: " + step() + ", state: '" + value()
                            + "'}\n";
                case CMDLET ->
                    "    cmdlet: Set-CsPart\n    parameters: {Name: " + step() + ", State: '" + value() + "'}\n";
                case EACH_ROW ->
                    "    for-each: parts of " + step() + " to do\n" + on + "sql: \"" + set("{{each.name}}", value())
                            + "\"\n";
                case EACH_ITEM ->
                    "    for-each: list_" + id + "\n" + on + "sql: \"" + set("{{each}}", value()) + "\"\n";
                case COPY ->
                    "    copy-files: {from: '{{source}}', to: '{{target}}', include: '" + step() + "_*.trn'}\n";
            };
        }

        private String rollback() {
            return switch (back) {
                case BUILT_IN -> "";
                case NOT_NEEDED -> "    rollback: {not-needed: it does no harm}\n";
                case BY_HAND -> "    rollback: {by-hand: Set it back.}\n";
                case IMPOSSIBLE -> "    rollback: {impossible: nothing brings it back}\n";
                case REMEMBERED -> "    rollback: " + undo(step(), "{{old_" + id + ".state}}", "") + "\n";
                case EACH_ROW ->
                    action == Action.CMDLET
                            ? "    rollback: " + undo(step(), "2", "") + "\n"
                            : "    rollback: {for-each: parts of " + step() + " to undo, server: " + server()
                                    + ", sql: \"" + set("{{each.name}}", "2") + "\"" + conditions(false) + "}\n";
                case ACTION, TWO_ACTIONS ->
                    "    rollback:\n"
                            + parts().stream()
                                    .map(part -> "      - "
                                            + undo(part, "2", back == Back.TWO_ACTIONS ? ", retry: 2" : "") + "\n")
                                    .collect(Collectors.joining());
            };
        }

        private String conditions(boolean asks) {
            return (has(BACK_WHEN) ? ", when: w1 is on" : "")
                    + (has(BACK_REQUIRE) ? ", require: w2 is on" : "")
                    + (asks && has(BACK_CONFIRM) ? ", confirm: 'Take " + step() + " back?'" : "");
        }

        private String undo(String part, String value, String more) {
            String proof = (backProof() ? ", done-when: " + step() + " is off, within: 20s" : "")
                    + conditions(part.equals(parts().get(0)));
            return action == Action.CMDLET
                    ? "{cmdlet: Set-CsPart, parameters: {Name: " + part + ", State: '" + value + "'}" + proof + more
                            + "}"
                    : "{server: " + server() + ", sql: \"" + set(part, value) + "\"" + proof + more + "}";
        }
    }

    /** What may happen to a run. */
    enum What {
        /** An order is refused, and never will be taken. */
        REFUSED,
        /** An order is refused for now. */
        BUSY,
        /** An order is refused to this account. */
        DENIED,
        /** The answer to an order is lost, and it did not happen. */
        LOST_BEFORE,
        /** The answer to an order is lost, and it happened. */
        LOST_AFTER,
        /** The answer to an order is lost; it is still at work, and happens later. */
        LATE,
        /** The answer to an order is lost; it is still at work, and in the end it does not happen. */
        LATE_IN_VAIN,
        /** An order does its first half, and then ends with an error. */
        HALF,
        /** An order hangs until it is cut off. */
        HANG,
        /** An order is said to be done, and nothing happens. */
        IN_VAIN,
        /** An order is said to be done, and shows a while later. */
        SLOW,
        /** A question finds no connection. */
        QUESTION_LOST,
        /** A question is not allowed. */
        QUESTION_DENIED,
        /** A question ends with an error. */
        QUESTION_WRONG,
        /** Somebody else sets a part. */
        OUTSIDE,
        /** Somebody else adds, changes or deletes a file. */
        OUTSIDE_FILE,
        /** Somebody asks the run to stop. */
        STOP,
        /** Somebody asks it twice. */
        STOP_TWICE,
        /** The computer dies before an order is sent. */
        CRASH_BEFORE,
        /** The computer dies before the answer to an order comes. */
        CRASH_AFTER,
        /** The computer dies after a line of the journal. */
        CRASH_WRITTEN,
        /** The computer dies in the middle of a line. */
        CRASH_TORN,
        /** The disk is full. */
        DISK_FULL
    }

    /**
     * Something that happens once, to the first thing at or after its moment to which it can.
     *
     * @param moment counted in things that the run does
     * @param detail a number that says how
     */
    record Happening(int moment, What what, int detail) {}

    /** What people type. */
    enum Typed {
        RUN,
        RUN_OR_BACK,
        RUN_DECIDED,
        RESUME,
        ROLLBACK,
        ROLLBACK_DECIDED,
        ROLLBACK_SERVER,
        RESUME_EDITED,
        RESUME_ACCEPTED,
        RESUME_VALUE,
        RESUME_SERVER,
        RESUME_WITHOUT,
        RESUME_AGAIN,
        RESUME_DECIDED,
        RESUME_OR_BACK;

        private static final List<Typed> FIRST = List.of(RUN, RUN_OR_BACK, RUN_DECIDED);
        private static final List<Typed> LATER =
                Arrays.stream(values()).filter(typed -> !FIRST.contains(typed)).toList();

        boolean isRollback() {
            return this == ROLLBACK || this == ROLLBACK_DECIDED || this == ROLLBACK_SERVER;
        }

        boolean isDecided() {
            return this == RUN_DECIDED || this == RESUME_DECIDED || this == ROLLBACK_DECIDED;
        }

        boolean isOrBack() {
            return this == RUN_OR_BACK || this == RESUME_OR_BACK;
        }

        private Typed plain() {
            return isRollback() ? ROLLBACK : FIRST.contains(this) ? RUN : RESUME;
        }
    }

    /**
     * A command.
     *
     * @param detail a number that says of what, or how
     */
    record Command(Typed typed, int detail) {
        private boolean isPlain() {
            return typed == typed.plain();
        }

        private Command plain() {
            return new Command(typed.plain(), 0);
        }

        @Override
        public String toString() {
            return isPlain() ? typed.name() : typed + "(" + detail + ")";
        }
    }

    /** The script of a seed. */
    static Script of(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 7);
        int count = 1 + random.nextInt(random.nextInt(3) == 0 ? 6 : 4);
        List<StepSpec> steps =
                IntStream.rangeClosed(1, count).mapToObj(id -> step(id, random)).toList();
        List<Happening> events = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            events.add(new Happening(
                    random.nextInt(30 * count),
                    What.values()[random.nextInt(What.values().length)],
                    random.nextInt(1000)));
        }
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            answers.add(random.nextInt(3) > 0 ? 0 : random.nextInt(100));
        }
        List<Command> commands = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            Typed typed = random.nextInt(3) == 0 ? Typed.RESUME : any(Typed.LATER, random);
            commands.add(new Command(typed, random.nextInt(1000)));
        }
        Typed first = random.nextInt(3) > 0 ? Typed.RUN : any(Typed.FIRST, random);
        Command run = new Command(first, random.nextInt(1000));
        return new Script(steps, events, answers, run, commands, random.nextBoolean());
    }

    private static <T> T any(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    private static StepSpec step(int id, Random random) {
        // a bit is set in one of three steps
        int shape = random.nextInt() & (random.nextInt() | (random.nextInt(4) == 0 ? -1 : 0));
        return new StepSpec(
                id,
                Action.values()[random.nextInt(Action.values().length)],
                Back.values()[random.nextInt(Back.values().length)],
                random.nextInt(2) == 0 ? 1 : 1 + random.nextInt(4),
                random.nextInt(3) == 0 ? new int[] {10, 60, 300}[random.nextInt(3)] : 0,
                shape & StepSpec.ALL & ~StepSpec.EDITED);
    }

    /** The runbook as somebody would write it. */
    String yaml() {
        return yaml(steps);
    }

    static String yaml(List<StepSpec> steps) {
        return "runbook: simulated\ntitle: Simulated\nvariables:\n"
                + "  main_sql: {type: sql-server, description: first server}\n"
                + "  side_sql: {type: sql-server, optional: true, description: second server}\n"
                + "  shell: {type: powershell, description: management shell}\n"
                + "  source: {type: path, description: folder}\n"
                + "  target: {type: path, description: folder}\n"
                + steps.stream().map(StepSpec::variables).collect(Collectors.joining())
                + "facts:\n"
                + "  w1 is on: {server: main_sql, sql: \"SELECT name, state FROM ops.dbo.part WHERE name = N'w1'\","
                + " expect: {state: 9}}\n"
                + "  w2 is on: {server: main_sql, sql: \"SELECT name, state FROM ops.dbo.part WHERE name = N'w2'\","
                + " expect: {state: 9}}\n"
                + steps.stream().map(StepSpec::facts).collect(Collectors.joining())
                + "steps:\n"
                + steps.stream().map(StepSpec::yaml).collect(Collectors.joining());
    }

    /** The same, and this happens too. */
    Script with(Happening event) {
        List<Happening> more = new ArrayList<>(events);
        more.add(event);
        return new Script(steps, more, answers, run, commands, endByRollback);
    }

    /** Every script that is one thing simpler, the boldest cuts first. */
    Stream<Script> simpler() {
        List<Script> all = new ArrayList<>();
        for (int i = 0; i < steps.size() && steps.size() > 1; i++) {
            all.add(new Script(without(steps, i), events, answers, run, commands, endByRollback));
        }
        for (int i = 0; i < events.size(); i++) {
            all.add(new Script(steps, without(events, i), answers, run, commands, endByRollback));
        }
        for (int i = 0; i < commands.size(); i++) {
            all.add(new Script(steps, events, answers, run, without(commands, i), endByRollback));
        }
        if (answers.stream().anyMatch(answer -> answer != 0)) {
            all.add(new Script(steps, events, List.of(), run, commands, endByRollback));
        }
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) != 0) {
                all.add(new Script(steps, events, with(answers, i, 0), run, commands, endByRollback));
            }
        }
        for (int i = 0; i < steps.size(); i++) {
            int at = i;
            steps.get(i)
                    .simpler()
                    .forEach(step ->
                            all.add(new Script(with(steps, at, step), events, answers, run, commands, endByRollback)));
        }
        if (!run.isPlain()) {
            all.add(new Script(steps, events, answers, run.plain(), commands, endByRollback));
        }
        for (int i = 0; i < commands.size(); i++) {
            if (!commands.get(i).isPlain()) {
                all.add(new Script(
                        steps,
                        events,
                        answers,
                        run,
                        with(commands, i, commands.get(i).plain()),
                        endByRollback));
            }
        }
        return all.stream();
    }

    private static <T> List<T> without(List<T> list, int index) {
        List<T> rest = new ArrayList<>(list);
        rest.remove(index);
        return rest;
    }

    private static <T> List<T> with(List<T> list, int index, T item) {
        List<T> other = new ArrayList<>(list);
        other.set(index, item);
        return other;
    }

    /** For people: the runbook, and what happens to it. */
    String told() {
        return yaml() + "\nhappens:  "
                + events.stream()
                        .map(event -> event.what() + "(" + event.detail() + ") from moment " + event.moment())
                        .collect(Collectors.joining(", "))
                + "\nanswers:  " + answers + "\ncommands: " + run
                + commands.stream().map(command -> ", " + command).collect(Collectors.joining())
                + (endByRollback ? ", then ROLLBACK until it ends" : ", then RESUME until it ends") + "\n";
    }
}
