package dev.runbook.engine;

import dev.runbook.base.Harmless;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Progress;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import dev.runbook.fact.FactAsker;
import dev.runbook.fact.Troubles;
import dev.runbook.language.Name;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import dev.runbook.plan.Binder;
import dev.runbook.plan.Operation;
import dev.runbook.state.StepState;
import dev.runbook.template.Fill;
import dev.runbook.template.Filled;
import dev.runbook.template.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Runs an action until it is seen to be done, or no attempt is left: the turns 6 and 7 of a step, and each action of a rollback. */
final class Attempts {
    /** After an outcome that nobody knows, the world gets so long to settle before the last look. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    /** Of what the other side says besides rows and errors, so much is kept. */
    private static final int MOST_SAID = 20;

    private static final int LONGEST_SAID = 1000;

    private static final String OLD_GONE = "the old session is gone";
    private static final Conditions.Verdict NOT_OPEN = new Conditions.Verdict.DoesNotHold("", "No attempt is open.");

    private final Sending sending;
    private final Conditions.Proof proof;
    private final Binder binder;
    private final Recorder recorder;
    private final World world;

    Attempts(Sending sending, Conditions.Proof proof, Binder binder, Recorder recorder, World world) {
        this.sending = sending;
        this.proof = proof;
        this.binder = binder;
        this.recorder = recorder;
        this.world = world;
    }

    /**
     * Makes attempts.
     *
     * @param before attempts made before this run of them, for numbering
     * @param spent how many of them count against the author's number
     */
    StepRunner.Outcome run(Work work, Task task, Scope scope, int before, int spent) {
        int number = before;
        for (int made = spent + 1; ; made++) {
            Conditions.Verdict earlier = isOpen(work) ? lookBefore(work, task, scope) : NOT_OPEN;
            if (earlier.holds()) {
                return new StepRunner.Outcome.Finished();
            }
            Sending.Made attempt = earlier instanceof Conditions.Verdict.Unknown held
                    ? Sending.Made.notSent(held.trouble())
                    : sending.make(work, task, scope, number + 1);
            Optional<Trouble> result = attempt.trouble();
            Conditions.Verdict done = look(work, task, scope, result);
            if (!done.holds() && result.isEmpty() && world.control().isCancelled()) {
                // it came back well, and how it goes on is looked at by whoever resumes
                return new StepRunner.Outcome.Interrupted();
            }
            RetryPolicy.Next next = RetryPolicy.decide(result, done, task.retry(), made);
            int shown = number + 1;
            number += attempt.sent() ? 1 : 0;
            if (next instanceof RetryPolicy.Next.End end) {
                return ended(work, shown, end.outcome());
            }
            Trouble trouble = ((RetryPolicy.Next.TryAgain) next).trouble();
            recorder.append(new RunEvent.AttemptFailed(work, shown, trouble));
            if (world.control().isStopRequested()) {
                return stopped(work, trouble);
            }
            Duration pause =
                    RetryPolicy.pause(task.retry(), made, world.random().nextDouble());
            recorder.append(new RunEvent.RetryScheduled(work, number + 1, pause.toMillis()));
            world.watcher().pausing(work.step(), number + 1, pause);
            world.pause().pause(pause, world.control().cancellation());
            if (world.control().isStopRequested()) {
                return stopped(work, trouble);
            }
        }
    }

    /** A later attempt that is refused, or never leaves this computer, does not tell how an earlier one ended. */
    private StepRunner.Outcome ended(Work work, int number, StepRunner.Outcome outcome) {
        if (!(outcome instanceof StepRunner.Outcome.Failed failed)) {
            return outcome;
        }
        recorder.append(new RunEvent.AttemptFailed(work, number, failed.trouble()));
        return isOpen(work) ? new StepRunner.Outcome.Doubt(stillOpen(failed.trouble())) : failed;
    }

    /** Once a stop was asked for, no further attempt follows. */
    private StepRunner.Outcome stopped(Work work, Trouble trouble) {
        return isOpen(work) ? new StepRunner.Outcome.Doubt(stillOpen(trouble)) : new StepRunner.Outcome.Interrupted();
    }

    private boolean isOpen(Work work) {
        return !work.isUndo() && recorder.state().step(work.step()).isOpen();
    }

    private static Trouble stillOpen(Trouble trouble) {
        String message = trouble.unknown()
                ? trouble.message()
                : "An earlier attempt was not answered, and a later one does not tell how it ended: "
                        + trouble.message();
        return new Trouble(trouble.code(), trouble.kind(), true, message, trouble.details(), trouble.place());
    }

