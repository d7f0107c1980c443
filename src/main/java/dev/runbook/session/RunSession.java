package dev.runbook.session;

import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Pause;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.engine.Engine;
import dev.runbook.engine.GuardedEndpoints;
import dev.runbook.engine.RunControl;
import dev.runbook.engine.World;
import dev.runbook.event.AgreedPlan;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.journal.Entry;
import dev.runbook.journal.Journal;
import dev.runbook.journal.JournalFile;
import dev.runbook.plan.Plan;
import dev.runbook.report.Outline;
import dev.runbook.report.RunPace;
import dev.runbook.report.RunText;
import dev.runbook.runs.RunFolder;
import dev.runbook.runs.RunLock;
import dev.runbook.runs.SiteCopy;
import dev.runbook.site.SuppliedValue;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;
import dev.runbook.template.Fill;
import dev.runbook.template.Scope;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.GivenAnswers;
import dev.runbook.terminal.Person;
import dev.runbook.terminal.Refusal;
import dev.runbook.terminal.RunScreen;
import dev.runbook.terminal.ThisProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Lets an engine work on a run, with a screen, an operator, and Ctrl-C. */
public final class RunSession {
    private final CliContext context;
    private final RunFolder folder;
    private final Plan plan;
    private final Stage stage;
    private final RunScreen screen;
    private final Person.Secrets secrets = new Person.Secrets();
    private final Person person;
    private final LaterValues values;
    private final RunControl control = new RunControl();
    private final JournalFile.Claim claim;
    /** The answers of files that the run has used: each is used once in a run. */
    private final Set<String> usedBefore = new HashSet<>();

    private Answers answers = Answers.NONE;
    private Optional<Ending> before = Optional.empty();
    private Optional<Journal> journal = Optional.empty();
    private Optional<RunEvent.FilesKept> sealed = Optional.empty();
    private volatile Optional<Question> unanswered = Optional.empty();
    private volatile Scope words;
    /** Whether the step that failed last found another run at work on its server. */
    private boolean estateTaken;

    /**
     * A session of one process.
     *
     * @param folder the run's own
     * @param plan what is carried out
     * @param values from which its variables were made, the strongest first
     * @param stage where it plays
     * @param bound the plan that it is bound to
     * @param claim says whether it is still this process that has the run
     */
    RunSession(
            CliContext context,
            RunFolder folder,
            Plan plan,
            List<Map<String, SuppliedValue>> values,
            Stage stage,
            Optional<AgreedPlan> bound,
            JournalFile.Claim claim) {
        this.claim = claim;
        this.context = context;
        this.folder = folder;
        this.plan = plan;
        this.stage = stage;
        this.words = plan.site().scope();
        RunText text = new RunText(
                Outline.of(plan.runbook(), title -> Fill.forPeople(title, words)),
                new RunText.Layout(context.paint(), !context.terminal()),
                () -> stage.scene().isEmpty() ? resumeCommand() : "");
        List<String> steps =
                plan.runbook().steps().stream().map(step -> step.id().text()).toList();
        RunPace pace = new RunPace(
                steps,
                Standing.earlier(folder, plan.runbook().id().text()),
                plan.runbook().rto());
        this.screen = new RunScreen(text, context, pace);
        this.person = new Person(context, screen, secrets::mask);
        this.values = new LaterValues(
                folder, this::seal, values, new CliContext.ConsoleSecrets(context, person::secret), bound);
        secrets.learn(plan.site());
    }

    /** The text without the secrets of the run. */
    String masked(String text) {
        return secrets.mask(text);
    }

    /** What to type to go on with a run, if all that it needs lies in its folder. */
    public static String resumeCommand(RunFolder folder, CliContext context) {
        return context.command(List.of("resume", folder.path().toString()));
    }

    /** What to type to go on with this run, with what its folder does not keep, and with the answer that was missing. */
    private String resumeCommand() {
        List<String> words = new ArrayList<>(resumeArguments());
        unanswered.ifPresent(question -> words.addAll(missing(question)));
        return context.command(words);
    }

    private List<String> resumeArguments() {
        List<String> words = new ArrayList<>(List.of("resume", folder.path().toString()));
        words.addAll(SiteCopy.resumeArguments(plan.runbook(), values.values(), this::isSiteFile));
        return words;
    }

    /** Whether that is a file that somebody gave; not the copy in the run's folder, which is read anyway. */
    private boolean isSiteFile(String name) {
        Path file = context.path(name);
        return Files.isRegularFile(file)
                && !file.normalize()
                        .equals(context.path(folder.site().toString()).normalize());
    }

