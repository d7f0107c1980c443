package dev.runbook.journey;

import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.engine.Engine;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import dev.runbook.journey.EstateInvariants.Broken;
import dev.runbook.journey.EstateInvariants.Invariant;
import dev.runbook.language.Step;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.site.SuppliedValue;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What people can decide in a run of a shipped runbook, from each of its steps on.
 *
 * <p>A {@link Start} puts the estate and the journal back to where a step began in an undisturbed run, and lets something go
 * wrong there, so that somebody is asked; or lets the first step find the old primary in another condition. From there every answer to every question is tried: the one that a careful person gives
 * first, and each other one in a run of its own, up to two others in one process. Where a process ends, the run is resumed, and
 * taken back, and what is asked then about a condition is tried as well. What was tried from the same state of journal and estate
 * is not tried again.
 */
final class Exploration implements AutoCloseable {
    private static final String JOURNAL = "cut.jsonl";
    private static final String CTRL_C = "Ctrl-C";
    private static final String NOBODY = "nobody is there";

    private final Recording whole;
    private final Rig rig;
    private final String runbook;
    private final EstateInvariants atFirst;
    private final Set<Object> tried = new HashSet<>();
    private final Map<Object, Integer> expanded = new HashMap<>();
    private final Found found = new Found();

    /** What explorations of one runbook have found. */
    static final class Found {
        /** What is broken, with the first course that leads there. */
        final Map<Broken, String> broken = new LinkedHashMap<>();

        private final Map<List<String>, Map<String, Integer>> answers = new LinkedHashMap<>();
        private final Map<List<String>, Map<String, Integer>> ends = new LinkedHashMap<>();
        private final Map<Invariant, Integer> looks = new EnumMap<>(Invariant.class);
        private int processes;

        /** How many processes were played. */
        int processes() {
            return processes;
        }

        /** By invariant: what it says, how often it was looked at, and how much of it was broken. */
        List<List<String>> invariants() {
            return Stream.of(Invariant.values())
                    .map(each -> List.of(
                            each.sentence(),
                            String.valueOf(looks.getOrDefault(each, 0)),
                            String.valueOf(broken.keySet().stream()
                                    .filter(one -> one.invariant() == each)
                                    .count())))
                    .toList();
        }

        /** By step and screen: what was answered there, and how the process ended then. */
        List<List<String>> decisions() {
            return answers.entrySet().stream()
                    .map(row -> List.of(
                            row.getKey().get(0),
                            row.getKey().get(1),
                            counted(row.getValue()),
                            counted(ends.get(row.getKey()))))
                    .toList();
        }

        private static String counted(Map<String, Integer> all) {
            return all.entrySet().stream()
                    .map(one -> one.getKey() + " " + one.getValue())
                    .collect(Collectors.joining(", "));
        }

        /** Adds what another exploration has found. */
        void add(Found other) {
            other.broken.forEach(broken::putIfAbsent);
            other.looks.forEach((invariant, times) -> looks.merge(invariant, times, Integer::sum));
            add(answers, other.answers);
            add(ends, other.ends);
            processes += other.processes;
        }

        private static void add(
                Map<List<String>, Map<String, Integer>> to, Map<List<String>, Map<String, Integer>> from) {
            from.forEach((screen, times) -> times.forEach((word, count) ->
                    to.computeIfAbsent(screen, unused -> new TreeMap<>()).merge(word, count, Integer::sum)));
        }

        private void looked(Invariant invariant) {
            looks.merge(invariant, 1, Integer::sum);
        }

        private void answered(List<String> screen, String answer, String end) {
            answers.computeIfAbsent(screen, unused -> new TreeMap<>()).merge(answer, 1, Integer::sum);
            ends.computeIfAbsent(screen, unused -> new TreeMap<>()).merge(end, 1, Integer::sum);
        }
    }

    /** Where a course begins. */
    record Start(int begun, Step step, Optional<String> sent, Hindrance.How how, OldPrimary meanwhile) {
        @Override
        public String toString() {
            return "step " + step.id() + " " + how.words() + ", old primary " + meanwhile.words();
        }
    }

    /** What a process does. */
    private enum Process {
        RUN,
        RESUME,
        ROLLBACK
    }

    /** How everything stands between two processes. */
    private record Stand(
            byte[] journal,
            List<Entry> entries,
            EstateState estate,
            FolderCopy files,
            Instant time,
            Optional<List<Map<String, SuppliedValue>>> values,
            EstateInvariants invariants) {}

    /** A process that is to be tried. */
    private record Course(
            Stand from, Process process, Optional<Start> start, List<String> answers, int others, String before) {
        @Override
        public String toString() {
            return before + start.map(Object::toString).orElse("") + " "
                    + process.name().toLowerCase(Locale.ROOT) + " " + answers;
        }
    }