    /**
     * Looks before something is sent again after an attempt whose end is not known: its server has to say that nothing of it is
     * at work any more, and what shows that it is done has to answer.
     */
    private Conditions.Verdict lookBefore(Work work, Task task, Scope scope) {
        Conditions.Verdict gone = task.action()
                .flatMap(binder::sqlServer)
                .map(server -> waitForOldSessions(work.step(), task, server))
                .orElseGet(Conditions.Verdict.Holds::new);
        return gone.holds()
                ? proof.ask(work.step(), task, scope)
                : new Conditions.Verdict.Unknown(OLD_GONE, whyNot(gone));
    }

    private static Trouble whyNot(Conditions.Verdict verdict) {
        return verdict instanceof Conditions.Verdict.Unknown unknown
                ? unknown.trouble()
                : new Trouble(
                        "no-answer",
                        "transient",
                        false,
                        ((Conditions.Verdict.DoesNotHold) verdict).why()
                                + " Whether what was sent before is still at work there cannot be"
                                + " asked, so it was not sent again.",
                        List.of(),
                        Optional.empty());
    }

    /**
     * Makes sure that nothing of an earlier process or attempt is still at work on these servers; waits for as long as it is
     * seen at work.
     *
     * @return what speaks against that
     */
    Optional<Trouble> stillAtWork(String step, Task task, List<SqlTarget> servers) {
        return servers.stream()
                .map(server -> waitForOldSessions(step, task, server))
                .filter(gone -> !gone.holds())
                .findFirst()
                .map(Attempts::whyNot);
    }

    /** Waits until the proof holds or the time of the task is over. What was sent is waited for, whoever asks to stop. */
    Conditions.Verdict waitFor(String step, Task task, Scope scope) {
        return poll(
                step,
                task,
                () -> proof.askOnce(step, task, scope),
                verdict -> world.control().isCancelled());
    }

    /** Waits where nothing is under way: the first request to stop ends it. */
    Conditions.Verdict waitIdly(String step, Task task, Scope scope) {
        return poll(
                step,
                task,
                () -> proof.askOnce(step, task, scope),
                verdict -> world.control().isStopRequested());
    }

    /**
     * Looks whether something that was started, and of which it is not known whether it happened, is done: an old session that
     * is still at work is waited for; then it is looked at once, and after a short grace once more, and for as long as it cannot
     * be asked, within the time of the task. What is not done while the old session works on it is unknown.
     */
    Conditions.Verdict lookInDoubt(String step, Task task, Scope scope) {
        Conditions.Verdict gone = task.action()
                .flatMap(binder::sqlServer)
                .map(server -> waitForOldSessions(step, task, server))
                .orElseGet(Conditions.Verdict.Holds::new);
        Conditions.Verdict seen = lookTwice(step, task, scope);
        return seen.holds() || !RetryPolicy.isAtWork(gone) ? seen : gone;
    }

    private Conditions.Verdict lookTwice(String step, Task task, Scope scope) {
        Conditions.Verdict first = proof.ask(step, task, scope);
        if (first.holds() || !Conditions.Proof.exists(task) || world.control().isCancelled()) {
            return first;
        }
        if (first instanceof Conditions.Verdict.Unknown) {
            return poll(step, task, () -> proof.askOnce(step, task, scope), this::isAnswered);
        }
        world.pause().pause(GRACE, world.control().cancellation());
        return proof.ask(step, task, scope);
    }

    private boolean isAnswered(Conditions.Verdict verdict) {
        return verdict instanceof Conditions.Verdict.DoesNotHold
                || world.control().isStopRequested();
    }

    private Conditions.Verdict look(Work work, Task task, Scope scope, Optional<Trouble> result) {
        if (result.isEmpty()) {
            return Conditions.Proof.exists(task) ? waitFor(work.step(), task, scope) : new Conditions.Verdict.Holds();
        }
        return result.get().unknown() ? lookInDoubt(work.step(), task, scope) : proof.ask(work.step(), task, scope);
    }

    private Conditions.Verdict waitForOldSessions(String step, Task task, SqlTarget server) {
        return poll(
                step, task, () -> sessions(server), verdict -> world.control().isCancelled());
    }