    /** The answer that was missing, and what was given for the same step: all of it is needed to come there again. */
    private List<String> missing(Question question) {
        List<String> words = new ArrayList<>();
        Optional.ofNullable(answers.decisions().get(question.subject()))
                .ifPresent(made -> words.addAll(List.of("--decide", question.subject() + "=" + made.words())));
        answers.approvals().stream()
                .filter(given -> given.expires().isEmpty() && !given.key().equals(question.key()))
                .filter(given ->
                        given.key().equals(question.subject()) || given.key().startsWith(question.subject() + "/"))
                .forEach(given -> words.addAll(
                        List.of("--approve", given.key() + "=" + given.answer().text())));
        words.addAll(List.of("--approve", question.key() + "=" + question.expected()));
        return words;
    }

    /** What to type to take back what a run started. */
    public static String rollbackCommand(RunFolder folder, CliContext context) {
        return context.command(List.of("rollback", folder.path().toString(), "--go"));
    }

    /** Lets the journal speak of the values that the run's folder will hold in a moment. */
    private void seal(String site) {
        sealed.ifPresent(before -> journal.orElseThrow().append(RunFolder.kept(before, site)));
    }

    /** Takes in an entry of the journal that was written just now. */
    void heard(Entry entry) {
        if (entry.event() instanceof RunEvent.FilesKept kept) {
            sealed = Optional.of(kept);
        }
        if (entry.event() instanceof RunEvent.StepFailed failed) {
            estateTaken = failed.trouble().code().equals(Trouble.LOCKED);
        } else if (entry.event() instanceof RunEvent.UndoFailed failed) {
            estateTaken = failed.trouble().code().equals(Trouble.LOCKED);
        }
        screen.accept(entry);
    }

    /** Takes in what happened before. */
    void recall(List<Entry> entries) {
        screen.recall(entries);
        entries.forEach(entry -> {
            if (entry.event() instanceof RunEvent.RunStopped stopped) {
                before = Optional.of(stopped.ending());
            }
            if (entry.event() instanceof RunEvent.FilesKept kept) {
                sealed = Optional.of(kept);
            }
            if (entry.event() instanceof RunEvent.Answered answered) {
                usedBefore.add(
                        used(answered.step() + answered.gate().map("/"::concat).orElse(""), answered.by()));
            }
        });
    }

    private static String used(String key, String by) {
        return key + " " + by;
    }

    /** The answers that were given, but for those of a file that this run has used. */
    private List<GivenAnswers.Given> notUsedBefore(Answers given) {
        List<GivenAnswers.Given> rest = new ArrayList<>();
        for (GivenAnswers.Given each : given.approvals()) {
            if (each.expires().isPresent()
                    && usedBefore.contains(used(each.key(), each.answer().by()))) {
                context.err()
                        .println("Not used: the answer to " + each.key() + " ("
                                + each.answer().by() + "). This run has used it, and each is used once.");
            } else {
                rest.add(each);
            }
        }
        return rest;
    }

    /** Whoever is here answers, unless somebody else has to. */
    private Reply present(Question question) {
        if (stage.scene().isPresent() || question.terms().allow(context.actor().user())) {
            return person.ask(question);
        }
        Operator.nobody(screen::say).ask(question);
        return Reply.Nobody.SAME_ACCOUNT;
    }

    /** Hears where an answer is missing. */
    private Operator listening(Operator operator) {
        return question -> {
            Reply reply = operator.ask(question);
            boolean missing = (reply == Reply.Nobody.NO_TERMINAL || reply == Reply.Nobody.SAME_ACCOUNT)
                    && question.kind().isWord();
            unanswered = Optional.of(question).filter(unused -> missing);
            return reply;
        };
    }

