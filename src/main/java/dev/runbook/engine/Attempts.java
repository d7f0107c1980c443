package dev.runbook.engine;

import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Progress;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import dev.runbook.fact.Each;
import dev.runbook.fact.FactAsker;
import dev.runbook.fact.Troubles;
import dev.runbook.model.ActionSpec;
import dev.runbook.model.Name;
import dev.runbook.model.Task;
import dev.runbook.model.Text;
import dev.runbook.plan.Binder;
import dev.runbook.plan.Operation;
import dev.runbook.template.Fill;
import dev.runbook.template.Filled;
import dev.runbook.template.Problem;
import dev.runbook.template.Scope;
import dev.runbook.value.Harmless;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Runs an action until it is seen to be done, or no attempt is left: the turns 6 and 7 of a step, and each action of a rollback. */
final class Attempts {
    /** After an outcome that nobody knows, the world gets so long to settle before the last look. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final String OLD_GONE = "the old session is gone";

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
    Outcome run(Work work, Task task, Scope scope, int before, int spent) {
        int number = before;
        int made = spent;
        while (true) {
            number++;
            made++;
            Optional<Trouble> result = sending.make(work, task, scope, number);
            Verdict done = look(work, task, scope, result);
            RetryPolicy.Next next = RetryPolicy.decide(result, done, task.retry(), made);
            if (next instanceof RetryPolicy.Next.End end) {
                if (end.outcome() instanceof Outcome.Failed failed) {
                    recorder.append(new RunEvent.AttemptFailed(work, number, failed.trouble()));
                }
                return end.outcome();
            }
            Trouble trouble = ((RetryPolicy.Next.TryAgain) next).trouble();
            recorder.append(new RunEvent.AttemptFailed(work, number, trouble));
            Duration pause =
                    RetryPolicy.pause(task.retry(), made, world.random().nextDouble());
            recorder.append(new RunEvent.RetryScheduled(work, number + 1, pause.toMillis()));
            world.watcher().pausing(work.step(), number + 1, pause);
            world.pause().pause(pause, world.control().cancellation());
            if (world.control().isCancelled()) {
                return trouble.unknown() ? new Outcome.Doubt(trouble) : new Outcome.Failed(trouble);
            }
        }
    }

    /** Waits until the proof holds or the time of the task is over. What was sent is waited for, whoever asks to stop. */
    Verdict waitFor(String step, Task task, Scope scope) {
        return poll(step, task, () -> proof.askOnce(step, task, scope), world.control()::isCancelled);
    }

    /** Waits where nothing is under way: the first request to stop ends it. */
    Verdict waitIdly(String step, Task task, Scope scope) {
        return poll(step, task, () -> proof.askOnce(step, task, scope), world.control()::isStopRequested);
    }

    /**
     * Looks whether something that was started, and of which nobody knows whether it happened, is done: an old session that is
     * still at work is waited for; then it is looked at once, and after a short grace once more. What is not done while the old
     * session goes on with it is unknown.
     */
    Verdict lookInDoubt(String step, Task task, Scope scope) {
        Verdict gone = task.action()
                .flatMap(binder::sqlServer)
                .map(server -> waitForOldSessions(step, task, server))
                .orElseGet(Verdict.Holds::new);
        Verdict seen = lookTwice(step, task, scope);
        return seen.holds() || !RetryPolicy.isAtWork(gone) ? seen : gone;
    }

    private Verdict lookTwice(String step, Task task, Scope scope) {
        Verdict first = proof.ask(step, task, scope);
        if (first.holds() || !Conditions.Proof.exists(task) || world.control().isCancelled()) {
            return first;
        }
        world.pause().pause(GRACE, world.control().cancellation());
        return proof.ask(step, task, scope);
    }

    private Verdict look(Work work, Task task, Scope scope, Optional<Trouble> result) {
        if (result.isEmpty()) {
            return Conditions.Proof.exists(task) ? waitFor(work.step(), task, scope) : new Verdict.Holds();
        }
        return result.get().unknown() ? lookInDoubt(work.step(), task, scope) : proof.ask(work.step(), task, scope);
    }

    private Verdict waitForOldSessions(String step, Task task, SqlTarget server) {
        return poll(step, task, () -> sessions(server), world.control()::isCancelled);
    }

    private Verdict sessions(SqlTarget server) {
        Answer answer = world.endpoints().sqlServer(server).oldSessions(Limits.within(Duration.ofSeconds(30)));
        if (answer instanceof Answer.Rows rows) {
            return rows.rows().isEmpty() ? new Verdict.Holds() : new Verdict.Unknown(OLD_GONE, atWork(server));
        }
        // a server that does not answer is waited for as well: it may be the network that went
        return ((Answer.Failed) answer).failure().isTransient()
                ? new Verdict.DoesNotHold(OLD_GONE, server.name() + " does not answer.")
                : new Verdict.Holds();
    }