    private Conditions.Verdict sessions(SqlTarget server) {
        Answer answer = world.endpoints().sqlServer(server).oldSessions(Limits.within(Duration.ofSeconds(30)));
        if (answer instanceof Answer.Rows rows) {
            return rows.rows().isEmpty()
                    ? new Conditions.Verdict.Holds()
                    : new Conditions.Verdict.Unknown(OLD_GONE, atWork(server));
        }
        Failure failure = ((Answer.Failed) answer).failure();
        // a server that does not answer is waited for as well: it may be the network that went
        return failure.isTransient()
                ? new Conditions.Verdict.DoesNotHold(OLD_GONE, server.name() + " does not answer: " + failure.message())
                : new Conditions.Verdict.Unknown(OLD_GONE, Troubles.ofQuestion(failure));
    }

    private static Trouble atWork(SqlTarget server) {
        String message = "What was sent is still at work on " + server.name() + ". Let it end, and resume.";
        return new Trouble(RetryPolicy.AT_WORK, "lasting", true, message, List.of(), Optional.empty());
    }

    /** Asks until it holds or the time of the task is over; what is seen at work is waited for as long as it is. */
    private Conditions.Verdict poll(
            String step, Task task, Supplier<Conditions.Verdict> question, Predicate<Conditions.Verdict> enough) {
        long end = world.nanos().getAsLong() + task.patience().toNanos();
        for (int looks = 1; ; looks++) {
            Conditions.Verdict verdict = question.get();
            Duration left = Duration.ofNanos(end - world.nanos().getAsLong());
            boolean over = (left.isNegative() || left.isZero()) && !RetryPolicy.isAtWork(verdict);
            if (verdict.holds() || over || isSettled(verdict) || enough.test(verdict)) {
                return verdict;
            }
            Duration shown = left.isNegative() ? Duration.ZERO : left;
            world.watcher().waiting(step, clause(verdict), why(verdict), shown);
            Duration bound = RetryPolicy.isAtWork(verdict) ? RetryPolicy.LONGEST_LOOK : left;
            world.pause()
                    .pause(RetryPolicy.nextLook(looks, bound), world.control().cancellation());
        }
    }

    /** A refused login is not tried again and again, or the account is locked; another server does not become the right one. */
    private static boolean isSettled(Conditions.Verdict verdict) {
        return verdict instanceof Conditions.Verdict.Unknown unknown
                && (unknown.trouble().kind().equals("access")
                        || unknown.trouble().kind().equals("identity"));
    }

    private static String clause(Conditions.Verdict verdict) {
        return verdict instanceof Conditions.Verdict.DoesNotHold not
                ? not.clause()
                : ((Conditions.Verdict.Unknown) verdict).clause();
    }

    private static String why(Conditions.Verdict verdict) {
        return verdict instanceof Conditions.Verdict.DoesNotHold not
                ? not.why()
                : ((Conditions.Verdict.Unknown) verdict).trouble().message();
    }

    /** What an attempt would send now. */
    Sending.Outlook outlook(Task task, Scope scope) {
        return sending.outlook(task, scope);
    }

    /** Runs an action once: for each of its things, in order, up to the first failure. */
    static final class Sending {
        /**
         * One attempt.
         *
         * @param trouble what went wrong; empty for a success
         * @param sent whether anything left this computer
         */
        record Made(Optional<Trouble> trouble, boolean sent) {
            static Made notSent(Trouble trouble) {
                return new Made(Optional.of(trouble), false);
            }
        }

        private final FactAsker facts;
        private final Binder binder;
        private final FileCopying files;
        private final Recorder recorder;
        private final World world;

        Sending(FactAsker facts, Binder binder, FileCopying files, Recorder recorder, World world) {
            this.facts = facts;
            this.binder = binder;
            this.files = files;
            this.recorder = recorder;
            this.world = world;
        }

        /**
         * Asks for what the action is run, fills everything in, takes down that it begins, and runs it. Nothing is sent unless all
         * of it could be filled in.
         *
         * @param number of the attempt, over the whole run
         */
        Made make(Work work, Task task, Scope scope, int number) {
            Outlook outlook = outlook(task, scope);
            Optional<String> unsafe = task.unsafeToCutOff().map(why -> Fill.forPeople(why, scope));
            return outlook.trouble()
                    .or(() -> sentBefore(work, task, outlook.operations()))
                    .map(Made::notSent)
                    .orElseGet(() -> send(work, task, outlook.operations(), unsafe, number));
        }