    Exploration(Rig rig, String runbook) throws IOException {
        this.rig = rig;
        this.runbook = runbook;
        this.atFirst = new EstateInvariants(rig.estate);
        this.whole = new Recording(rig, Path.of("runbooks", runbook + ".yaml"));
        remember();
    }

    @Override
    public void close() {
        rig.close();
    }

    /** What was found so far. */
    Found found() {
        return found;
    }

    /** All places from which something can be decided in this scene. */
    List<Start> starts() {
        List<Start> all = new ArrayList<>();
        Map<String, Integer> begun = new LinkedHashMap<>();
        Map<String, String> sent = new HashMap<>();
        for (int i = 0; i < whole.moments.size(); i++) {
            RunEvent event = whole.moments.get(i).entry().event();
            if (event instanceof RunEvent.StepBegun begin) {
                begun.putIfAbsent(begin.step(), i);
            } else if (event instanceof RunEvent.Sent out) {
                sent.putIfAbsent(out.work().step(), out.text());
            }
        }
        begun.forEach((id, at) -> {
            for (Hindrance.How how : Hindrance.How.values()) {
                for (OldPrimary meanwhile : OldPrimary.values()) {
                    Start start = new Start(at, whole.step(id), Optional.ofNullable(sent.get(id)), how, meanwhile);
                    Hindrance.How plain =
                            start.step().confirm().isPresent() ? Hindrance.How.ASKED : Hindrance.How.REFUSED;
                    boolean other = meanwhile
                            .in(whole.moments.get(at).state())
                            .filter(unused -> meanwhile != OldPrimary.AS_IT_WAS)
                            .isPresent();
                    boolean tells = how == Hindrance.How.FOUND
                            ? other && begun.values().iterator().next() == at
                            : meanwhile == OldPrimary.AS_IT_WAS || how == plain && other;
                    if (tells && hindrance(start).isPresent()) {
                        all.add(start);
                    }
                }
            }
        });
        return all;
    }

    private Optional<Hindrance> hindrance(Start start) {
        return Hindrance.of(whole, start.how(), start.step(), start.sent());
    }

    /**
     * Tries what can be decided from there.
     *
     * @param most so many processes, drawn from all; the rest is left out
     */
    void explore(Start start, int most, Random drawing) throws IOException {
        List<Course> todo = new ArrayList<>();
        todo.add(new Course(standAt(start.begun()), Process.RUN, Optional.of(start), List.of(), 0, ""));
        for (int played = 0; played < most && !todo.isEmpty(); played++) {
            boolean all = most == Integer.MAX_VALUE;
            Course course = todo.remove(all ? 0 : drawing.nextInt(todo.size()));
            todo.addAll(new Play(course, reach(course)).play());
        }
    }

    /** How many answers in one process may be others than a careful person's; at a condition, one more. */
    private static int reach(Course course) {
        return course.start()
                .map(start -> start.meanwhile() == OldPrimary.AS_IT_WAS ? 2 : 1)
                .orElse(0);
    }

    private Stand standAt(int event) {
        Moment moment = whole.moments.get(event);
        String lines = String.join("\n", whole.journal.subList(0, event + 1)) + "\n";
        return new Stand(
                lines.getBytes(StandardCharsets.UTF_8),
                atFirstThen(event),
                moment.state(),
                moment.files(),
                moment.time(),
                Optional.empty(),
                atFirst.fork());
    }

    private List<Entry> atFirstThen(int event) {
        return whole.moments.subList(0, event + 1).stream().map(Moment::entry).toList();
    }

    /** One process. */
    private final class Play {
        private final Course course;
        private final int reach;
        private final EstateInvariants invariants;
        private final Optional<Hindrance> hindrance;
        private final List<Entry> journal = new ArrayList<>();
        private final RunFold fold;
        private final List<String> given = new ArrayList<>();
        private final List<List<String>> rows = new ArrayList<>();
        private final List<Course> next = new ArrayList<>();
        private final Set<String> retried = new HashSet<>();
        private boolean meanwhile;
        private boolean known;

        Play(Course course, int reach) {
            this.course = course;
            this.reach = reach;
            this.invariants = course.from().invariants().fork();
            this.hindrance = course.start().flatMap(Exploration.this::hindrance);
            this.journal.addAll(course.from().entries());
            this.fold = RunFold.of(journal);
        }