    /**
     * Works on the run.
     *
     * @param journal behind the events of {@code fold}
     * @param work what the engine is to do, such as {@link Engine#run}
     * @return what the program ends with
     */
    @SuppressWarnings("try") // it ticks by itself
    ExitCode work(JournalFile journal, RunFold fold, Answers given, Function<Engine, Ending> work) {
        answers = given;
        this.journal = Optional.of(journal);
        StopRequests.hear(control, screen, person, context.isWindows());
        person.makesNotes(journal);
        if (stage.scene().isEmpty()) {
            ThisProcess.load(context.isWindows());
        }
        Pause pause = new RealPause();
        boolean ended = false;
        String session = session(journal);
        try (Ticking ticking = Ticking.each(Duration.ofSeconds(1), this::tick);
                Endpoints live = stage.reach()
                        .apply(new LiveEndpoints(session, () -> stage.launcher().apply(secrets::mask)))) {
            Endpoints endpoints =
                    new GuardedEndpoints(live, session, pause, control, screen::say, journal::requireClaim);
            GivenAnswers prepared = new GivenAnswers(notUsedBefore(given), context.clock(), screen::say, this::present);
            Operator operator = listening(stage.cast().apply(prepared));
            World world = new World(
                    endpoints, operator, context.clock(), RealPause::nanos, pause, new SecureRandom(), screen, control);
            Engine engine = new Engine(
                    plan,
                    world,
                    journal,
                    fold,
                    new Engine.Settings(
                            given.onFailure(),
                            given.decisions(),
                            telling(secrets.learning(values), prepared, journal),
                            before));
            ExitCode code = exitCode(work.apply(engine), fold.state());
            ended = true;
            screen.rest();
            prepared.unused().forEach(context.err()::println);
            engine.unusedDecisions().forEach(context.err()::println);
            context.err().println("Journal: " + journal.end() + ".");
            return code;
        } catch (Journal.LostException e) {
            ended = true;
            screen.rest();
            return lost(e, journal);
        } finally {
            person.close();
            screen.rest();
            if (!ended) {
                context.err().println("The run was cut off here. To resume it: " + resumeCommand());
            }
            stage.left().accept(new Stage.Left(folder, resumeArguments()));
        }
    }

    private ExitCode exitCode(Ending ending, RunState state) {
        if (ending == Ending.ROLLED_BACK && state.isRollbackRequested()) {
            return ExitCode.DONE;
        }
        ExitCode code = exitCode(ending, control.isStopRequested());
        if (code == ExitCode.INTERRUPTED && isInDoubt(state)) {
            return ExitCode.RESUME_NEEDED;
        }
        boolean failed = code == ExitCode.FAILED_UNCHANGED || code == ExitCode.FAILED_CHANGED;
        return failed && estateTaken ? ExitCode.BUSY : code;
    }

    /** Whether nobody knows of some step whether it happened. */
    static boolean isInDoubt(RunState state) {
        return state.steps().values().stream().anyMatch(step -> step.status().isDoubtful());
    }

    /** Says why nothing more can be written, and what to do. */
    private ExitCode lost(Journal.LostException reason, JournalFile journal) {
        context.err().println(reason.getMessage());
        if (!reason.isTaken()) {
            context.err()
                    .println("Nothing more was touched. Make room or bring the folder back, then: " + resumeCommand());
            return ExitCode.RESUME_NEEDED;
        }
        context.err().println("Nothing more was sent and nothing more was written here.");
        ExistingRun.tellSince(folder, journal.number(), context);
        return ExitCode.BUSY;
    }

    /** A question that nobody may answer any more is not left standing. */
    private void tick() {
        screen.tick();
        try {
            if (!control.isStopRequested() && claim.lostTo().isPresent()) {
                control.interrupt();
                person.stopAsking();
            }
        } catch (IOException e) {
            // the next line of the journal finds out
            return;
        }
    }

    /** A changed variable changes what stands on the screen from then on, and what an answer was given for before. */
    private Engine.SiteChange telling(Engine.SiteChange changes, GivenAnswers prepared, JournalFile journal) {
        return (planned, state, assignment) -> {
            // it is kept in the folder, which may be somebody else's by now
            journal.requireClaim();
            Engine.SiteChange.Outcome outcome = changes.change(planned, state, assignment);
            if (outcome instanceof Engine.SiteChange.Outcome.Changed changed) {
                words = changed.plan().site().scope();
                prepared.voidAll("It was given before "
                        + String.join(", ", new TreeSet<>(changed.shown().keySet())) + " was changed.");
            }
            return outcome;
        };
    }

    /**
     * The name by which the run's sessions are known on the servers: two runs of one id in two folders are two runs there all the
     * same.
     */
    private String session(JournalFile journal) {
        return "runbook " + plan.site().runId() + " " + journal.firstHash().substring(0, 8);
    }

    /** What the program ends with when a run ends so. */
    static ExitCode exitCode(Ending ending, boolean interrupted) {
        return switch (ending) {
            case DONE -> ExitCode.DONE;
            case FAILED_UNCHANGED, ROLLED_BACK -> ExitCode.FAILED_UNCHANGED;
            case FAILED_CHANGED, ROLLBACK_INCOMPLETE, CLOSED -> ExitCode.FAILED_CHANGED;
            case DECLINED -> ExitCode.DECLINED;
            case PAUSED, IN_DOUBT -> ExitCode.RESUME_NEEDED;
            // Ctrl-C also ends a question
            case NEEDS_ANSWER -> interrupted ? ExitCode.INTERRUPTED : ExitCode.NEEDS_ANSWER;
            case INTERRUPTED -> ExitCode.INTERRUPTED;
        };
    }