        /**
         * What would be sent now.
         *
         * @param trouble why it cannot be said; then nothing would be sent
         */
        record Outlook(List<Operation> operations, Optional<Trouble> trouble) {
            private static Outlook none(Trouble trouble) {
                return new Outlook(List.of(), Optional.of(trouble));
            }

            /** Whether that is the same as this, in every word. */
            boolean isSame(Outlook other) {
                return words().equals(other.words());
            }

            private List<String> words() {
                return operations.stream()
                        .map(operation -> operation.target() + "\n" + operation.text())
                        .toList();
            }
        }

        /** What would be sent now: asks for what the action is run, and fills everything in. */
        Outlook outlook(Task task, Scope scope) {
            FactAsker.Items items = task.forEach()
                    .map(this::items)
                    .orElseGet(() -> new FactAsker.Items.These(List.of(new FactAsker.Each.Once())));
            if (items instanceof FactAsker.Items.Unknown unknown) {
                return Outlook.none(unknown.trouble().ofQuestion());
            }
            Task.Action spec = task.action().orElseThrow();
            Optional<String> missing = binder.missing(spec);
            if (missing.isPresent()) {
                return Outlook.none(Trouble.of("absent", missing.get() + " is not part of this site."));
            }
            List<Operation> operations = new ArrayList<>();
            List<Filled.Problem> problems = new ArrayList<>();
            for (FactAsker.Each each : ((FactAsker.Items.These) items).all()) {
                Filled<Operation> bound = binder.bind(spec, each.in(scope));
                problems.addAll(bound.problems());
                if (bound instanceof Filled.Complete<Operation> complete) {
                    operations.add(complete.value());
                }
            }
            return problems.isEmpty()
                    ? new Outlook(List.copyOf(operations), Optional.empty())
                    : Outlook.none(Troubles.of(problems));
        }

        /** What came back well is not sent again by itself where the author does not say that it does no harm. */
        private Optional<Trouble> sentBefore(Work work, Task task, List<Operation> operations) {
            StepState.Effect effect = recorder.state().step(work.step()).effect();
            if (work.isUndo() || task.retry().repeatable() || effect.has(StepState.Mark.ALLOWED)) {
                return Optional.empty();
            }
            long before = operations.stream()
                    .map(operation -> sent(work, 0, 0, operation))
                    .map(recorder::shown)
                    .filter(sent -> effect.hasCarriedOut((RunEvent.Sent) sent))
                    .count();
            return before == 0
                    ? Optional.empty()
                    : Optional.of(Trouble.of(
                            RetryPolicy.SENT_BEFORE,
                            before + " of " + operations.size()
                                    + (before == 1 ? " was" : " were")
                                    + " sent before and came back well, so it is not sent again by itself."));
        }

        private static RunEvent.Sent sent(Work work, int number, int item, Operation operation) {
            return new RunEvent.Sent(work, number, item, operation.target(), operation.text());
        }

        /** A question that fails is a question that fails: nothing was sent, and it is asked again as any other. */
        private FactAsker.Items items(Name name) {
            FactAsker.Items items = facts.items(name);
            for (int asked = 1; asked < Conditions.PATIENCE && isTransient(items); asked++) {
                world.pause().pause(Duration.ofSeconds(asked), world.control().cancellation());
                if (world.control().isCancelled()) {
                    return items;
                }
                items = facts.items(name);
            }
            return items;
        }

        private static boolean isTransient(FactAsker.Items items) {
            return items instanceof FactAsker.Items.Unknown unknown
                    && unknown.trouble().kind().equals("transient");
        }

        private Made send(Work work, Task task, List<Operation> operations, Optional<String> unsafe, int number) {
            if (operations.isEmpty()) {
                return new Made(Optional.empty(), false);
            }
            recorder.append(new RunEvent.AttemptStarted(work, number, operations.size()));
            for (int item = 1; item <= operations.size(); item++) {
                Operation operation = operations.get(item - 1);
                Optional<Trouble> trouble = sendOne(work, task, operation, unsafe, number, item);
                if (trouble.isPresent()) {
                    return new Made(trouble, true);
                }
            }
            return new Made(Optional.empty(), true);
        }