    private static Trouble atWork(SqlTarget server) {
        String message = "What was sent is still at work on " + server.name() + ". Let it end, and resume.";
        return new Trouble(RetryPolicy.AT_WORK, "lasting", true, message, List.of(), Optional.empty());
    }

    private Verdict poll(String step, Task task, Supplier<Verdict> question, BooleanSupplier enough) {
        Instant end = world.clock().instant().plus(task.patience());
        for (int looks = 1; ; looks++) {
            Verdict verdict = question.get();
            Duration left = Duration.between(world.clock().instant(), end);
            if (verdict.holds() || left.isNegative() || left.isZero() || enough.getAsBoolean()) {
                return verdict;
            }
            world.watcher().waiting(step, clause(verdict), why(verdict), left);
            world.pause()
                    .pause(RetryPolicy.nextLook(looks, left), world.control().cancellation());
        }
    }

    private static String clause(Verdict verdict) {
        return verdict instanceof Verdict.DoesNotHold not ? not.clause() : ((Verdict.Unknown) verdict).clause();
    }

    private static String why(Verdict verdict) {
        return verdict instanceof Verdict.DoesNotHold not
                ? not.why()
                : ((Verdict.Unknown) verdict).trouble().message();
    }

    /** Runs an action once: for each of its things, in order, up to the first failure. */
    static final class Sending {
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
        Optional<Trouble> make(Work work, Task task, Scope scope, int number) {
            FactAsker.Items items = task.forEach()
                    .map(facts::items)
                    .orElseGet(() -> new FactAsker.Items.These(List.of(new Each.Once())));
            if (items instanceof FactAsker.Items.Unknown unknown) {
                return Optional.of(unknown.trouble());
            }
            ActionSpec spec = task.action().orElseThrow();
            List<Operation> operations = new ArrayList<>();
            List<Problem> problems = new ArrayList<>();
            for (Each each : ((FactAsker.Items.These) items).all()) {
                Filled<Operation> bound = binder.bind(spec, each.in(scope));
                problems.addAll(bound.problems());
                if (bound instanceof Filled.Complete<Operation> complete) {
                    operations.add(complete.value());
                }
            }
            return problems.isEmpty() ? send(work, task, operations, number) : Optional.of(Troubles.of(problems));
        }

        private Optional<Trouble> send(Work work, Task task, List<Operation> operations, int number) {
            if (operations.isEmpty()) {
                return Optional.empty();
            }
            recorder.append(new RunEvent.AttemptStarted(work, number, operations.size()));
            for (int item = 1; item <= operations.size(); item++) {
                Operation operation = operations.get(item - 1);
                Optional<Trouble> trouble = sendOne(work, task, operation, number, item);
                if (trouble.isPresent()) {
                    return trouble;
                }
            }
            return Optional.empty();
        }

        /** What went wrong, unless it was harmless. */
        private Optional<Trouble> sendOne(Work work, Task task, Operation operation, int number, int item) {
            Optional<Failure> refused =
                    operation instanceof Operation.CopyFiles copy ? files.choose(work, copy) : Optional.empty();
            recorder.append(new RunEvent.Sent(work, number, item, operation.target(), operation.text()));
            Limits limits = new Limits(
                    task.timeout().map(Task.Period::length), world.control().cancellation(), progress(work));
            Answer answer = refused.map(Answer::failed).orElseGet(() -> perform(work, operation, limits));
            Optional<Trouble> trouble = answer instanceof Answer.Failed failed
                    ? Optional.of(trouble(failed.failure(), task, operation))
                    : Optional.empty();
            Optional<String> harmless = trouble.filter(failure -> !failure.unknown())
                    .map(failure -> task.harmlessErrors().get(failure.code()))
                    .map(reason -> Fill.forPeople(reason, Scope.EMPTY));
            recorder.append(new RunEvent.CameBack(work, number, item, trouble, harmless));
            return harmless.isPresent() ? Optional.empty() : trouble;
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

        private Progress progress(Work work) {
            return new Progress() {
                @Override
                public void advanced(long done, long total, String unit) {
                    world.watcher().advanced(work.step(), done, total, unit);
                }

                @Override
                public void said(String message) {
                    world.watcher().said(work.step(), Harmless.line(recorder.shown(message)));
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

        static Text of(ActionSpec spec) {
            if (spec instanceof ActionSpec.Sql sql) {
                return sql.sql();
            }
            if (spec instanceof ActionSpec.Procedure procedure) {
                return text(procedure.procedure());
            }
            return spec instanceof ActionSpec.Cmdlet cmdlet
                    ? text(cmdlet.cmdlet())
                    : ((ActionSpec.CopyFiles) spec).from();
        }

        private static Text text(Name name) {
            return new Text(name.text(), name.origin());
        }
    }
}