        /** Plays it; what is to be tried next. */
        List<Course> play() throws IOException {
            restore(course.from());
            Path path = rig.file(JOURNAL);
            byte[] before = course.from().journal();
            rig.person = this::answer;
            course.start().filter(start -> start.how() == Hindrance.How.FOUND).ifPresent(this::changeTheOldPrimary);
            found.processes++;
            Optional<Ending> end = Optional.empty();
            String why = "";
            try {
                end = Optional.of(
                        course.process() == Process.ROLLBACK
                                ? rig.back(whole.runbook, path, this::hear)
                                : rig.run(whole.runbook, path, Engine.OnFailure.STOP, Map.of(), this::hear));
            } catch (RuntimeException e) {
                why = e.toString();
            } finally {
                hindrance.ifPresent(Hindrance::end);
            }
            String how = end.map(ending -> words(ending)).orElse("broke");
            String shown = known ? "as from the same state before" : how;
            rows.forEach(row -> found.answered(row.subList(0, 2), row.get(2), shown));
            look(end, why, before, Files.readAllBytes(path));
            if (!known && end.isPresent()) {
                follow(end.get(), path);
            }
            return next;
        }

        private void hear(Entry entry) {
            journal.add(entry);
            fold.take(entry.time(), entry.event());
            found.looked(Invariant.ONE_WRITER);
            invariants.writers().forEach(this::broken);
            hindrance.ifPresent(one -> one.hear(entry.event()));
            boolean between = entry.event() instanceof RunEvent.StepBegun
                    && given.size() >= course.answers().size()
                    && (hindrance.isEmpty() || !given.isEmpty());
            if (between && !tried.add(List.of(course.process() == Process.ROLLBACK, state()))) {
                // from here on it goes as it went from the same state before
                known = true;
                rig.control.interrupt();
            }
        }

        private void changeTheOldPrimary(Start start) {
            meanwhile = true;
            start.meanwhile().in(rig.estate.state()).ifPresent(changed -> {
                rig.estate.change(unused -> changed);
                invariants.somethingElseChanged(journal);
            });
        }

        // ---- what people answer

        private Reply answer(Question question) {
            hindrance.filter(one -> one.leadsTo(question)).ifPresent(Hindrance::end);
            if (!meanwhile) {
                course.start().ifPresent(this::changeTheOldPrimary);
            }
            int number = given.size();
            List<String> options = options(question);
            String answer = number < course.answers().size() ? course.answers().get(number) : careful(question);
            if (number >= course.answers().size() && !known) {
                branch(question, options, answer);
            }
            given.add(answer);
            rows.add(List.of(question.subject(), screen(question), answer));
            return reply(question, answer);
        }

        /** Every other answer is tried in a course of its own. */
        private void branch(Question question, List<String> options, String careful) {
            Object key = List.of(
                    course.process(), question.subject(), question.kind(), options, question.message(), state());
            boolean ofAnotherStart = question.kind() == Question.Kind.CONFIRM
                    && course.start()
                            .filter(start -> start.step().id().text().equals(question.subject()))
                            .isEmpty();
            Integer before = expanded.get(key);
            boolean beyond =
                    course.others() >= reach && question.kind() != Question.Kind.CONDITION || course.others() > reach;
            if (ofAnotherStart || beyond || before != null && before <= course.others()) {
                return;
            }
            expanded.put(key, course.others());
            for (String option : options) {
                if (!option.equals(careful)) {
                    List<String> answers = new ArrayList<>(given);
                    answers.add(option);
                    next.add(new Course(
                            course.from(),
                            course.process(),
                            course.start(),
                            answers,
                            course.others() + 1,
                            course.before()));
                }
            }
        }

        private List<String> options(Question question) {
            List<String> options = new ArrayList<>();
            if (question.kind().isWord()) {
                options.add(question.expected());
                options.add(Question.NO);
            } else {
                question.choices().stream().map(Question.Choice::word).forEach(options::add);
            }
            if (options.remove("change") && isHome()) {
                options.add("change " + changes());
                options.add("change nothing=1");
            }
            if (isHome()) {
                options.add(CTRL_C);
                options.add(NOBODY);
            }
            return options;
        }

        private boolean isHome() {
            return course.start()
                    .filter(start -> start.meanwhile() == OldPrimary.AS_IT_WAS)
                    .isPresent();
        }

        private String changes() {
            return runbook.equals("failover") ? "log_share_lost=true" : "chat_service=RTCCHAT2";
        }

        /** Who resumes or goes back wants to get on; whoever meets a failure stops there, and tries once more later. */
        private String careful(Question question) {
            if (question.kind().isWord()) {
                return question.expected();
            }
            List<String> words =
                    question.choices().stream().map(Question.Choice::word).toList();
            if (words.contains("go")) {
                return "go";
            }
            boolean later = course.process() != Process.RUN;
            if (later && words.contains("run")) {
                return "run";
            }
            if (later && question.kind() == Question.Kind.BY_HAND) {
                return "done";
            }
            if (later && words.contains("retry") && retried.add(question.subject())) {
                return "retry";
            }
            return words.get(0);
        }