        /** What went wrong, unless it was harmless. */
        private Optional<Trouble> sendOne(
                Work work, Task task, Operation operation, Optional<String> unsafe, int number, int item) {
            Optional<Failure> refused =
                    operation instanceof Operation.CopyFiles copy ? files.choose(work, copy) : Optional.empty();
            recorder.append(sent(work, number, item, operation));
            Deque<String> said = new ConcurrentLinkedDeque<>();
            Limits limits = new Limits(
                    task.timeout().map(Task.Period::length), world.control().cancellation(), progress(work, said));
            world.control()
                    .underWay(unsafe.map(why -> new RunControl.Unsafe(
                            work.step(), operation.target(), recorder.shown(operation.text()), recorder.shown(why))));
            Answer answer;
            try {
                answer = withWhatWasSaid(
                        refused.map(Answer::failed).orElseGet(() -> perform(work, operation, limits)), said);
            } finally {
                world.control().underWay(Optional.empty());
            }
            Optional<Trouble> trouble = answer instanceof Answer.Failed failed
                    ? Optional.of(trouble(failed.failure(), task, operation))
                    : Optional.empty();
            Optional<String> harmless =
                    answer instanceof Answer.Failed failed ? harmless(failed.failure(), task) : Optional.empty();
            recorder.append(new RunEvent.CameBack(
                    work, number, item, trouble, harmless, trouble.isPresent() ? List.of() : List.copyOf(said)));
            return harmless.isPresent() ? Optional.empty() : trouble;
        }

        /** Why an answer means that it was so already: every error in it that says why has to mean that, not only the first. */
        private static Optional<String> harmless(Failure failure, Task task) {
            return !failure.isUnknown() && task.harmlessErrors().keySet().containsAll(failure.codes())
                    ? Optional.ofNullable(task.harmlessErrors().get(failure.code()))
                            .map(reason -> Fill.forPeople(reason, Scope.EMPTY))
                    : Optional.empty();
        }

        /** Hands the operation to its endpoint and waits for the answer. */
        private Answer perform(Work work, Operation operation, Limits limits) {
            if (operation instanceof Operation.Sql sql) {
                return world.endpoints()
                        .sqlServer(sql.server())
                        .execute(sql.sql().text(), limits);
            }
            if (operation instanceof Operation.Procedure call) {
                return world.endpoints().sqlServer(call.server()).call(call.name(), call.parameters(), limits);
            }
            return operation instanceof Operation.Cmdlet cmdlet
                    ? world.endpoints()
                            .shell(cmdlet.shell())
                            .invoke(cmdlet.name(), cmdlet.parameters(), List.of(), limits)
                    : files.copy(work, (Operation.CopyFiles) operation, limits);
        }

        /** A failure with what the other side said before it: PRINT, warnings, the last of them at most. */
        private static Answer withWhatWasSaid(Answer answer, Deque<String> said) {
            if (!(answer instanceof Answer.Failed failed)) {
                return answer;
            }
            Failure failure = failed.failure();
            for (String message : said) {
                failure = failure.withDetail("It said: " + message);
            }
            return Answer.failed(failure);
        }

        private Progress progress(Work work, Deque<String> said) {
            return new Progress() {
                @Override
                public void advanced(long done, long total, String unit) {
                    world.watcher().advanced(work.step(), done, total, unit);
                }

                @Override
                public void said(String message) {
                    // masked before it is cut: half a secret would be found by nobody
                    String shown = Harmless.line(recorder.shown(message));
                    String kept = shown.length() > LONGEST_SAID ? shown.substring(0, LONGEST_SAID) + "…" : shown;
                    if (!kept.equals(said.peekLast())) {
                        said.add(kept);
                    }
                    if (said.size() > MOST_SAID) {
                        said.poll();
                    }
                    world.watcher().said(work.step(), shown);
                }
            };
        }

        private static Trouble trouble(Failure failure, Task task, Operation operation) {
            Text text = SpecText.of(task.action().orElseThrow());
            return operation instanceof Operation.Sql sql
                    ? Troubles.of(
                            failure,
                            text.origin(),
                            sql.sql().position(failure.line().orElse(1)))
                    : Troubles.of(failure, text.origin(), text.origin().position());
        }
    }

    /** The part of an action's text that a message about it points at. */
    private static final class SpecText {
        private SpecText() {}

        static Text of(Task.Action spec) {
            if (spec instanceof Task.Action.Sql sql) {
                return sql.sql();
            }
            if (spec instanceof Task.Action.Procedure procedure) {
                return text(procedure.procedure());
            }
            return spec instanceof Task.Action.Cmdlet cmdlet
                    ? text(cmdlet.cmdlet())
                    : ((Task.Action.CopyFiles) spec).from();
        }

        private static Text text(Name name) {
            return new Text(name.text(), name.origin());
        }
    }
}