    /** Does something again and again, on a thread of its own, until it is closed. */
    private static final class Ticking implements AutoCloseable {
        private final ScheduledExecutorService executor;

        private Ticking(ScheduledExecutorService executor) {
            this.executor = executor;
        }

        /** Ticks at that distance; what is done must not throw. */
        static Ticking each(Duration distance, Runnable tick) {
            ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, "clock");
                thread.setDaemon(true);
                return thread;
            });
            executor.scheduleAtFixedRate(tick, distance.toMillis(), distance.toMillis(), TimeUnit.MILLISECONDS);
            return new Ticking(executor);
        }

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }

    /** Lets real time pass. */
    public static final class RealPause implements Pause {
        /** Counts on in real time, whatever is done to the clock of the computer. */
        static long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration time, Cancellation cancellation) {
            CountDownLatch stopped = new CountDownLatch(1);
            Cancellation.Registration registration = cancellation.onRequest(stopped::countDown);
            try {
                // whether it was the time or the request that ended it makes no difference here
                stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                registration.close();
            }
        }
    }

    /** Takes the lock of a run, and says who has it where that is not possible. */
    static final class Locks {
        private Locks() {}

        /**
         * The lock; refuses while another process has it.
         *
         * @param takeOver whether to take it from a process that is gone; refused while that process is alive, as far as that can be
         *     seen from here
         * @param command that does what is wanted with the run
         */
        static RunLock take(RunFolder folder, boolean takeOver, String command, CliContext around) {
            try {
                return RunLock.of(folder, around.actor(), around.clock().instant())
                        .orElseGet(() -> {
                            if (!takeOver) {
                                throw busy(folder, command, around);
                            }
                            return takeOver(folder, command, around);
                        });
            } catch (UncheckedIOException e) {
                if (Refusal.isOfName(e.getCause())) {
                    throw e;
                }
                throw new Refusal(
                        ExitCode.RESUME_NEEDED,
                        "The lock of " + folder.path() + " cannot be written: "
                                + e.getCause().getMessage()
                                + "\nNothing was begun, and the run is as it was. Make room, then: " + command);
            }
        }

        /** The lock of a new folder, of which nobody else knows. */
        static RunLock ofNew(RunFolder folder, String command, CliContext around) {
            return RunLock.of(folder, around.actor(), around.clock().instant())
                    .orElseThrow(() -> busy(folder, command, around));
        }

        private static RunLock takeOver(RunFolder folder, String command, CliContext around) {
            Optional<RunLock.Owner> owner = RunLock.owner(folder);
            if (owner.filter(one -> isHere(one, around) && isAlive(one)).isPresent()) {
                throw busy(folder, command, around);
            }
            RunLock lock = RunLock.takeOver(
                            folder, around.actor(), around.clock().instant())
                    .orElseThrow(() -> busy(folder, command, around));
            around.err().println("Taken over from " + words(owner) + ".");
            return lock;
        }

        private static Refusal busy(RunFolder folder, String command, CliContext around) {
            Optional<RunLock.Owner> owner = RunLock.owner(folder);
            return new Refusal(
                    ExitCode.BUSY,
                    folder.path() + " is being worked on by " + words(owner) + ".\n"
                            + owner.map(one -> advice(one, command, around))
                                    .orElse("Let it end first; list shows how it stands."));
        }

        private static String advice(RunLock.Owner owner, String command, CliContext around) {
            String takeOver = CliContext.longer(command, " --take-over");
            if (!isHere(owner, around)) {
                return "Let it end first. If " + owner.host() + " is gone, or that process on it, then: " + takeOver;
            }
            return isAlive(owner)
                    ? "Let it end first, or end that process: Ctrl-C in its window, or "
                            + (around.isWindows() ? "taskkill /F /PID " : "kill ") + owner.process() + "."
                    : "That process is gone. To go on in its place: " + takeOver;
        }

        private static String words(Optional<RunLock.Owner> owner) {
            return owner.map(RunLock.Owner::words).orElse("another process");
        }

        private static boolean isHere(RunLock.Owner owner, CliContext around) {
            return owner.host().equals(around.actor().host());
        }

        /** A process that began later has only got the number of one that is gone. */
        private static boolean isAlive(RunLock.Owner owner) {
            return ThisProcess.isAlive(owner.process(), owner.since());
        }
    }
}