        private Reply reply(Question question, String answer) {
            if (answer.equals(CTRL_C)) {
                rig.control.interrupt();
                return Reply.Nobody.END_OF_INPUT;
            }
            if (answer.equals(NOBODY)) {
                return Reply.Nobody.NO_TERMINAL;
            }
            if (question.kind().isWord()) {
                return new Reply.Answered(answer, "", "jdoe");
            }
            String[] parts = answer.split(" ", 2);
            return new Reply.Answered(parts[0], parts.length > 1 ? parts[1] : "seen", "jdoe");
        }

        // ---- what has to be true

        private void look(Optional<Ending> end, String why, byte[] before, byte[] after) {
            Stream.of(
                            Invariant.SERVED,
                            Invariant.WRITTEN_DOWN,
                            Invariant.SENT_ONCE,
                            Invariant.JOURNAL_GROWS,
                            Invariant.ENDS)
                    .forEach(found::looked);
            invariants.broken(journal, closing(), harmless()).forEach(this::broken);
            EstateInvariants.ofTheJournal(before, after).forEach(this::broken);
            EstateInvariants.ofTheEnd(end, why, journal).forEach(this::broken);
            RunState run = fold.state();
            boolean full = end.filter(Ending.DONE::equals).isPresent()
                    && run.steps().values().stream().noneMatch(step -> step.isByHand() || step.isSkippedByPerson());
            if (full) {
                found.looked(Invariant.PROMISE);
                invariants.missing(runbook).forEach(how -> broken(new Broken(Invariant.PROMISE, how)));
            }
        }

        private Set<String> harmless() {
            return whole.steps.steps().stream()
                    .filter(step -> step.task().doneWhen().isEmpty()
                            && step.task().retry().repeatable())
                    .map(step -> step.id().text())
                    .collect(Collectors.toSet());
        }

        private String closing() {
            RunEvent last = journal.get(journal.size() - 1).event();
            return last instanceof RunEvent.RunStopped stopped ? stopped.message() : "";
        }

        private void broken(Broken one) {
            if (found.broken.putIfAbsent(one, course + " " + given) == null) {
                System.out.println(one + "\n    " + found.broken.get(one));
            }
        }

        // ---- what comes next

        private void follow(Ending end, Path path) throws IOException {
            if (!tried.add(List.of("end", end == Ending.DONE, state()))) {
                return;
            }
            Stand stand = new Stand(
                    Files.readAllBytes(path),
                    List.copyOf(journal),
                    rig.estate.state(),
                    course.from().files().next(rig.ground()),
                    rig.time.instant(),
                    rig.values,
                    invariants);
            String before = course + " " + given + ", then ";
            if (end != Ending.DONE && course.process() != Process.RESUME) {
                next.add(new Course(stand, Process.RESUME, Optional.empty(), List.of(), 0, before));
            }
            if (course.process() != Process.ROLLBACK) {
                next.add(new Course(stand, Process.ROLLBACK, Optional.empty(), List.of(), 0, before));
            }
        }

        private Object state() {
            return key(fold.state(), invariants);
        }
    }

    /** All that the next move depends on, as the estate stands now. */
    private Object key(RunState run, EstateInvariants invariants) {
        StringBuilder steps = new StringBuilder();
        run.steps()
                .forEach((id, step) ->
                        steps.append(id).append(' ').append(of(step)).append('\n'));
        return List.of(
                steps.toString(),
                run.remembered().keySet(),
                run.rollingBack(),
                rig.estate.projection(),
                rig.values.map(List::size),
                invariants.brokenBefore());
    }

    private static String of(StepState step) {
        return step.status() + " " + step.effect().marks().stream().sorted().toList() + step.note() + step.person();
    }

    /** How the undisturbed run goes on is known: what comes to one of its states goes on as it did. */
    private void remember() throws IOException {
        for (int i = 0; i < whole.moments.size(); i++) {
            if (whole.moments.get(i).entry().event() instanceof RunEvent.StepBegun) {
                Stand stand = standAt(i);
                restore(stand);
                tried.add(List.of(false, key(RunState.of(stand.entries()), stand.invariants())));
            }
        }
    }

    private void restore(Stand stand) throws IOException {
        stand.files().restore(rig.ground());
        rig.time.set(stand.time());
        rig.estate.become(stand.estate());
        rig.values = stand.values();
        if (rig.values.isEmpty()) {
            rig.allowChanges();
        }
        Files.write(rig.cutJournal(), stand.journal());
    }

    private static String screen(Question question) {
        return question.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String words(Ending ending) {
        return ending.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
